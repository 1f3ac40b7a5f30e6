"""The line to a mail server: opened, signed in, used for several letters, and cut from another thread.

Each step of a letter has an answer of its own, because what is to be done follows from where it went wrong: before the
letter was handed over it can be sent again, and after that nobody knows. See domain/letters/sending.py.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.clients.smtp.answers import (
    judge_data,
    judge_error,
    judge_final,
    judge_greeting,
    judge_recipient,
    judge_sender,
    judge_sign_in,
    judge_silence,
    told,
)
from pos_app.clients.smtp.dialogue import Dialogue
from pos_app.clients.smtp.names import envelope_address, host_name
from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.domain.letters.servers import is_this_computer
from pos_app.domain.letters.settings import USUAL_PORTS, MailSecurity
from pos_app.domain.steady_clock import steady_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pos_app.domain.letters.settings import MailSettings

STEP_SECONDS: Final = 30.0
"""So long one answer is waited for."""
OPENING_SECONDS: Final = 60.0
LETTER_SECONDS: Final = 140.0
"""So long one letter may take, however slowly the server goes on; shorter than the lease of the letter."""
_LEFT: Final = Tried(Outcome.LEFT)


class MailLine:
    """A line to the mail server of the settings. Not for several threads, but for cut(). Close it at the end.

    context: what judges certificates; usual: as this computer does.
    """

    def __init__(self, context: ssl.SSLContext | None = None, *, step_seconds: float = STEP_SECONDS) -> None:
        self._context = context
        self._step_seconds = step_seconds
        self._dialogue: Dialogue | None = None
        self._settings: MailSettings | None = None
        self._is_cut = False
        self._guard = threading.Lock()

    @property
    def most_bytes(self) -> int | None:
        """Return how long a letter may be that the server takes, as it says; None: it does not say, or is not open."""
        if self._dialogue is None:
            return None
        stated = self._dialogue.esmtp_features.get("size", "")
        return int(stated) or None if stated.isdecimal() else None

    def is_open_for(self, settings: MailSettings) -> bool:
        """Tell whether the line is open as these settings want it, and the server is there still."""
        if self._dialogue is None or self._settings != settings:
            return False
        try:
            with self._until(STEP_SECONDS):
                return self._dialogue.noop()[0] < 400
        except (smtplib.SMTPException, OSError):
            return False

    def open(self, settings: MailSettings, password: str | None) -> Tried | None:
        """Open the line and sign in; None where it is open, else what is in the way, with which no letter is to blame.

        A line without protection is opened to this very computer alone, whatever the settings say.
        """
        self.close()
        try:
            with self._until(OPENING_SECONDS):
                problem = self._open(settings, password)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            waits_for_tls = settings.security is not MailSecurity.TLS and settings.port == USUAL_PORTS[MailSecurity.TLS]
            problem = judge_silence(error) if waits_for_tls else judge_error(error)
        if problem is not None:
            self.close()
            return problem
        self._settings = settings
        return None

    def send(self, message: bytes, sender: str, recipient: str, *, before_data: Callable[[], bool]) -> Tried:
        """Send one letter. before_data: called just before it is handed over; False: it is not, and is left.

        Where the line can be used no more it is closed. What before_data raises comes through.
        """
        try:
            with self._until(LETTER_SECONDS):
                tried = self._as_nobody(self._send(message, sender, recipient, before_data))
        except BaseException:
            self.close()
            raise
        if tried.outcome is Outcome.SENT:
            return tried
        if not self._begin_anew():
            self.close()
        # Whoever cut the line has other work than this letter, and it is not to blame.
        return _LEFT if self._is_cut and tried.outcome is Outcome.AGAIN else tried

    def _as_nobody(self, tried: Tried) -> Tried:
        """Return what a try came to: where nobody signed in, no name and no password was refused."""
        if tried.trouble is not Trouble.SIGN_IN or self._settings is None or self._settings.user:
            return tried
        return replace(tried, trouble=Trouble.SIGN_IN_WANTED)

    def close(self) -> None:
        """Close the line; what the server says to that is not waited for long."""
        dialogue, self._dialogue, self._settings = self._dialogue, None, None
        if dialogue is not None:
            dialogue.hang_up()

    def cut(self) -> None:
        """Break the line, from any thread and for good: whoever waits for the server goes on at once."""
        with self._guard:
            self._is_cut = True
            dialogue = self._dialogue
        if dialogue is not None:
            dialogue.break_off()

    def _open(self, settings: MailSettings, password: str | None) -> Tried | None:
        host = host_name(settings.server)
        local = is_this_computer(host)
        if settings.security is MailSecurity.NONE and not local:
            return Tried(Outcome.LEFT, Trouble.TLS_MISSING)
        if settings.user and password is None:
            return Tried(Outcome.LEFT, Trouble.NO_PASSWORD)
        context = self._context or ssl.create_default_context()
        dialogue = Dialogue(self._step_seconds, context)
        with self._guard:
            if self._is_cut:
                return _LEFT
            self._dialogue = dialogue
        code, answer = dialogue.call(host, settings.port, secured=settings.security is MailSecurity.TLS)
        if code != 220:
            return judge_greeting(code, answer)
        dialogue.greet()
        if settings.security is MailSecurity.STARTTLS:
            if not dialogue.has_extn("starttls"):
                return Tried(Outcome.LEFT, Trouble.TLS_MISSING)
            code, answer = dialogue.secure()
            if code != 220:
                return Tried(Outcome.LEFT, Trouble.TLS_MISSING, told(code, answer))
        if settings.user and password is not None:
            code, answer = dialogue.sign_in(settings.user, password)
            return judge_sign_in(code, answer)
        return None

    def _send(self, message: bytes, sender: str, recipient: str, before_data: Callable[[], bool]) -> Tried:
        dialogue = self._dialogue
        if dialogue is None:
            return Tried(Outcome.LEFT, Trouble.CONNECTION)
        try:
            envelope = envelope_address(recipient)
        except ValueError as error:
            return Tried(Outcome.REFUSED, Trouble.ADDRESS, str(error))
        in_utf8 = not envelope.isascii() or not _head(message).isascii()
        if in_utf8 and not dialogue.has_extn("smtputf8"):
            return Tried(Outcome.REFUSED, Trouble.SCRIPT)
        if self.most_bytes is not None and len(message) > self.most_bytes:
            return Tried(Outcome.REFUSED, Trouble.SIZE)
        try:
            code, answer = dialogue.begin(
                envelope_address(sender), len(message), in_utf8=in_utf8, eight=not message.isascii()
            )
            problem = judge_sender(code, answer)
            if problem is None:
                problem = judge_recipient(*dialogue.rcpt(envelope))
        except (smtplib.SMTPException, OSError) as error:
            return Tried(Outcome.AGAIN, Trouble.CONNECTION, str(error))
        if problem is not None:
            return problem
        if not before_data():
            return _LEFT
        return self._hand_over(dialogue, message)

    @staticmethod
    def _hand_over(dialogue: Dialogue, message: bytes) -> Tried:
        """Send the letter itself. Until its last dot is on its way, the server cannot have taken it."""
        began = steady_seconds()
        try:
            code, answer = dialogue.docmd("DATA")
            if code != 354:
                return judge_data(code, answer)
            dialogue.send_body(message)
        except (smtplib.SMTPException, OSError) as error:
            return Tried(Outcome.AGAIN, Trouble.BROKEN_OFF, str(error))
        if steady_seconds() - began > LETTER_SECONDS:
            # This computer stood still meanwhile: the letter may be another till's by now.
            return Tried(Outcome.AGAIN, Trouble.BROKEN_OFF)
        try:
            return judge_final(*dialogue.end_body())
        except (smtplib.SMTPException, OSError) as error:
            return Tried(Outcome.UNKNOWN, Trouble.BROKEN_OFF, str(error))

    def _begin_anew(self) -> bool:
        """Let the server forget a letter that was not handed over; False where the line can be used no more."""
        if self._dialogue is None or self._dialogue.is_in_data:
            return False
        try:
            with self._until(STEP_SECONDS):
                return self._dialogue.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    @contextmanager
    def _until(self, seconds: float) -> Iterator[None]:
        """Cut what takes longer in all: a server that sends a letter a second keeps every single answer in time."""
        clock = threading.Timer(seconds, self._break_off)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _break_off(self) -> None:
        dialogue = self._dialogue
        if dialogue is not None:
            with suppress(OSError):
                dialogue.break_off()


def _head(message: bytes) -> bytes:
    return message.partition(b"\r\n\r\n")[0]
