"""Files that are whole or not there, whatever happens to the machine meanwhile; and reading no more than may be."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


_BINARY: Final = getattr(os, "O_BINARY", 0)


class FileTooLargeError(OSError):
    """A file is larger than what is read here may be."""


def write_whole(path: Path, content: bytes, *, private: bool = False, durable: bool = True) -> None:
    """Write a file so that it is on the disk, whole, once this returns; private: only its user can read it.

    durable False: it outlives the program but perhaps not the machine, for a hundredth of the time.

    Raises OSError: then the file is as it was, and nothing is left of what did not fit.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600 if private else 0o666)
    try:
        _write_out(descriptor, content, durable=durable)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    if durable and os.name == "posix":
        _keep_name(path.parent)


def write_over(path: Path, content: bytes) -> None:
    """Write over a file that is there, in its own room: a full disk takes that as well. It is on the disk afterwards.

    Raises OSError, and ValueError when it is not exactly as long as the file.
    """
    if path.stat().st_size != len(content):
        raise ValueError("what stands in a file's room is as long as the file")
    _write_out(os.open(path, os.O_WRONLY | _BINARY), content, durable=True)


def read_bounded(path: Path, most: int) -> bytes:
    """Read a file of so many bytes at the most. Raises FileTooLargeError, before it is read, and OSError.

    What is no file (a folder, a device, a pipe) is not opened: it could be without an end, or never answer.
    """
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(facts.st_mode) else errno.ENXIO
        raise OSError(code, os.strerror(code), str(path))
    if facts.st_size <= most:
        with path.open("rb") as file:
            # It may have grown since; one byte more tells.
            content = file.read(most + 1)
        if len(content) <= most:
            return content
    raise FileTooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def _write_out(descriptor: int, content: bytes, *, durable: bool) -> None:
    """Write all of it, and close."""
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep_name(folder: Path) -> None:
    """A new name is on the disk once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
