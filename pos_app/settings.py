"""What this computer is told: a TOML file and FOYER_* variables, frozen at the start. No secrets."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from pos_app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "settings.toml"
_PAPERS: Final = ("a4", "roll80")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one till to the next.

    database: an address without a password; empty: the embedded database below state_folder. till_name: as it is
    registered at the first start. ticket_queue: the CUPS queue for tickets, empty: none. paper: a4 or roll80.
    lock_after_seconds: idle time until the screen locks (0: never). state_folder: this till's identity, journal and
    embedded database. save_tickets_in: where ticket PDFs are kept. locale: of dates and money on tickets.
    """

    database: str
    till_name: str
    ticket_queue: str
    paper: str
    lock_after_seconds: int
    state_folder: Path
    save_tickets_in: Path
    locale: str
    sounds: bool

    def database_url(self) -> str:
        """Return the address, of the embedded database where none is set."""
        return self.database or f"sqlite:///{self.state_folder / 'foyer.db'}"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings file (FOYER_SETTINGS, else in the user's configuration folder), then FOYER_* variables.

    Raises InvalidInput when the file or a value cannot be read.
    """
    given = os.environ if environment is None else environment
    state = Path(given.get("FOYER_STATE") or platformdirs.user_data_dir("foyer", appauthor=False))
    settings = Settings(
        database="",
        till_name="Till 1",
        ticket_queue="",
        paper="a4",
        lock_after_seconds=300,
        state_folder=state,
        save_tickets_in=state / "tickets",
        locale="en_GB",
        sounds=True,
    )
    path = Path(given.get("FOYER_SETTINGS") or Path(platformdirs.user_config_dir("foyer", appauthor=False)) / FILE_NAME)
    if path.is_file():
        settings = _apply(settings, _read(path), f"{path}: ")
    elif "FOYER_SETTINGS" in given:
        raise InvalidInput(f"There is no settings file {path}.")
    variables = {
        field.name: given[f"FOYER_{field.name.upper()}"]
        for field in fields(Settings)
        if f"FOYER_{field.name.upper()}" in given
    }
    return _apply(settings, variables, "FOYER_")


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"The settings file {path} cannot be read: {error}.", advice="Correct it.") from None


def _apply(settings: Settings, values: Mapping[str, object], where: str) -> Settings:
    for name, value in values.items():
        if name not in {field.name for field in fields(Settings)}:
            raise InvalidInput(f"{where}{name} is not a setting.", advice="See resources/settings.example.toml.")
        settings = replace(settings, **{name: _converted(name, getattr(settings, name), value, where)})  # type: ignore[arg-type]
    if settings.paper not in _PAPERS:
        raise InvalidInput(f"{where}paper is {' or '.join(_PAPERS)}.")
    return settings


def _converted(name: str, present: object, value: object, where: str) -> object:
    if isinstance(present, Path):
        return Path(str(value)).expanduser()
    if isinstance(present, bool):
        if str(value).lower() in {"1", "true", "yes", "on"}:
            return True
        if str(value).lower() in {"0", "false", "no", "off"}:
            return False
        raise InvalidInput(f"{where}{name} is true or false.")
    if isinstance(present, int):
        try:
            number = int(str(value))
        except ValueError:
            raise InvalidInput(f"{where}{name} is a whole number.") from None
        if not 0 <= number <= 86400:
            raise InvalidInput(f"{where}{name} is a number from 0 to 86400.")
        return number
    if not isinstance(value, str):
        raise InvalidInput(f"{where}{name} is a text.")
    return value
