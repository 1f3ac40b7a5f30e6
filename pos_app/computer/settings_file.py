"""Writing the settings file: some values anew, and every other line, comment and value as it was."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import FileTooLargeError, read_bounded, write_whole
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEAD: Final = "# Foyer's settings of this computer, as in resources/settings.example.toml. No passwords here.\n"
_MOST_BYTES: Final = 64 * 1024
"""Far more than all settings with all their comments."""
_LONGEST_TOLD: Final = 200


def read_settings(path: Path) -> dict[str, object]:
    """Read a settings file. Raises OSError, and ValueError for what is no settings file; see why_not."""
    return _parsed(_text_of(path))


def write_settings(path: Path, values: Mapping[str, str]) -> None:
    """Put values into the settings file, which may be missing; it is whole at any time.

    Raises CannotConnect when it cannot be written, or cannot be read as settings.
    """
    try:
        before = _text_of(path) if path.exists() else _HEAD
        told = _told_anew(before, values)
        if told != before or not path.exists():
            # A link leads to the file that is meant, for example in a folder of dotfiles.
            write_whole(path.resolve(), told.encode())
    except (OSError, ValueError) as error:
        reason = why_not(error)
        raise CannotConnect(
            say("The settings file {path} cannot be written: {reason}.", path=path, reason=reason),
            advice=say("Check its rights, and what stands in it."),
        ) from error


def why_not(error: OSError | ValueError) -> Sentence:
    """Return why a settings file cannot be read or written, as it stands behind a colon."""
    if isinstance(error, FileTooLargeError):
        return say("it is larger than {most} KB", most=_MOST_BYTES // 1024)
    if isinstance(error, OSError):
        return why_disk(error)
    if isinstance(error, UnicodeError):
        return say("it is not written in UTF-8")
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Sentence) else say("{error}", error=str(error)[:_LONGEST_TOLD])


def _text_of(path: Path) -> str:
    return read_bounded(path, _MOST_BYTES).decode("utf-8-sig").replace("\r\n", "\n")


def _parsed(text: str) -> dict[str, object]:
    """Return the values of TOML. Raises ValueError, for what no reader of TOML foresees as well."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError(say("it is nested too deeply")) from None
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, OverflowError):
        raise ValueError(say("a number or a date in it is none")) from None


def _told_anew(text: str, values: Mapping[str, str]) -> str:
    """Return TOML with the values set. Raises TOMLDecodeError when it cannot be read before or after."""
    wanted = {**_parsed(text), **values}
    for name, value in values.items():
        line = f"{name} = {_quoted(value)}"
        there = re.compile(rf"^[ \t]*(?:{name}|\"{name}\"|'{name}')[ \t]*=.*$", re.MULTILINE)
        if found := there.search(text):
            text = f"{text[: found.start()]}{line}{_comment_of(found[0])}{text[found.end() :]}"
        else:
            # Before any table: what stands below “[...]” would belong to it.
            table = re.search(r"^[ \t]*\[", text, re.MULTILINE)
            at = table.start() if table else len(text)
            gap = "" if not text[:at] or text[:at].endswith("\n") else "\n"
            text = f"{text[:at]}{gap}{line}\n{text[at:]}"
    if _parsed(text) != wanted:
        raise tomllib.TOMLDecodeError("its values are written in a way that Foyer does not change")
    return text


def _comment_of(line: str) -> str:
    """Return the comment behind a value on one line, with the spaces before it."""
    found = re.fullmatch(r"[^=]*=[ \t]*(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\"'#\s]*)(?P<comment>[ \t]*#.*)?", line)
    return (found["comment"] or "") if found else ""


def _quoted(value: str) -> str:
    escaped = "".join(
        f"\\{letter}" if letter in '"\\' else letter if letter.isprintable() else f"\\U{ord(letter):08X}"
        for letter in value
    )
    return f'"{escaped}"'
