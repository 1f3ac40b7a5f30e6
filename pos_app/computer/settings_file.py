"""Writing the settings file: some values anew, and every other line, comment and value as it was."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import write_whole
from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEAD: Final = "# Foyer's settings of this computer, as in resources/settings.example.toml. No passwords here.\n"


def write_settings(path: Path, values: Mapping[str, str]) -> None:
    """Put values into the settings file, which may be missing; it is whole at any time.

    Raises CannotConnect when it cannot be written, or cannot be read as settings.
    """
    try:
        before = path.read_text(encoding="utf-8-sig") if path.is_file() else _HEAD
        told = _told_anew(before, values)
        if told != before or not path.is_file():
            # A link leads to the file that is meant, for example in a folder of dotfiles.
            write_whole(path.resolve(), told.encode())
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotConnect(
            say("The settings file {path} cannot be written: {reason}.", path=path, reason=reason),
            advice=say("Check its rights, and what stands in it."),
        ) from error


def _told_anew(text: str, values: Mapping[str, str]) -> str:
    """Return TOML with the values set. Raises TOMLDecodeError when it cannot be read before or after."""
    wanted = {**tomllib.loads(text), **values}
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
    if tomllib.loads(text) != wanted:
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
