"""A picture of an event on its way from a file into the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.documents.artwork import MOST_BYTES, prepare_artwork
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.season.events import Artwork


def read_artwork(path: str) -> Artwork:
    """Read a PNG or JPEG and make it harmless. Raises InvalidInput (field "artwork") for what cannot be used."""
    try:
        with Path(path).open("rb") as file:
            # One byte more than may be tells that there are too many; a film is not read to its end.
            image = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(
            say("The file cannot be read: {reason}.", reason=reason), field="artwork", advice=say("Choose another.")
        ) from None
    return prepare_artwork(image)
