"""A picture of an event on its way from a file into the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.computer.files import FileTooLargeError, read_bounded
from pos_app.documents.artwork import MOST_BYTES, prepare_artwork, too_large
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.season.events import Artwork


def read_artwork(path: str) -> Artwork:
    """Read a PNG or JPEG and make it harmless. Raises InvalidInput (field "artwork") for what cannot be used."""
    try:
        # A film is not read at all.
        return prepare_artwork(read_bounded(Path(path), MOST_BYTES))
    except FileTooLargeError:
        raise too_large() from None
    except OSError as error:
        raise InvalidInput(
            say("The file cannot be read: {reason}.", reason=why_disk(error)),
            field="artwork",
            advice=say("Choose another."),
        ) from None
