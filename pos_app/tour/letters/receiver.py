"""A mail server that takes every letter and keeps it as a file; for this very computer alone, while the tour lasts."""

from __future__ import annotations

import threading
from email import message_from_bytes
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

HOST: Final = "127.0.0.1"
SENT_WITHIN: Final = 60.0
"""Seconds: tills look every few for letters, and at once where the settings were changed."""
_ANSWERS: Final = {
    "EHLO": b"250-tour\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
    "HELO": b"250 tour\r\n",
    "MAIL": b"250 2.1.0 Ok\r\n",
    "RCPT": b"250 2.1.5 Ok\r\n",
    "RSET": b"250 2.0.0 Ok\r\n",
    "NOOP": b"250 2.0.0 Ok\r\n",
}


class _Dialogue(StreamRequestHandler):
    server: Receiver

    def handle(self) -> None:
        self.wfile.write(b"220 tour ESMTP\r\n")
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            if verb == "QUIT":
                self.wfile.write(b"221 2.0.0 Bye\r\n")
                return
            if verb == "DATA":
                self.wfile.write(b"354 Go ahead\r\n")
                number = self.server.keep(self._letter())
                self.wfile.write(f"250 2.0.0 Ok: queued as {number}\r\n".encode("ascii"))
            else:
                self.wfile.write(_ANSWERS.get(verb, b"502 5.5.1 Not known\r\n"))

    def _letter(self) -> bytes:
        """Read a letter to the line that has a dot alone; a dot that was doubled for the way is one again."""
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


class Receiver(ThreadingTCPServer):
    """Listens on a port of its own from the beginning on. folder: where letters go, as letter-01.eml and on."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__((HOST, 0), _Dialogue)
        self._folder = folder
        self._lock = threading.Lock()
        self.received = 0
        self._letters: list[EmailMessage] = []
        threading.Thread(target=self.serve_forever, name="receiver", daemon=True).start()

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.server_address[1])

    def keep(self, letter: bytes) -> int:
        """Write a letter down; return how many there are."""
        with self._lock:
            self.received += 1
            (self._folder / f"letter-{self.received:02}.eml").write_bytes(letter)
            self._letters.append(message_from_bytes(letter, policy=default))
            return self.received

    def letters_to(self, address: str) -> list[EmailMessage]:
        """Return what has come for an address, the first one first."""
        with self._lock:
            return [letter for letter in self._letters if address in str(letter["To"])]

    def close(self) -> None:
        """Listen no more."""
        self.shutdown()
        self.server_close()
