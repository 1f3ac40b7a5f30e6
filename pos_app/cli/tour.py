"""`foyer tour`: an evening, a season, the order desk, customers, letters or waiting lists, without a person."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from pos_app.catalogues import PSEUDO
from pos_app.cli.passwords import password_source
from pos_app.computer.settings import load_settings
from pos_app.domain.errors import InvalidInput, PosError
from pos_app.domain.sentences import say
from pos_app.ui.words.language import speak
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse

    from pos_app.computer.settings import Settings
    from pos_app.opening.open_house import OpenHouse, Tell


def run_tour(options: argparse.Namespace) -> int:
    """Drive the window and write pictures, PDFs and tour.json; 0 only if every step did what it says."""
    if options.language:
        speak(options.language)
    locale = _locale(options.language)
    size = _size(options.size)
    folder = _folder(options.out)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="foyer-tour-") as state:
        settings = _settings(Path(state), locale)
        play = _play_admin if options.admin else _play
        ok = play(options, settings, folder, size)
    print(spoken(say("Pictures, tickets and tour.json are in {folder}", folder=folder)))
    return 0 if ok else 1


def _settings(state: Path, locale: str) -> Settings:
    """Return settings of a till of its own: nothing that this computer remembers is read or changed."""
    os.environ["FOYER_STATE"] = str(state)
    settings = load_settings()
    return replace(
        settings,
        state_folder=state,
        save_tickets_in=state / "tickets",
        ticket_queue="",
        lock_after_seconds=0,
        sounds=False,
        till_name="Tour till",
        locale=locale or settings.locale,
    )


def _play(options: argparse.Namespace, settings: Settings, folder: Path, size: tuple[int, int]) -> bool:
    from pos_app.opening.open_house import open_demo
    from pos_app.tour.run import customers_tour, letters_tour, orders_tour, tour, waiting_tour

    url = options.database or f"sqlite:///{settings.state_folder / 'tour.db'}"
    ask = password_source(options)
    refused: list[PosError] = []

    def open_with(tell: Tell) -> OpenHouse:
        try:
            return open_demo(settings, url, ask=ask, on_progress=tell)
        except PosError as error:
            refused.append(error)
            raise

    drive = orders_tour if options.orders else customers_tour if options.customers else tour
    drive = letters_tour if options.letters else waiting_tour if options.waiting else drive
    ok = drive(settings, open_with, folder, size=size, dark=options.dark, language=options.language)
    if refused:
        raise refused[0]
    return ok


def _play_admin(options: argparse.Namespace, settings: Settings, folder: Path, size: tuple[int, int]) -> bool:
    from pos_app.computer.credentials import PASSWORD_VARIABLE
    from pos_app.opening.opener import Opener
    from pos_app.tour.run import admin_tour

    # What is set up is written into the folder of the tour, and no password goes to the keyring.
    os.environ["FOYER_SETTINGS"] = str(settings.state_folder / "settings.toml")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    url = options.database or f"sqlite:///{settings.state_folder / 'tour.db'}"
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if options.password_stdin:
        password = password_source(options)(url) or ""
    opener = Opener(settings, url, lambda _address: password)
    return admin_tour(opener, folder, password=password, size=size, dark=options.dark, language=options.language)


def _locale(language: str) -> str:
    """Return the locale in which the tour writes numbers and dates; "": that of the settings."""
    if language in {"", PSEUDO}:
        return language
    try:
        return str(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        raise InvalidInput(
            say("“{language}” is no language.", language=language), advice=say("Write it like de or de_AT.")
        ) from None


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if found is None:
        raise InvalidInput(say("“{text}” is no size of a window.", text=text), advice=say("Write it like 1280x800."))
    return int(found[1]), int(found[2])


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
        for pattern in ("[0-9][0-9]-*.png", "tickets-*.pdf", "tour.json", "tour-*.*"):
            for old in path.glob(pattern):
                old.unlink()
    except OSError as error:
        raise InvalidInput(
            say("The folder {path} cannot be written: {reason}.", path=path, reason=str(error.strerror))
        ) from None
    return path.resolve()
