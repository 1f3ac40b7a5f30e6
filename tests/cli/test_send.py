from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.cli.send import STOPPED, UNSIGNED
from pos_app.db.clock import utc_plus
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from tests.letters import letters, mail_settings, store_settings, write_note
from tests.mail_server import open_mail_server
from tests.schemas import make_schema
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Foyer


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Database]:
    database = Database(parse_address(f"sqlite:///{tmp_path / 'foyer.db'}"))
    make_schema(database)
    database.transact(build_small_house)
    yield database
    database.close()


def test_what_is_due_is_sent_once_and_what_failed_is_said(here: Foyer, house: Database, tmp_path: Path) -> None:
    with open_mail_server() as server:
        house.transact(store_settings, mail_settings(server.port))
        for name in ("anna", "nobody", "bela"):
            house.transact(write_note, f"{name}@example.org")
        server.manners.answers, server.manners.only_for = {"rcpt": "550 5.1.1 no such user"}, "nobody"
        done = here("send", "--once", "--database", f"sqlite:///{tmp_path / 'foyer.db'}")
        assert (done.code, done.err) == (0, "")
        assert "2 letters sent." in done.out
        assert "no such user" in done.out
        assert sorted(one.recipient for one in server.taken) == ["anna@example.org", "bela@example.org"]
    assert [row.state for row in house.read(letters)] == ["sent", "failed", "sent"]


def test_without_a_server_it_says_that_letters_wait(here: Foyer, house: Database, tmp_path: Path) -> None:
    house.transact(write_note)
    assert "letters wait" in here("send", "--once", "--database", f"sqlite:///{tmp_path / 'foyer.db'}").sentence


def test_a_queue_that_cannot_go_on_ends_with_a_code(here: Foyer, house: Database, tmp_path: Path) -> None:
    house.transact(store_settings, mail_settings(9))
    house.transact(write_note)
    done = here("send", "--once", "--database", f"sqlite:///{tmp_path / 'foyer.db'}")
    assert (done.code, "The mail server cannot be reached." in done.out) == (1, True)


def test_letters_whose_tickets_nobody_signs_here_are_told_and_end_with_a_code(
    here: Foyer, house: Database, tmp_path: Path
) -> None:
    with open_mail_server() as server:
        house.transact(store_settings, mail_settings(server.port))
        house.transact(write_note)
        for kind in ("confirmation", "exchange"):
            house.transact(write_note, kind=kind)
        house.transact(write_note, kind="confirmation", due_at=utc_plus(3600))
        done = here("send", "--once", "--database", f"sqlite:///{tmp_path / 'foyer.db'}")
        assert done.code == UNSIGNED == 3
        assert "1 letter sent." in done.out
        assert "2 letters with tickets wait: this computer is no enrolled till, and cannot sign them." in done.out
        # Where the server is to blame, that goes before.
        house.transact(write_note)
        server.manners.answers["greeting"] = "554 no service today"
        again = here("send", "--once", "--database", f"sqlite:///{tmp_path / 'foyer.db'}")
        assert (again.code, "2 letters with tickets wait" in again.out) == (STOPPED, True)


def test_its_exit_codes_stand_in_its_help(here: Foyer) -> None:
    assert f"{UNSIGNED}: letters with tickets wait" in " ".join(here("send", "--help").out.split())
