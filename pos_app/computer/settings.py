"""What this computer is told: a TOML file and FOYER_* variables, frozen at the start. No secrets."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import platformdirs

from pos_app.catalogues import country_of
from pos_app.computer.settings_file import read_settings, why_not
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.tickets.papers import PAPERS

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "settings.toml"
_VARIABLE: Final = "FOYER_"
_UNTOLD: Final = Path()
_LONGEST_VALUE: Final = 1000
_LONGEST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one till to the next.

    database: an address without a password; empty: the embedded database below state_folder. till_name: as it is
    registered at the first start. ticket_queue, paper: the CUPS queue for tickets, one of PAPERS; empty: as the house
    has decided for this till.
    lock_after_seconds: idle time until the screen locks (0: never), but for the door, where the till's record decides.
    state_folder: this till's identity, journal and embedded database. save_tickets_in: where ticket PDFs are kept.
    locale: of dates and money, on tickets and on the screen; empty: that of the house, and where it has none, that of
    this computer.
    customer_display: show the total to the customer where there is a second screen.
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
    customer_display: bool = True

    def database_url(self) -> str:
        """Return the address, of the embedded database where none is set."""
        return self.database or f"sqlite:///{self.state_folder / 'foyer.db'}"


def settings_path(environment: Mapping[str, str] | None = None) -> Path:
    """Return where the settings file is, or would be: FOYER_SETTINGS, else in the user's configuration folder."""
    named = (os.environ if environment is None else environment).get("FOYER_SETTINGS")
    return Path(named or Path(platformdirs.user_config_dir("foyer", appauthor=False)) / FILE_NAME)


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
        paper="",
        lock_after_seconds=300,
        state_folder=state,
        save_tickets_in=_UNTOLD,
        locale="",
        sounds=True,
    )
    path = settings_path(given)
    if _is_there(path):
        settings = _apply(settings, _read(path), f"{path}: ")
    elif "FOYER_SETTINGS" in given:
        raise InvalidInput(say("There is no settings file {path}.", path=_shown(str(path))))
    variables = {
        field.name: given[f"{_VARIABLE}{field.name.upper()}"]
        for field in fields(Settings)
        if f"{_VARIABLE}{field.name.upper()}" in given
    }
    settings = _apply(settings, variables, _VARIABLE)
    if settings.save_tickets_in == _UNTOLD:
        settings = replace(settings, save_tickets_in=settings.state_folder / "tickets")
    return settings


def _is_there(path: Path) -> bool:
    """Tell whether there is something of that name; what cannot be looked at is read, and told of then."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _read(path: Path) -> dict[str, object]:
    try:
        return read_settings(path)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            say("The settings file {path} cannot be read: {error}.", path=_shown(str(path)), error=why_not(error)),
            advice=say("Correct it."),
        ) from None


def _shown(text: str) -> str:
    """Return what stands in a file or a variable as it fits in a sentence."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _apply(settings: Settings, values: Mapping[str, object], where: str) -> Settings:
    """Put values into the settings; where: what stands before the name of a setting in a sentence."""
    changed: dict[str, Any] = {}
    for name, value in values.items():
        told = f"{where}{name.upper() if where == _VARIABLE else _shown(name)}"
        if name not in {field.name for field in fields(Settings)}:
            raise InvalidInput(
                say("{setting} is not a setting.", setting=told), advice=say("See resources/settings.example.toml.")
            )
        changed[name] = _converted(name, getattr(settings, name), value, told)
    return replace(settings, **changed)


def _converted(name: str, present: object, value: object, told: str) -> object:
    if isinstance(present, bool):
        if str(value).lower() in {"1", "true", "yes", "on"}:
            return True
        if str(value).lower() in {"0", "false", "no", "off"}:
            return False
        raise InvalidInput(say("{setting} is true or false.", setting=told))
    if isinstance(present, int):
        try:
            number = int(str(value))
        except ValueError:
            raise InvalidInput(say("{setting} is a whole number.", setting=told)) from None
        if not 0 <= number <= 86400:
            raise InvalidInput(say("{setting} is a number from 0 to 86400.", setting=told))
        return number
    if not isinstance(value, str):
        raise InvalidInput(say("{setting} is a text.", setting=told))
    _require_plain(value, told)
    if isinstance(present, Path):
        return _path(value, told)
    if name == "paper" and value not in PAPERS:
        papers = reduce(lambda one, other: say("{one} or {other}", one=one, other=other), PAPERS)
        raise InvalidInput(say("{setting} is {papers}.", setting=told, papers=papers))
    if name == "locale" and not _is_locale(value):
        raise InvalidInput(say("{setting} is a language and a country, for example en_GB.", setting=told))
    return value


def _require_plain(value: str, told: str) -> None:
    if "\x00" in value or len(value) > _LONGEST_VALUE:
        raise InvalidInput(say("{setting} is a text of at most {most} letters.", setting=told, most=_LONGEST_VALUE))


def _path(value: str, told: str) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise InvalidInput(
            say("{setting} names the folder of a user whom this computer does not know.", setting=told),
            advice=say("Write the whole path."),
        ) from None


def _is_locale(name: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(country_of(name))
    except (ValueError, TypeError, UnknownLocaleError):
        return False
    return True
