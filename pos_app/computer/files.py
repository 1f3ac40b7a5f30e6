"""Files that are whole or not there, whatever happens to the machine, and that only their user can read.

No more is read of any than may be.

On Windows, rights come from the folder: those of a user's profile, where Foyer keeps its files unless it is told
otherwise, let nobody in but the user and the administrators; there, what is said of rights here does nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE_RIGHTS: Final = 0o600
FOLDER_RIGHTS: Final = 0o700
_OF_OTHERS: Final = 0o077
_DATABASE_COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a database; it gives them the rights of the database (SQLite, "Temporary Files")."""


_BINARY: Final = getattr(os, "O_BINARY", 0)


class FileTooLargeError(OSError):
    """A file is larger than what is read here may be."""


def keep_files_private() -> None:
    """From now on, make every file and folder of this program for its user only, also those that libraries make."""
    os.umask(_OF_OTHERS)


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file so that it is on the disk, whole, once this returns; only its user can read it.

    durable False: it outlives the program but perhaps not the machine, for a hundredth of the time.

    Raises OSError: then the file is as it was, and nothing is left of what did not fit.
    """
    make_folder(path.parent)
    if path.exists() and not path.is_file() and not path.is_dir():
        # A device or a pipe: what is put in its place would be in the way of everybody else.
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, FILE_RIGHTS)
    try:
        _write_out(descriptor, content, durable=durable)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    if durable and os.name == "posix":
        _keep_name(path.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file as write_whole does, under a name that nothing had before, whoever else writes in its folder.

    Raises FileExistsError: what has the name stays as it is; OSError: nothing is left of what did not fit.
    """
    make_folder(path.parent)
    # The name is taken first, by an empty file: of two who want it at once, one gets it.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, FILE_RIGHTS))
    try:
        write_whole(path, content)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def holds(path: Path, content: bytes) -> bool:
    """Tell whether a file is there that can be read and holds just this."""
    try:
        return read_bounded(path, len(content)) == content
    except OSError:
        return False


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their user only; one that is there stays as it is."""
    missing: list[Path] = []
    while not folder.is_dir():
        missing.append(folder)
        if folder.parent == folder:
            break
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=FOLDER_RIGHTS, exist_ok=True)


def close_folder(folder: Path) -> tuple[Path, ...]:
    """Take from others what lies in a folder of Foyer's and below it; a link inside is left alone.

    A folder that is not Foyer's alone is left open, and what Foyer has put there is closed: a folder that all may write
    to, the user's home, one above it. Returns what others can read all the same, for it is somebody else's.
    """
    # The folder itself may be a link that its user made, to another disk.
    folder = _resolved(folder)
    if os.name != "posix" or not folder.is_dir():
        return ()
    shared = _is_shared(folder)
    return close_files([*(() if shared else (folder,)), *_below(folder, known_only=shared)])


def close_database(path: Path) -> tuple[Path, ...]:
    """Take from others an embedded database and what lies beside it, wherever it is; its folder stays as it is.

    Returns what others can read all the same, for it is somebody else's.
    """
    path = _resolved(path)
    return close_files(path.with_name(f"{path.name}{end}") for end in ("", *_DATABASE_COMPANIONS))


def close_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Take files and folders from others, those that are there and no links.

    Returns what others can read all the same, for it is somebody else's.
    """
    return tuple(path for path in paths if not _close(path)) if os.name == "posix" else ()


def _close(path: Path) -> bool:
    """Take a file or a folder from others; False where it stays open to them.

    It is opened first and looked at then, so that nobody puts a link into its place in between.
    """
    try:
        before = path.lstat()
    except OSError:
        return True  # not there, or where nobody gets to it
    if not _is_open(before):
        return True
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            now = os.fstat(descriptor)
            if not _is_open(now):
                return True
            if now.st_uid != os.geteuid():
                return False
            os.fchmod(descriptor, stat.S_IMODE(now.st_mode) & stat.S_IRWXU)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _is_open(status: os.stat_result) -> bool:
    kind = status.st_mode
    return (stat.S_ISREG(kind) or stat.S_ISDIR(kind)) and bool(kind & _OF_OTHERS)


def _below(folder: Path, *, known_only: bool) -> Iterator[Path]:
    """Go through all that is in a folder, links left out; known_only: what Foyer has put into a shared one."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return  # closed to us as well, or gone meanwhile
    for entry in found:
        if entry.is_symlink() or (known_only and not _is_known(entry.name)):
            continue
        yield Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), known_only=False)


_KNOWN_FOLDERS: Final = frozenset({"journal", "tickets", "log", "demo"})
_KNOWN_FILES: Final = frozenset({"machine", "signing-key", "window.ini", "settings.toml"})
_KNOWN_DATABASES: Final = ("foyer.db", "demo.db", "tour.db")


def _is_known(name: str) -> bool:
    """Tell whether Foyer gives this name to something in its state folder."""
    return name in _KNOWN_FOLDERS | _KNOWN_FILES or name.startswith(_KNOWN_DATABASES)


def _is_shared(folder: Path) -> bool:
    """Tell whether a folder that was named for Foyer's files is used for other things besides."""
    status = folder.stat()
    if status.st_mode & stat.S_ISVTX or status.st_uid != os.geteuid():
        return True
    try:
        home = Path.home().resolve()
    except (OSError, RuntimeError):
        return folder.parent == folder
    return home.is_relative_to(folder)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


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
