"""The log of the program: a rotating file, a number for each incident, and no secrets."""

from __future__ import annotations

import logging
import os
import re
import secrets
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import TracebackException
from typing import TYPE_CHECKING, Final

from platformdirs import user_log_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_log = logging.getLogger("pos_app")

_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_MOST_BYTES: Final = 1_000_000
_OLD_FILES: Final = 5
_TIME: Final = len("2026-11-30 19:30:00,000")

_QUOTED: Final = r"""[brf]?'(?:[^'\\]|\\.)*'|[brf]?"(?:[^"\\]|\\.)*"|[“„][^“”]*[“”]"""
_VALUE: Final = rf"(?:{_QUOTED}|(?:[^\s,;)}}\]]|[,;)}}\]](?![\s'\"]|\w+\s*[=:]|$))+)"
"""What stands after a name: in quotes, or until a space or the next name."""
_SETS: Final = r"(?:\\?['\"])?\s*(?:=>|[=:]+)\s*"
_NAMES: Final = (
    r"(?:pass(?:word|wd|wort|phrase)|kennwort|mot de passe|contrase[nñ]a|secret|token"
    r"|(?:api|private|secret|access|signing|session)[_-]?key"
    r"|(?<![^\W\d_])(?:pin|pwd|pw)(?:[-_ ]?code)?)(?:_?hash)?"
)
"""A word of several letters may stand at the end of a longer one; a short one may not: a spin is no PIN."""
_SECRETS: Final = (
    (re.compile(r"(?s)\[parameters: .*?(?=\n\(Background on this error|\Z)"), "[parameters: ***]"),
    (re.compile(r"(://[^\s:/@]*):(?!\d{1,5}(?:[/?#'\"\s]|$))\S{0,500}@"), r"\1:***@"),
    (
        re.compile(rf"(?i)(authorization{_SETS})(?:{_QUOTED}|digest [^\r\n]*|(?:\w+ )?[^\s,;)}}\]'\"]+)"),
        r"\1***",
    ),
    (re.compile(r"(?i)(\bcookie\s*:\s*)[^\r\n]+"), r"\1***"),
    (re.compile(rf"(?i)({_NAMES}{_SETS}){_VALUE}"), r"\1***"),
    (
        re.compile(rf"(?i)(--?(?:password|passwort|pin|pw|token|secret)(?:['\"]\s*,\s*|\s+))(?:{_QUOTED}|[^\s,\]]+)"),
        r"\1***",
    ),
    (
        re.compile(
            r"(?i)((?<![^\W\d_])pin(?:[-_ ]?code)?(?:\s+(?:is|was|number|ist|war|lautet))?[\s#.(“”„'\"]{1,4})"
            r"\d{4,8}(?!\d|[-.:]\d)"
        ),
        r"\1***",
    ),
    (re.compile(r"(?i)(\bbearer\s+)(?=\S*\d)[\w.~+/=-]{8,}"), r"\1***"),
    (re.compile(r"\$argon2(?:id|i|d)\$[\w$=,+/.-]+"), "$argon2***"),
)
"""What is taken out of every text: passwords in addresses, values named like secrets, parameters of statements."""

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What ends a line, moves the cursor, turns the direction of writing, or cannot be written at all."""
_MARGIN: Final = "    "
"""Stands before all lines of an entry but its first one: an entry begins where a line begins."""
_FRAME: Final = re.compile(r"[\s|]*File \"")


def in_one_line(text: str) -> str:
    """Return a text without secrets; what ends a line or is not seen is written out, as Python writes it."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


class _DiscreetFormatter(logging.Formatter):
    """Writes each entry into one line, and a traceback below it into lines of its own, whatever their texts hold."""

    def __init__(self, form: str, conceal: Callable[[str], str]) -> None:
        super().__init__(form)
        self._conceal = conceal

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        record.asctime = self.formatTime(record, self.datefmt)
        # What tells the time is left alone: it is full of digits.
        text = self.formatMessage(record)
        lines = [text[:_TIME] + self._line(text[_TIME:])]
        if record.exc_info and record.exc_info[1] is not None:
            lines += self._lines_of(record.exc_info[1])
        if record.stack_info:
            lines += self._below(record.stack_info)
        return "\n".join(lines)

    def _line(self, text: str) -> str:
        """Conceal first: what is not seen may stand between the digits of what must be kept nowhere."""
        return in_one_line(self._conceal(text))

    def _lines_of(self, error: BaseException) -> list[str]:
        """Return a traceback. Only its frames take more than one line: what an error says is a text like any other."""
        lines: list[str] = []
        for part in TracebackException.from_exception(error).format():
            lines += self._below(part) if _FRAME.match(part) else [_MARGIN + self._line(part.strip("\n"))]
        return lines

    def _below(self, text: str) -> list[str]:
        return [_MARGIN + self._line(line) for line in text.rstrip("\n").split("\n")]


class _PatientFile(RotatingFileHandler):
    """Goes on when a line cannot be written: a full disk must stop nothing, nor be told of once a line."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of the library
        """Drop the line."""


def log_folder() -> Path:
    """Return the folder of the log files: below FOYER_STATE where that is set, else where the system keeps logs."""
    state = os.environ.get("FOYER_STATE", "")
    return Path(state) / "log" if state else Path(user_log_dir("foyer", appauthor=False))


def start_logging(
    *, folder: Path | None = None, verbose: bool = False, conceal: Callable[[str], str] = str
) -> Path | None:
    """Write the log to a rotating file and send every uncaught exception there.

    conceal: takes out of a text what must be kept nowhere, besides the secrets that are known here.
    Returns the file, or None when the folder cannot be written: then the log goes to stderr.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    file = (folder or log_folder()) / "foyer.log"
    if any(getattr(one, "baseFilename", "") == str(file.absolute()) for one in root.handlers):
        return file  # it was begun before the window
    written: Path | None = file
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _PatientFile(file, maxBytes=_MOST_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except (OSError, ValueError):
        written = None
        handler = logging.StreamHandler()
    handler.setFormatter(_DiscreetFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s", conceal))
    root.addHandler(handler)
    sys.excepthook = _on_uncaught
    threading.excepthook = _on_uncaught_in_thread
    return written


def report_incident(error: BaseException) -> str:
    """Log an error that nobody foresaw with its traceback; returns the short number that the person is told."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    _log.error("Incident %s", number, exc_info=(type(error), error, error.__traceback__))
    return number


def _on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report_incident(error)


def _on_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        report_incident(args.exc_value)
