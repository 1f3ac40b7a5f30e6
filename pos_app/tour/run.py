"""The tours: the program in a window of its own, driven to the end, and what happened written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.app import Foyer, make_application
from pos_app.catalogues import PSEUDO
from pos_app.tour.customers.story import play_customers
from pos_app.tour.evening import play_evening
from pos_app.tour.letters.story import play_letters
from pos_app.tour.orders.story import play_orders
from pos_app.tour.season.story import play_season
from pos_app.tour.waiting.story import play_waiting
from pos_app.ui.look.theme import apply_theme
from pos_app.ui.words.language import speak

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.computer.settings import Settings
    from pos_app.opening.open_house import OpenWith
    from pos_app.opening.opener import Opener


def tour(
    settings: Settings,
    open_with: OpenWith,
    folder: Path,
    *,
    size: tuple[int, int],
    dark: bool,
    language: str = "",
) -> bool:
    """Drive the window through an evening, and write what happened; True if every step did what it says."""
    _dress(dark=dark, language=language)
    foyer = Foyer(settings, open_with)
    foyer.window.resize(*size)
    record = play_evening(foyer, folder, tell=print, pseudo=language == PSEUDO)
    record.write(folder / "tour.json")
    return record.ok


def orders_tour(
    settings: Settings,
    open_with: OpenWith,
    folder: Path,
    *,
    size: tuple[int, int],
    dark: bool,
    language: str = "",
) -> bool:
    """Drive the window through what happens after a sale, and write it down; True if every step did what it says."""
    _dress(dark=dark, language=language)
    foyer = Foyer(settings, open_with)
    foyer.window.resize(*size)
    record = play_orders(foyer, folder, tell=print, pseudo=language == PSEUDO)
    record.write(folder / "tour.json")
    return record.ok


def customers_tour(
    settings: Settings,
    open_with: OpenWith,
    folder: Path,
    *,
    size: tuple[int, int],
    dark: bool,
    language: str = "",
) -> bool:
    """Drive the window through reservations and customers, and write it down; True if every step did what it says."""
    _dress(dark=dark, language=language)
    foyer = Foyer(settings, open_with)
    foyer.window.resize(*size)
    record = play_customers(foyer, folder, tell=print, pseudo=language == PSEUDO)
    record.write(folder / "tour.json")
    return record.ok


def letters_tour(
    settings: Settings,
    open_with: OpenWith,
    folder: Path,
    *,
    size: tuple[int, int],
    dark: bool,
    language: str = "",
) -> bool:
    """Drive the window through letters that are really sent, and write it down; True if every step did what it says."""
    _dress(dark=dark, language=language)
    foyer = Foyer(settings, open_with)
    foyer.window.resize(*size)
    record = play_letters(foyer, folder, tell=print, pseudo=language == PSEUDO)
    record.write(folder / "tour.json")
    return record.ok


def waiting_tour(
    settings: Settings,
    open_with: OpenWith,
    folder: Path,
    *,
    size: tuple[int, int],
    dark: bool,
    language: str = "",
) -> bool:
    """Drive the window through waiting lists and resale, and write it down; True if every step did what it says."""
    _dress(dark=dark, language=language)
    foyer = Foyer(settings, open_with)
    foyer.window.resize(*size)
    record = play_waiting(foyer, folder, tell=print, pseudo=language == PSEUDO)
    record.write(folder / "tour.json")
    return record.ok


def admin_tour(
    opener: Opener, folder: Path, *, password: str, size: tuple[int, int], dark: bool, language: str = ""
) -> bool:
    """Drive the window through a manager's season, from the first start on; True if every step did what it says.

    password: of the account on the server that the opener names.
    """
    _dress(dark=dark, language=language)
    foyer = Foyer(opener.settings, opener.open, opener)
    foyer.window.resize(*size)
    record = play_season(
        foyer, folder, account=opener.account(), password=password, tell=print, pseudo=language == PSEUDO
    )
    record.write(folder / "tour.json")
    return record.ok


def _dress(*, dark: bool, language: str) -> None:
    apply_theme(make_application(), dark)
    if language:
        speak(language)
