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
from typing import TYPE_CHECKING, Final

from platformdirs import user_log_dir

if TYPE_CHECKING:
    from types import TracebackType

_log = logging.getLogger("pos_app")

_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_MOST_BYTES: Final = 1_000_000
_OLD_FILES: Final = 5

_SECRETS: Final = (
    (re.compile(r"(://[^:/@\s]*):[^@/\s]+@"), r"\1:***@"),
    (re.compile(r"(?i)\b(password|passwd|pin|secret|token|private_key)(['\"]?\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^\s,;)}]+)"),
     r"\1\2***"),
    (re.compile(r"(?m)^\[parameters: .*$"), "[parameters: ***]"),
)  # fmt: skip
"""What is taken out of every line: passwords in addresses, values named like secrets, parameters of statements."""


class _DiscreetFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for pattern, instead in _SECRETS:
            text = pattern.sub(instead, text)
        return text


class _PatientFile(RotatingFileHandler):
    """Goes on when a line cannot be written: a full disk must stop nothing, nor be told of once a line."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of the library
        """Drop the line."""


def log_folder() -> Path:
    """Return the folder of the log files: below FOYER_STATE where that is set, else where the system keeps logs."""
    state = os.environ.get("FOYER_STATE", "")
    return Path(state) / "log" if state else Path(user_log_dir("foyer", appauthor=False))


def start_logging(*, folder: Path | None = None, verbose: bool = False) -> Path | None:
    """Write the log to a rotating file and send every uncaught exception there.

    Returns the file, or None when the folder cannot be written: then the log goes to stderr.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    file = (folder or log_folder()) / "foyer.log"
    written: Path | None = file
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _PatientFile(file, maxBytes=_MOST_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except (OSError, ValueError):
        written = None
        handler = logging.StreamHandler()
    handler.setFormatter(_DiscreetFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
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
