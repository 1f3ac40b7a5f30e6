"""What a mail server's answers mean for a letter, and for the queue: whose fault it is, and whether to try again."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from typing import Final

from pos_app.domain.letters.sending import Outcome, Tried, Trouble

LONGEST_ANSWER: Final = 500
_ENHANCED: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_RELAY: Final = re.compile(r"relay|not permitted|not allowed to send|sender.*(?:rejected|denied|owned)", re.IGNORECASE)
_SIGN_IN_CODES: Final = frozenset({530, 534, 535, 538})
_SERVICE_CODES: Final = frozenset({421, 454})
_CERTIFICATES: Final = {
    9: Trouble.CERTIFICATE_EARLY,
    10: Trouble.CERTIFICATE_OVER,
    18: Trouble.CERTIFICATE_STRANGE,
    19: Trouble.CERTIFICATE_STRANGE,
    20: Trouble.CERTIFICATE_STRANGE,
    21: Trouble.CERTIFICATE_STRANGE,
    62: Trouble.CERTIFICATE_NAME,
    64: Trouble.CERTIFICATE_NAME,
}
"""What is wrong with a certificate, by the numbers of OpenSSL (X509_V_ERR)."""
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"})
"""How OpenSSL calls it when a server begins with words of its own."""
_SIZE: Final = {("2", "3"), ("3", "4")}
"""What an enhanced code says of a letter that is too long (RFC 3463)."""


def told(code: int, answer: bytes | str) -> str:
    """Return an answer as it is kept: one line of what the server said, control characters left out."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return (f"{code} {line}" if code > 0 else line)[:LONGEST_ANSWER]


def judge_error(error: Exception) -> Tried:
    """Return what keeps a line from being opened: the queue waits, and no letter is to blame."""
    words = str(error) or type(error).__name__
    if isinstance(error, smtplib.SMTPResponseException):
        words = told(error.smtp_code, error.smtp_error)
    if isinstance(error, ssl.SSLCertVerificationError):
        trouble = _CERTIFICATES.get(error.verify_code, Trouble.CERTIFICATE)
        return _left(trouble, error.verify_message or words)
    if isinstance(error, ssl.SSLError) and getattr(error, "reason", None) in _NO_TLS:
        return _left(Trouble.TLS_LATER, words)
    if isinstance(error, socket.gaierror) or (isinstance(error, ValueError) and not isinstance(error, OSError)):
        return _left(Trouble.NAME, words)
    return _left(Trouble.CONNECTION, words)


def judge_silence(error: Exception) -> Tried:
    """Return what keeps a line from being opened at a port where TLS is usual from the start, and was not spoken.

    A server that was reached and says nothing, or hangs up, waits for TLS; all else is what it is anywhere.
    """
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return _left(Trouble.TLS_AT_ONCE, str(error))
    return judge_error(error)


def judge_greeting(code: int, answer: bytes) -> Tried:
    """Judge a greeting that is none."""
    return _left(Trouble.SERVICE if code > 0 else Trouble.CONNECTION, told(code, answer))


def judge_sign_in(code: int, answer: bytes) -> Tried | None:
    """Judge the end of a sign-in; None where it succeeded."""
    if code in {235, 503}:
        return None
    service = code in _SERVICE_CODES or 400 <= code < 500
    return _left(Trouble.SERVICE if service else Trouble.SIGN_IN, told(code, answer))


def judge_sender(code: int, answer: bytes) -> Tried | None:
    """Judge the answer to the sender; None where the letter goes on. All that is judged is who sends, and how much."""
    if 200 <= code < 300:
        return None
    words = told(code, answer)
    if code == 552 or _is_size(words):
        return Tried(Outcome.REFUSED, Trouble.SIZE, words)
    if code in _SIGN_IN_CODES:
        return _left(Trouble.SIGN_IN, words)
    if code >= 500:
        return _left(Trouble.RELAY, words)
    return _left(Trouble.SERVICE, words) if code > 0 else Tried(Outcome.AGAIN, Trouble.CONNECTION, words)


def judge_recipient(code: int, answer: bytes) -> Tried | None:
    """Judge the answer to the recipient; None where the letter goes on."""
    if 200 <= code < 300:
        return None
    words = told(code, answer)
    found = _of_the_service(code, words)
    if found is not None:
        return found
    if code >= 500 and _RELAY.search(words):
        return _left(Trouble.RELAY, words)
    if code >= 500 and code != 552:  # 552 has been used for 452, and is to be taken for it (RFC 5321, 4.5.3.1.10)
        script = _enhanced(words) == ("6", "7")
        return Tried(Outcome.REFUSED, Trouble.SCRIPT if script else Trouble.ADDRESS, words)
    return Tried(Outcome.AGAIN, Trouble.LATER if code > 0 else Trouble.CONNECTION, words)


def judge_data(code: int, answer: bytes) -> Tried:
    """Judge an answer that does not let the letter begin."""
    words = told(code, answer)
    found = _of_the_service(code, words)
    if found is not None:
        return found
    if code >= 500:
        return Tried(Outcome.REFUSED, Trouble.CONTENT, words)
    return Tried(Outcome.AGAIN, Trouble.LATER if code > 0 else Trouble.BROKEN_OFF, words)


def judge_final(code: int, answer: bytes) -> Tried:
    """Judge the answer to a letter that was sent as a whole."""
    words = told(code, answer)
    if 200 <= code < 300:
        return Tried(Outcome.SENT, answer=words)
    if code < 200:
        return Tried(Outcome.UNKNOWN, Trouble.BROKEN_OFF, words)
    found = _of_the_service(code, words)
    if found is not None:
        return found
    if code < 500:
        return Tried(Outcome.AGAIN, Trouble.LATER, words)
    if code == 552 or _is_size(words):
        return Tried(Outcome.REFUSED, Trouble.SIZE, words)
    said = _enhanced(words)
    if said is not None and said[0] in {"1", "2"}:
        return Tried(Outcome.REFUSED, Trouble.ADDRESS, words)
    return Tried(Outcome.REFUSED, Trouble.CONTENT, words)


def _of_the_service(code: int, words: str) -> Tried | None:
    if code in _SERVICE_CODES:
        return _left(Trouble.SERVICE, words)
    return _left(Trouble.SIGN_IN, words) if code in _SIGN_IN_CODES else None


def _left(trouble: Trouble, words: str) -> Tried:
    return Tried(Outcome.LEFT, trouble, words[:LONGEST_ANSWER])


def _is_size(words: str) -> bool:
    return _enhanced(words) in _SIZE


def _enhanced(words: str) -> tuple[str, str] | None:
    """Return subject and detail of the enhanced code (RFC 3463) that an answer holds."""
    found = _ENHANCED.search(words)
    return None if found is None else (found[2], found[3])
