"""What a command leaves on the computer, and what it finds there of before, is for its user only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pos_app.cli.privacy import close_what_is_kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer, Foyer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows rights come from the folder")


def _open_to_others(*folders: Path) -> list[Path]:
    found = [one for folder in folders for one in (folder, *folder.rglob("*"))]
    return [one for one in found if not one.is_symlink() and one.stat().st_mode & 0o077]


def test_what_a_command_makes_is_for_its_user_only(foyer: Foyer) -> None:
    url = f"sqlite:///{foyer.state / 'foyer.db'}"
    made = foyer("database", "create", url, "--manager", "Helen", FOYER_MANAGER_PASSWORD="house-lights")
    assert made.code == 0, made.err
    assert (foyer.state / "foyer.db").is_file()
    assert _open_to_others(foyer.state) == []


def test_what_was_made_before_is_closed_at_the_next_start(
    foyer: Foyer, here: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    url = f"sqlite:///{shared / 'house.db'}"
    assert here("database", "create", url, "--manager", "Helen", FOYER_MANAGER_PASSWORD="house-lights").code == 0
    config = Path(os.environ["XDG_CONFIG_HOME"])
    settings, tickets = tmp_path / "mine.toml", tmp_path / "tickets for all"
    ours = [
        foyer.state / "log" / "foyer.log",
        foyer.state / "tickets" / "ABCDEFGH.pdf",
        config / "foyer" / "settings.toml",
        config / "Foyer" / "Foyer.ini",
        tickets / "ABCDEFGH.pdf",
        tickets / "ABCDEFGH-2.pdf",
        tickets / "ABCDEFGH-print-2-ABCDEFGHJK.pdf",
        shared / "house.db",
        settings,
    ]
    others = [tickets / "menu.pdf", shared / "menu.pdf", config / "other.toml"]
    for file in (*ours, *others):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab"):
            file.chmod(0o644)
    for folder in (shared, tickets, config, foyer.state, foyer.state / "tickets", config / "foyer"):
        folder.chmod(0o755)
    monkeypatch.setenv("FOYER_SAVE_TICKETS_IN", str(tickets))
    assert here("database", "check", url).code == 0
    assert _open_to_others(*ours[:-1]) == []
    assert _open_to_others(foyer.state, config / "foyer", config / "Foyer") == []
    # What is no business of Foyer's stays as it was, and so do the folders that a person has chosen.
    assert {*_open_to_others(*others, tickets, shared)} == {*others, tickets, shared}
    monkeypatch.setenv("FOYER_SETTINGS", str(settings))
    assert here("database", "check", url).code == 0
    assert _open_to_others(settings) == []


def test_what_cannot_be_closed_is_said_and_keeps_nobody_from_work(
    here: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'house.db'}"
    assert here("database", "create", url, "--manager", "Helen", FOYER_MANAGER_PASSWORD="house-lights").code == 0
    (tmp_path / "house.db").chmod(0o644)
    theirs = os.geteuid() + 1
    monkeypatch.setattr("pos_app.computer.files.os.geteuid", lambda: theirs)
    answer = here("database", "check", url)
    assert answer.code == 0
    assert f"foyer: Others on this computer can read {tmp_path / 'house.db'}" in answer.err
    assert str(tmp_path / "house.db") in (tmp_path / "computer" / "log" / "foyer.log").read_text(encoding="utf-8")


def test_settings_that_cannot_be_read_are_left_to_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_LOCK_AFTER_SECONDS", "soon")
    close_what_is_kept()
