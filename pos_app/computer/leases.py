"""A lease on a file: it ends with the process that holds it, however that ends, so that it never has to be broken."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Lease:
    """Holds a file until close(). Use take_lease."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def close(self) -> None:
        """Give it up, and leave no file."""
        os.close(self._descriptor)
        with suppress(OSError):
            # What a disk does not let go is an empty file, and no lease: that ended with the descriptor.
            self._path.unlink(missing_ok=True)


def take_lease(path: Path) -> Lease | None:
    """Take the lease on a file, made where there is none; None while somebody else has it, or where none are given."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return Lease(path, descriptor)
