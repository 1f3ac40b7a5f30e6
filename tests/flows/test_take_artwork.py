from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pos_app.documents.artwork import MOST_BYTES
from pos_app.domain.errors import InvalidInput
from pos_app.flows.take_artwork import read_artwork

if TYPE_CHECKING:
    from pathlib import Path


def test_a_picture_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "poster.png"
    Image.new("RGB", (120, 80), "navy").save(path)
    made = read_artwork(str(path))
    assert (made.width, made.height, made.media_type) == (120, 80, "image/jpeg")


def test_a_file_that_cannot_be_read_or_is_too_large_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="it is not there"):
        read_artwork(str(tmp_path / "gone.png"))
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_artwork(str(tmp_path))
    film = tmp_path / "film.png"
    with film.open("wb") as file:
        file.truncate(MOST_BYTES * 3)
    with pytest.raises(InvalidInput, match="larger than"):
        read_artwork(str(film))
