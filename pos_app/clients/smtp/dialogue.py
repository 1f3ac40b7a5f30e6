"""The words of a dialogue with a mail server, one step at a time; smtplib's own ones take several at once.

What it does not do, and is done here: a socket that another thread can break off at any moment, while it connects and
while certificates are judged as well; passwords in any script; the letter's body apart from the dot that ends it.
"""

from __future__ import annotations

import base64
import hmac
import re
import smtplib
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import ssl

_GOODBYE_SECONDS: Final = 2.0
_NAME: Final = "[127.0.0.1]"
"""What this computer calls itself: servers for submission ask for no other, and its name is nobody's business."""
_DOTS: Final = re.compile(rb"(?m)^\.")
_ENDS: Final = re.compile(rb"\r\n|\r|\n")


class Dialogue(smtplib.SMTP):
    """One connection. seconds: the longest wait for one answer, and for one piece of a letter to be taken."""

    def __init__(self, seconds: float, context: ssl.SSLContext) -> None:
        super().__init__(local_hostname=_NAME, timeout=seconds)
        self._tls = context
        self._wire: socket.socket | None = None
        self._is_broken_off = False
        self._secured = False
        self.is_in_data = False
        """Whether the server takes whatever comes for a part of the letter."""

    def call(self, host: str, port: int, *, secured: bool) -> tuple[int, bytes]:
        """Connect, under TLS where it is secured; return the greeting. Raises OSError, ssl.SSLError, SMTPException."""
        self._host = host
        self._secured = secured
        return self.connect(host, port)

    def greet(self) -> None:
        """Say who speaks, and hear what the server can. Raises SMTPException, OSError."""
        self.ehlo_or_helo_if_needed()

    def secure(self) -> tuple[int, bytes]:
        """Go on under TLS, and greet anew. Raises ssl.SSLError, OSError, SMTPException."""
        code, answer = self.docmd("STARTTLS")
        if code == 220 and self.sock is not None:
            self.sock = self._under_tls(self.sock)
            # What was said before could have been said by anybody.
            self.file = None
            self.helo_resp = self.ehlo_resp = None
            self.esmtp_features = {}
            self.does_esmtp = False
            self.greet()
        return code, answer

    def sign_in(self, user: str, password: str) -> tuple[int, bytes]:
        """Sign in by the first way that the server offers and can be told here; 504 where there is none."""
        ways = self.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in ways:
            return self.docmd("AUTH", f"PLAIN {_encoded(chr(0) + user + chr(0) + password)}")
        if "LOGIN" in ways:
            code, answer = self.docmd("AUTH", "LOGIN")
            for word in (user, password):
                if code != 334:
                    break
                code, answer = self.docmd(_encoded(word))
            return code, answer
        if "CRAM-MD5" in ways:
            code, answer = self.docmd("AUTH", "CRAM-MD5")
            if code != 334:
                return code, answer
            with suppress(ValueError):
                answer = base64.b64decode(answer)
            proof = hmac.new(password.encode(), answer, "md5").hexdigest()
            return self.docmd(_encoded(f"{user} {proof}"))
        return 504, b"no way to sign in that is known here"

    def begin(self, sender: str, length: int, *, in_utf8: bool, eight: bool) -> tuple[int, bytes]:
        """Begin a letter of so many bytes. in_utf8: its head is not ASCII; eight: nor is something else in it."""
        options = []
        if self.has_extn("size"):
            options.append(f"size={length}")
        if eight and self.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        if in_utf8:
            options.append("SMTPUTF8")
        return self.mail(sender, options)

    def send_body(self, message: bytes) -> None:
        """Send a letter but for what ends it. Raises SMTPServerDisconnected: the server cannot have taken it."""
        self.is_in_data = True
        quoted = _DOTS.sub(b"..", _ENDS.sub(b"\r\n", message))
        self.send(quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n")

    def end_body(self) -> tuple[int, bytes]:
        """Send the dot by which the server takes the letter; return what it says. Raises SMTPException, OSError."""
        self.send(b".\r\n")
        answer = self.getreply()
        self.is_in_data = False
        return answer

    def hang_up(self) -> None:
        """Say goodbye where that is possible, and close."""
        if self.sock is not None and not self.is_in_data and not self._is_broken_off:
            with suppress(smtplib.SMTPException, OSError):
                self.sock.settimeout(_GOODBYE_SECONDS)
                self.docmd("QUIT")
        self.close()

    def break_off(self) -> None:
        """Break the connection, from any thread: whatever waits on it fails at once."""
        self._is_broken_off = True
        wire = self._wire
        if wire is not None:
            with suppress(OSError):
                # Not the method of a socket under TLS: that one would forget its protection first.
                socket.socket.shutdown(wire, socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection, also one that did not come about."""
        super().close()
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def _get_socket(self, host: str, port: int, timeout: Any) -> socket.socket:
        """Connect to the first address of a name that answers; see smtplib."""
        problem: OSError = OSError("the name leads nowhere")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            wire = socket.socket(family, kind, protocol)
            try:
                wire.settimeout(timeout)
                self._use(wire)
                wire.connect(address)
                return self._under_tls(wire) if self._secured else wire
            except ConnectionAbortedError:
                wire.close()
                raise
            except OSError as error:
                wire.close()
                if _is_about_tls(error):
                    raise
                problem = error
        raise problem

    def _under_tls(self, wire: socket.socket) -> ssl.SSLSocket:
        secured = self._tls.wrap_socket(wire, server_hostname=self._host, do_handshake_on_connect=False)
        self._use(secured)
        secured.do_handshake()
        return secured

    def _use(self, wire: socket.socket) -> None:
        self._wire = wire
        if self._is_broken_off:
            raise ConnectionAbortedError("the line was cut")


def _is_about_tls(error: OSError) -> bool:
    return type(error).__module__ == "ssl"


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
