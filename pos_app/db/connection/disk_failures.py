"""What it means that a database's disk takes nothing: this computer's for an embedded one, the server's for others."""

from __future__ import annotations

import sqlite3
from typing import Final

from pos_app.domain.errors import CannotConnect, DiskRefused, PosError, ServerBusy
from pos_app.domain.sentences import say

_SERVER_FULL: Final = {3, 20, 28, 1021, 1026, 1114}
"""EE_WRITE, EE_DISKFULL, ENOSPC, ER_DISK_FULL, ER_ERROR_ON_WRITE, ER_RECORD_FILE_FULL (MySQL, Error Reference)."""
_SERVER_MEMORY: Final = {5, 23, 1037, 1038, 1041, 1135}
"""EE_OUTOFMEMORY, EE_OUT_OF_FILERESOURCES, ER_OUTOFMEMORY, ER_OUT_OF_SORTMEMORY, ER_OUT_OF_RESOURCES, no thread."""
_GOT_ERROR: Final = 1030
"""ER_GET_ERRNO: the storage engine's own number stands in the text ("Got error 28 from storage engine")."""
_PRIMARY: Final = 0xFF
"""The last byte of an extended code of SQLite is its kind (https://www.sqlite.org/rescode.html)."""
_NOT_KEPT: Final = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
_BY_NAME: Final = {
    "disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database": sqlite3.SQLITE_CANTOPEN,
}


def sqlite_kind(error: BaseException) -> int | None:
    """Return the primary result code of an error of SQLite; None for one of another kind.

    error: of the driver, or what SQLAlchemy has put around it.
    """
    original = getattr(error, "orig", error)
    if not isinstance(original, sqlite3.Error):
        return None
    code = getattr(original, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & _PRIMARY
    return next((kind for words, kind in _BY_NAME.items() if words in str(original)), None)


def may_have_reached_disk(error: BaseException) -> bool:
    """Tell whether a COMMIT that failed so may stand all the same: it is written, and the disk has not said it is kept.

    Of a write that was refused not all is there, and SQLite passes it over.
    """
    original = getattr(error, "orig", error)
    return isinstance(original, sqlite3.Error) and getattr(original, "sqlite_errorcode", None) in _NOT_KEPT


def translate_disk(error: BaseException, code: int | None, *, writes: bool) -> PosError | None:
    """Return the sentence about a disk, or None where it is about something else.

    code: the number of a MySQL error. writes: something was to be changed; a read says nothing of changes.
    """
    if code is not None:
        return _of_server(code, str(getattr(error, "orig", "")), writes=writes)
    match sqlite_kind(error):
        case sqlite3.SQLITE_FULL:
            return DiskRefused(
                say("The disk of this computer is full."),
                advice=say("Nothing was changed. Make room on the disk, then do it again.")
                if writes
                else say("Make room on the disk, then try again."),
            )
        case sqlite3.SQLITE_IOERR:
            return DiskRefused(
                say("The disk of this computer fails: the database cannot be read or written."),
                advice=say("Nothing was changed. Tell whoever looks after this computer at once.")
                if writes
                else say("Tell whoever looks after this computer at once."),
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return CannotConnect(
                say("The database file cannot be written."),
                advice=say("Nothing was changed. Check the rights of its folder, and whether its disk is full.")
                if writes
                else say("Check the rights of its folder, and whether its disk is full."),
            )
        case sqlite3.SQLITE_NOMEM:
            return DiskRefused(
                say("This computer is out of memory."),
                advice=say("Close other programs, then try once more."),
            )
    return None


def _of_server(code: int, text: str, *, writes: bool) -> PosError | None:
    if code in _SERVER_FULL or (code == _GOT_ERROR and ("error 28" in text or "error: 28" in text)):
        return ServerBusy(
            say("The server's disk is full."),
            advice=say("Nothing was changed. Tell whoever looks after the server at once.")
            if writes
            else say("Tell whoever looks after the server at once."),
        )
    if code in _SERVER_MEMORY:
        return ServerBusy(
            say("The server is out of memory."),
            advice=say("Nothing was changed. Tell whoever looks after the server, then try once more.")
            if writes
            else say("Tell whoever looks after the server, then try once more."),
        )
    return None
