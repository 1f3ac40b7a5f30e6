"""Every command explains itself, and every error is one sentence with a next step."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.db.connection.addresses import parse_address
from tests.accounts import a_user
from tests.kinds import SERVER, SQLITE
from tests.servers import by_socket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer, Foyer
    from tests.houses import OpenHouse

COMMANDS = (
    ("run",),
    ("demo",),
    ("tour",),
    ("expire",),
    ("database",),
    ("database", "create"),
    ("database", "upgrade"),
    ("database", "check"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(here: Callable[..., Answer], command: tuple[str, ...]) -> None:
    answer = here(*command, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"usage: {' '.join(['foyer', *command])}")
    assert not answer.err


def test_the_program_has_help_and_a_version(foyer: Foyer) -> None:
    answer = foyer("--help")
    assert (answer.code, answer.err) == (0, "")
    assert all(command[0] in answer.out for command in COMMANDS)
    assert foyer("--version").out.startswith("Foyer ")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "not a database address"),
        ("postgres://host/name", "does not work on"),
        ("mysql://user:secret@host/name", "password must not stand in"),
        ("mysql://user@localhost:no/name", "not a server"),
        ("mysql://user@nosuchhost.invalid/name", "does not answer"),
        ("mysql://user@127.0.0.1:1/name", "does not answer"),
    ],
)
def test_a_wrong_address_gets_a_sentence(here: Callable[..., Answer], url: str, words: str) -> None:
    sentence = here("database", "check", url).sentence
    assert words in sentence
    assert "secret" not in sentence


@pytest.mark.parametrize("deed", ["check", "upgrade"])
def test_a_missing_file_is_not_made_by_looking_at_it(here: Callable[..., Answer], tmp_path: Path, deed: str) -> None:
    file = tmp_path / "none.db"
    assert "There is no database" in here("database", deed, str(file)).sentence
    assert not file.exists()


def test_a_file_that_is_no_database_is_told(here: Callable[..., Answer], tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear customer, " * 100)
    assert "not a sound Foyer database" in here("database", "check", str(file)).sentence
    assert file.read_text().startswith("Dear customer")


def test_a_place_that_cannot_be_written_is_told(here: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = here("database", "create", str(tmp_path / "file" / "foyer.db"), "--manager", "Mario")
    assert "cannot be written" in answer.sentence
    answer = here("tour", "--out", str(tmp_path / "file" / "pictures"))
    assert "cannot be written" in answer.sentence


def test_a_computer_that_cannot_keep_its_key_is_told(here: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = here(
        "database",
        "create",
        str(tmp_path / "foyer.db"),
        "--manager",
        "Mario",
        FOYER_MANAGER_PASSWORD="long-enough",
        FOYER_STATE=str(tmp_path / "file" / "state"),
    )
    assert "cannot keep its files" in answer.sentence


def test_a_database_without_tables_is_told(here: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert "no Foyer tables" in here("database", "check", str(tmp_path / "empty.db")).sentence
    assert "no Foyer tables" in here("expire", "--once", "--database", str(tmp_path / "empty.db")).sentence


@SQLITE
def test_a_newer_schema_is_told(here: Callable[..., Answer], house: OpenHouse) -> None:
    house.database.transact(lambda session: session.execute(text("UPDATE alembic_version SET version_num='r9999'")))
    for command in (("database", "check", house.url), ("database", "upgrade", house.url)):
        assert "newer Foyer" in here(*command).sentence


@pytest.mark.parametrize("command", [(), ("demo",)], ids=["run", "demo"])
def test_without_a_display_the_window_is_not_tried(foyer: Foyer, command: tuple[str, ...]) -> None:
    answer = foyer(*command, QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert "no display" in answer.sentence
    assert "foyer tour" in answer.sentence


def test_a_setting_that_is_not_one_is_told(here: Callable[..., Answer]) -> None:
    assert "true or false" in here("expire", FOYER_SOUNDS="perhaps").sentence


@pytest.mark.parametrize("size", ["3", "axb", "99999x1"])
def test_a_size_that_is_none_is_told(here: Callable[..., Answer], tmp_path: Path, size: str) -> None:
    assert "no size of a window" in here("tour", "--out", str(tmp_path), "--size", size).sentence


@SQLITE
def test_the_tour_refuses_a_database_of_others(foyer: Foyer, house: OpenHouse, tmp_path: Path) -> None:
    answer = foyer("tour", "--out", str(tmp_path / "tour"), "--database", house.url)
    assert "something other than the demo" in answer.sentence


@SERVER
def test_a_server_that_does_not_let_us_in_says_why(foyer: Foyer, here: Callable[..., Answer], house: OpenHouse) -> None:
    root = parse_address(house.url)
    place = f"{root.servers[0].host}:{root.servers[0].port}"
    with a_user(house.url, "foyer_guest", password="right") as name:
        url = f"mysql://{name}@{place}/{root.name}{by_socket(house.database)}"
        wrong = foyer("database", "check", url, "--password-stdin", given="wrong\n").sentence
        assert "refused the name or the password" in wrong
        assert "asks for a password" in here("database", "check", url).sentence
        missing = here("database", "check", f"mysql://root@{place}/nothing_here").sentence
        assert "no database of that name" in missing
        variable = here("database", "check", url, FOYER_DATABASE_PASSWORD="right").sentence
        assert "no right" in variable


def test_errors_are_said_in_the_language_of_the_settings(here: Callable[..., Answer], tmp_path: Path) -> None:
    sentence = here("database", "check", str(tmp_path / "none.db"), FOYER_LOCALE="xx").sentence
    assert re.fullmatch(r"\[There is no database .*\] \[Make it with .*\]", sentence)
    assert here("database").err.startswith("foyer: [")
    assert here("expire", "--once", FOYER_LOCALE="nonsense").sentence.startswith("FOYER_LOCALE is a language")
    assert here("expire", "--once", FOYER_LOCALE="xx", FOYER_PAPER="silk").sentence.startswith("[FOYER_PAPER is [")
    assert here("database", "check", "nonsense", FOYER_LOCALE="").sentence.startswith("That is not a database address.")


def test_the_command_line_needs_no_qt() -> None:
    """A server that only gives holds back, or judges its database, has no windows."""
    code = (
        "import sys; import pos_app.cli.command, pos_app.cli.database, pos_app.cli.expire; "
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
