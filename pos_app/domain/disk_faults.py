"""What it means that a disk of this computer takes nothing, or a file of it cannot be read: in words for a person."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import DiskRefused
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.sentences import Sentence

_ASK: Final = say("Tell whoever looks after this computer.")
_MAKE_ROOM: Final = say("Make room on the disk, or tell whoever looks after this computer.")
_FULL: Final = (say("the disk of this computer is full"), _MAKE_ROOM)
_NO_RIGHT: Final = (say("this user has no right to it"), say("Check the rights of its folder."))
_NO_FOLDER: Final = (say("there is a file where its folder should be"), _ASK)
_FAULTS: Final = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: (say("the disk of this computer takes no larger file"), _MAKE_ROOM),
    getattr(errno, "EDQUOT", -1): (say("this user may keep no more on the disk"), _MAKE_ROOM),
    errno.EROFS: (say("the disk can be read, and not written"), _ASK),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EIO: (say("the disk of this computer fails"), _ASK),
    errno.EMFILE: (say("too many files are open"), say("Close Foyer, and open it again.")),
    errno.ENFILE: (say("too many files are open"), _ASK),
    errno.ENAMETOOLONG: (say("its name is too long"), say("Choose a shorter one.")),
    errno.EISDIR: (say("it is a folder"), say("Choose a file.")),
    errno.ENXIO: (say("it is no file"), say("Choose another one.")),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENOENT: (say("it is not there, or its folder is not"), say("Check its name and its folder.")),
}


def why_disk(error: OSError) -> Sentence:
    """Return why, as it stands behind a colon; the system's own words for what has none here."""
    known = _FAULTS.get(error.errno or 0)
    return known[0] if known else say("{reason}", reason=error.strerror or type(error).__name__)


def disk_refused(message: Sentence, error: OSError) -> DiskRefused:
    """Return the refusal, with the next step that fits the fault; message: what could not be done."""
    known = _FAULTS.get(error.errno or 0)
    return DiskRefused(say("{what}: {why}.", what=message, why=why_disk(error)), advice=known[1] if known else _ASK)


@contextmanager
def refusing_disk(message: Sentence) -> Iterator[None]:
    """Tell what the disk refuses. message: what could not be done, without a full stop. Raises DiskRefused."""
    try:
        yield
    except OSError as error:
        raise disk_refused(message, error) from error
