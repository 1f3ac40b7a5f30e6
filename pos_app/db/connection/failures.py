"""What a driver's error means: the one place where foreign errors are translated."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pos_app.db.connection.disk_failures import translate_disk
from pos_app.db.connection.full import FULL, about_full
from pos_app.domain.errors import (
    CannotConnect,
    PosError,
    RightsMissing,
    ServerBusy,
    ServerFull,
    ServerUnreachable,
    TooLargeForServer,
)
from pos_app.domain.sentences import say


class Failure(Enum):
    """What to do about an error."""

    RERUN = auto()
    """The transaction was rolled back by the server: run it again."""
    DONE_MEANWHILE = auto()
    """Somebody was first with what must be unique, often another run of the same request: run again, and find it."""
    LOST = auto()
    """The connection, or the node, is gone: connect anew, and run again."""
    REFUSED = auto()
    """The server does not let us in, or not do this."""
    FULL = auto()
    """The server has no connection to spare: nothing was begun."""
    BUG = auto()
    """None of these."""


_RERUN: Final = {1205, 1213, 1020, 3572}
_NO_TLS: Final = 2026
_LOST: Final = {
    0, 1047, 1053, 1158, 1159, 1160, 1161, 1180, 1184, 1290, 1836, 1927, 2002, 2003, 2005, 2006, 2013, 2014, 2045,
    2055, 4031,
}  # fmt: skip
_TOO_LARGE: Final = {1153, 1162, 1301, 2020}
"""A packet, or what a function makes of it, is larger than max_allowed_packet."""
_TOO_LONG: Final = 1406
_WORTH_ASKING: Final = 256 * 1024
"""Bytes of a statement from which on a lost connection may mean that it was too large; no server takes less."""
_ESCAPED: Final = re.compile(rb"[\0\n\r\x1a\"'\\]")
_NO_RIGHT: Final = say("The database account of this computer may not do this.")
_NO_RIGHT_ADVICE: Final = say(
    "Do it at a computer whose account may. If it belongs to the work of this one, an owner of the database renews the"
    " rights with “foyer database upgrade”."
)
_WRONG_PASSWORD: Final = say("The server refused the name or the password.")
RIGHTS_MISSING: Final = {1044, 1142, 1143, 1227, 1370}
"""What a server answers to an account that it knows and that may not do what it asks."""
_REFUSED: Final = {
    1044: say("This account has no right to use the database."),
    1045: _WRONG_PASSWORD,
    1049: say("There is no database of that name on the server."),
    1130: say("The server does not accept connections from this computer."),
    1142: _NO_RIGHT,
    1143: _NO_RIGHT,
    1227: _NO_RIGHT,
    1251: say("The server's way of signing in is not supported."),
    1370: _NO_RIGHT,
    1698: _WRONG_PASSWORD,
    2012: say("What answers there does not sign anybody in as MySQL and MariaDB do."),
    2059: say("The server's way of signing in is not supported."),
    2061: say("The server's way of signing in is not supported."),
    3159: say("The server accepts encrypted connections only, and offers none."),
    _NO_TLS: say("The server does not speak in an encrypted way, and it is not on this computer."),
}
_REFUSED_ADVICE: Final = {
    1044: say("Ask the administrator to grant it."),
    1045: say("Check the user name and the password."),
    1049: say("Check the name, or create it with “foyer database create”."),
}
_LOST_ADVICE: Final = {
    True: say("Nothing was changed. Foyer looks for the server by itself; once it answers, do it again."),
    False: say("Foyer looks for the server by itself."),
}
_BUSY_ADVICE: Final = {
    True: say("Nothing was changed. Please try once more."),
    False: say("Please try once more."),
}


def driver_code(error: BaseException) -> int | None:
    """Return the number of a MySQL error, if there is one."""
    original = error.orig if isinstance(error, DBAPIError) else error
    args = getattr(original, "args", ())
    return args[0] if args and isinstance(args[0], int) else None


def judge(error: BaseException) -> Failure:
    """Say what to do about an error raised by SQLAlchemy or a driver."""
    if isinstance(error, PoolTimeout):
        return Failure.RERUN
    if not isinstance(error, DBAPIError):
        return Failure.LOST if isinstance(error, OSError) else Failure.BUG
    code = driver_code(error)
    text = str(error.orig)
    if isinstance(error, IntegrityError) and (code == 1062 or "UNIQUE constraint failed" in text):
        return Failure.DONE_MEANWHILE
    if code in _RERUN or (code is None and ("database is locked" in text or "database is busy" in text)):
        return Failure.RERUN
    if code in FULL:
        return Failure.FULL
    if code in _REFUSED or code in _TOO_LARGE or code == _TOO_LONG:
        return Failure.REFUSED
    if code in _LOST or error.connection_invalidated:
        return Failure.LOST
    return Failure.BUG


def large_statement(error: BaseException) -> int:
    """Return how many bytes the values of a statement that failed have on the line; 0 where they are not many.

    A server that reads that a packet is too large may close the line at once, in the midst of it.
    """
    values = getattr(error, "params", None)
    rows = values if isinstance(values, list) else [values]
    each = [one for row in rows for one in (row.values() if isinstance(row, dict) else row or ())]
    size = sum(_on_the_line(one) for one in each if isinstance(one, (bytes, str)))
    return size if size >= _WORTH_ASKING else 0


def _on_the_line(value: bytes | str) -> int:
    sent = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return len(sent) + sum(1 for _ in _ESCAPED.finditer(sent))


def too_large(most: int = 0) -> TooLargeForServer:
    """Return what is told of a packet that the server does not take. most: how many bytes it takes; 0: not known."""
    return TooLargeForServer(
        say("This is larger than the server takes at once ({most} MB).", most=max(1, most // 2**20))
        if most
        else say("This is larger than the server takes at once."),
        advice=say("Nothing was changed. Take a smaller picture, or have max_allowed_packet raised on the server."),
    )


def _names_a_request(error: BaseException) -> bool:
    """Tell whether the key that is there already is one that a till made for its request."""
    key = str(getattr(error, "orig", "")).rpartition(" for key ")[2]
    return any(word in key for word in ("request_id", "basket_key", "nonce"))


def translate(error: BaseException, *, writes: bool = True) -> PosError | None:
    """Return the sentence for a person, or None for a bug.

    writes: something was to be changed. A read that fails says nothing of changes: a write may be on its way beside it.
    """
    code = driver_code(error) if isinstance(error, SQLAlchemyError) else None
    failure = judge(error)
    if "CERTIFICATE_VERIFY_FAILED" in str(getattr(error, "orig", "")):
        return CannotConnect(
            say("The server's certificate is not one that this computer trusts."),
            advice=say("Ask the administrator for the file of its authority, and add ?ssl_ca=FILE to the address."),
        )
    if failure is Failure.LOST:
        return ServerUnreachable(say("The server cannot be reached."), advice=_LOST_ADVICE[writes])
    if failure is Failure.RERUN or (failure is Failure.DONE_MEANWHILE and _names_a_request(error)):
        return ServerBusy(say("The server is busy just now."), advice=_BUSY_ADVICE[writes])
    if failure is Failure.FULL and code is not None:
        message, advice = about_full(code, str(getattr(error, "orig", "")), writes=writes)
        return ServerFull(message, advice=advice)
    if failure is Failure.REFUSED and code is not None:
        return _refused(code)
    text = str(getattr(error, "orig", ""))
    if disk := translate_disk(error, code, writes=writes):
        return disk
    if "file is not a database" in text or "malformed" in text:
        return CannotConnect(say("This file is not a sound Foyer database."), advice=say("Restore it from a backup."))
    return None


def _refused(code: int) -> PosError:
    if code in _TOO_LARGE:
        return too_large()
    if code == _TOO_LONG:
        return TooLargeForServer(say("A text is longer than the database keeps."), advice=say("Shorten it."))
    if code in RIGHTS_MISSING:
        return RightsMissing(_REFUSED[code], advice=_REFUSED_ADVICE.get(code, _NO_RIGHT_ADVICE))
    advice = _REFUSED_ADVICE.get(code, say("Ask the administrator."))
    return CannotConnect(_REFUSED[code], advice=advice, wrong_password=code in {1045, 1698})
