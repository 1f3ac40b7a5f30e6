from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from pos_app.documents.artwork import KEPT_SIDE, prepare_artwork
from pos_app.domain.errors import InvalidInput


def picture(kind: str, size: tuple[int, int] = (400, 300), mode: str = "RGB", **how: Any) -> bytes:
    target = BytesIO()
    Image.new(mode, size, "red").save(target, kind, **how)
    return target.getvalue()


def opened(image: bytes) -> Image.Image:
    return Image.open(BytesIO(image))


def test_a_photograph_becomes_a_jpeg_of_our_own_without_its_place_and_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif[0x0112] = 6  # turned by a quarter
    made = prepare_artwork(picture("JPEG", exif=exif))
    assert (made.media_type, made.width, made.height) == ("image/jpeg", 300, 400)
    assert not opened(made.image).getexif()
    assert b"Camera" not in made.image


def test_what_is_transparent_stays_so_and_what_only_could_be_becomes_a_jpeg() -> None:
    clear = BytesIO()
    Image.new("RGBA", (100, 100), (255, 0, 0, 10)).save(clear, "PNG")
    assert prepare_artwork(clear.getvalue()).media_type == "image/png"
    assert prepare_artwork(picture("PNG", mode="RGBA")).media_type == "image/jpeg"


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK"])
def test_pictures_of_other_kinds_of_colour_are_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = BytesIO()
    Image.new(mode, (100, 80)).save(image, kind)
    made = prepare_artwork(image.getvalue())
    assert opened(made.image).size == (100, 80)


def test_a_large_picture_is_kept_smaller_in_its_own_shape() -> None:
    made = prepare_artwork(picture("PNG", (4000, 1000)))
    assert (made.width, made.height) == (KEPT_SIDE, KEPT_SIDE // 4)


@pytest.mark.parametrize("size", [(40, 40), (300, 10), (63, 64)])
def test_of_a_small_picture_it_is_said_how_large_each_side_must_be(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="smaller than 64 by 64 pixels"):
        prepare_artwork(picture("PNG", size))
    prepare_artwork(picture("PNG", (64, 64)))


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        picture("PNG")[:200],
        picture("GIF"),
        picture("PNG", (12_001, 64)),
        picture("PNG", (300, 10)),
        bytes(15_000_001),
    ],
    ids=["nothing", "half a GIF", "a head without a body", "cut off", "a GIF", "too wide", "too low", "too many bytes"],
)
def test_what_is_no_usable_picture_is_refused_in_a_sentence(image: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        prepare_artwork(image)
    assert refused.value.field == "artwork"
    assert refused.value.advice
