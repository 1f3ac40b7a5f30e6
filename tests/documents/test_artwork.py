from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pos_app.documents.artwork import KEPT_SIDE, prepare_artwork
from pos_app.domain.errors import InvalidInput
from pos_app.flows.take_artwork import read_artwork
from tests.bounded import needs_rusage, run_bounded, writing


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


def _png_of(width: int, height: int, mode: int = 6) -> bytes:
    """Write a PNG of one colour without having its pixels anywhere."""
    row = b"\0" + bytes(width * {6: 4, 2: 3, 0: 1}[mode])
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, mode, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@needs_rusage
@pytest.mark.parametrize(
    ("size", "mode", "told"),
    [
        ((5000, 5000), 6, "taken"),
        ((12_000, 2000), 2, "taken"),
        ((5001, 5000), 0, "26 million pixels; Foyer takes up to 25 million"),
        ((12_000, 12_000), 0, "144 million pixels"),
        ((30_000, 30_000), 0, "wider or higher than 12,000 pixels"),
    ],
)
def test_a_picture_of_very_many_pixels_is_told_before_it_is_unpacked(
    tmp_path: Path, size: tuple[int, int], mode: int, told: str
) -> None:
    taken = run_bounded(
        "from pos_app.flows.take_artwork import read_artwork",
        "read_artwork(sys.argv[1])",
        writing(tmp_path / "picture.png", _png_of(*size, mode)),
    )
    assert told in taken.said
    assert taken.megabytes < 350, taken


@needs_rusage
@pytest.mark.parametrize(("size", "told"), [((5000, 5000), "leaves nothing"), ((5900, 5900), "35 million pixels")])
def test_so_is_a_logo(tmp_path: Path, size: tuple[int, int], told: str) -> None:
    taken = run_bounded(
        "from pathlib import Path; from pos_app.documents.setting.logo import prepare_logo",
        "prepare_logo(Path(sys.argv[1]).read_bytes())",
        writing(tmp_path / "logo.png", _png_of(*size)),
    )
    assert told in taken.said
    assert taken.megabytes < 400, taken


def test_a_jpeg_of_very_many_layers_is_refused() -> None:
    image = picture("JPEG")
    at = image.index(b"\xff\xda")
    with pytest.raises(InvalidInput, match="far too many layers"):
        prepare_artwork(image[:at] + image[at:-2] * 200)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path, told in (
        (tmp_path, "it is a folder"),
        (Path("/dev/zero"), "it is no file"),
        (tmp_path / "x", "not there"),
    ):
        with pytest.raises(InvalidInput, match=told):
            read_artwork(str(path))
    (tmp_path / "film.png").write_bytes(b"")
    os.truncate(tmp_path / "film.png", 1 << 36)
    with pytest.raises(InvalidInput, match="larger than 15 MB"):
        read_artwork(str(tmp_path / "film.png"))
