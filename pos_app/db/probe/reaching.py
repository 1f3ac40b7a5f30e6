"""Reaching a server step by step, so that each way in which it fails can be told by its own sentence."""

from __future__ import annotations

import select
import socket
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.house.setup import SetupRefused, Trouble
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.house.stopping import Stop

LOOK_UP_SECONDS: Final = 5.0
REACH_SECONDS: Final = 5.0
GREETING_SECONDS: Final = 4.0
_STEP_SECONDS: Final = 0.1
_PROTOCOL: Final = 10
_ERROR: Final = 0xFF
_QUESTION: Final = b"GET / HTTP/1.0\r\n\r\n"

_Place = tuple[Any, ...]
"""Where a socket connects to: address and port, and two numbers more of IPv6."""


def reach_server(host: str, port: int, stop: Stop) -> socket.socket:
    """Return a socket on which a MySQL or MariaDB server has just said its first word, which is still to be read.

    Raises SetupRefused: no such name, refused, no answer, not such a server, stopped.
    """
    last: SetupRefused | None = None
    for family, place in _look_up(host, port, stop):
        try:
            found = _connect(family, place, host, port, stop)
        except SetupRefused as refused:
            if refused.trouble is Trouble.CANCELLED:
                raise
            last = refused
            continue
        try:
            stop.watch(partial(_hang_up, found))
            _require_mysql(found, host, port, stop)
        except BaseException:
            found.close()
            raise
        return found
    raise last or unknown_host(host)


def _look_up(host: str, port: int, stop: Stop) -> list[tuple[socket.AddressFamily, _Place]]:
    """Ask for the addresses of a name. A thread of its own: nothing else ends a name server's silence."""
    answer: list[list[tuple[socket.AddressFamily, _Place]]] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answer.append([])
        else:
            answer.append([(family, place) for family, _, _, _, place in found])

    thread = threading.Thread(target=ask, name="look up", daemon=True)
    thread.start()
    deadline = time.monotonic() + LOOK_UP_SECONDS
    while thread.is_alive():
        thread.join(_STEP_SECONDS)
        stop.check()
        if time.monotonic() > deadline:
            raise SetupRefused(
                say("Nobody says where “{host}” is: the name server does not answer.", host=host[:60]),
                advice=say("Check this computer's network."),
                trouble=Trouble.UNKNOWN_HOST,
                field="host",
            )
    if not answer[0]:
        raise unknown_host(host)
    return answer[0]


def unknown_host(host: str) -> SetupRefused:
    """Say that nobody knows a name."""
    return SetupRefused(
        say("There is no computer named “{host}”.", host=host[:60]),
        advice=say("Check the spelling, and this computer's network."),
        trouble=Trouble.UNKNOWN_HOST,
        field="host",
    )


def _connect(family: socket.AddressFamily, place: _Place, host: str, port: int, stop: Stop) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        with suppress(BlockingIOError):
            made.connect(place)
        _await(made, REACH_SECONDS, stop, writing=True)
        code = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, "")  # noqa: TRY301 - of the kind that connect() would raise if it waited
        made.setblocking(True)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except ConnectionRefusedError:
        made.close()
        raise SetupRefused(
            say("{host} is there, but no server listens on port {port}.", host=host, port=str(port)),
            advice=say("Check the port, and that the server runs and accepts connections from other computers."),
            trouble=Trouble.REFUSED,
            field="port",
        ) from None
    except OSError:
        made.close()
        raise SetupRefused(
            say("{host} does not answer on port {port}.", host=host, port=str(port)),
            advice=say("Check that it is switched on, and that no firewall stands between."),
            trouble=Trouble.NO_ANSWER,
            field="host",
        ) from None
    except BaseException:
        made.close()
        raise
    return made


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _require_mysql(line: socket.socket, host: str, port: int, stop: Stop) -> None:
    """Look at the first bytes without taking them: a length, the number 0, and a greeting or an error."""
    try:
        _await(line, GREETING_SECONDS, stop)
        first = line.recv(5, socket.MSG_PEEK)
        if len(first) == 5 and first[3] == 0 and first[4] in {_PROTOCOL, _ERROR}:
            return
    except TimeoutError:
        if not _talks_when_asked(line, stop):
            raise SetupRefused(
                say(
                    "Something accepts connections on port {port} of {host}, but it never says a word.",
                    port=str(port),
                    host=host,
                ),
                advice=say("Check the port; if it is right, the server is stuck, or a firewall holds it back."),
                trouble=Trouble.NO_ANSWER,
                field="port",
            ) from None
    except OSError:
        pass
    stop.check()
    raise SetupRefused(
        say("What answers on port {port} of {host} is no MySQL or MariaDB server.", port=str(port), host=host),
        advice=say("Check the port; MySQL usually listens on 3306."),
        trouble=Trouble.NOT_MYSQL,
        field="port",
    )


def _talks_when_asked(line: socket.socket, stop: Stop) -> bool:
    """Tell whether it answers, or hangs up, when it is talked to as a web server is."""
    try:
        line.sendall(_QUESTION)
        _await(line, 1.0, stop)
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def _await(line: socket.socket, seconds: float, stop: Stop, *, writing: bool = False) -> None:
    """Wait until something can be read (or written). Raises TimeoutError, and SetupRefused when stopped."""
    deadline = time.monotonic() + seconds
    while True:
        stop.check()
        lists = ([], [line]) if writing else ([line], [])
        if any(select.select(*lists, [], _STEP_SECONDS)):
            return
        if time.monotonic() > deadline:
            raise TimeoutError
