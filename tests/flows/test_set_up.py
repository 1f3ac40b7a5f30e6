"""Setting a box office up, on a database of each kind: what is found, made, upgraded, joined and kept."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text, update

from pos_app.computer.identity import own_identity
from pos_app.db.clock import utc_now
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import Drawer, StaffMember, Till, TillKey
from pos_app.db.schema import revisions
from pos_app.db.schema.upgrade_turn import OthersAtWork
from pos_app.doctor import judge_database
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import CannotConnect, InvalidInput, NotPermitted, SignInRefused
from pos_app.domain.house.setup import (
    DatabaseFound,
    DatabaseState,
    HouseDraft,
    JoinDraft,
    Made,
    NoHouseYet,
    ServerAccount,
    SetupRefused,
    Trouble,
)
from pos_app.domain.house.stopping import Stop
from pos_app.domain.roles import Role
from pos_app.flows.set_up import ThisComputer, join_house, look, make_house, upgrade
from pos_app.flows.sign_in import sign_in
from pos_app.flows.sound_drafts import founding_of
from pos_app.opening.open_house import open_house
from pos_app.services.staff.passwords import create_staff_member, hash_secret
from tests.db.schema.old_schemas import all_revisions, make_schema_of
from tests.evening import settings_in
from tests.schemas import make_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DRAFT = HouseDraft(
    "مسرح المدينة", " azn ", "Asia/Baku", "  Mario Əliyev ", "a long password", "a long password", "246813", "Kasse 1"
)


@pytest.fixture
def account(database_url: str) -> ServerAccount | None:
    address = parse_address(database_url)
    if address.path is not None:
        return None
    return ServerAccount("127.0.0.1", address.servers[0].port, address.name, "root")


@pytest.fixture
def computer(database_url: str, tmp_path: Path) -> Callable[[str], ThisComputer]:
    """Give a computer of this name, at the database of the test."""

    def named(name: str) -> ThisComputer:
        url = database_url if database_url.startswith("sqlite") else "sqlite:///nowhere.db"
        return ThisComputer(tmp_path / name, tmp_path / name / "settings.toml", url)

    return named


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(parse_address(database_url))
    yield made
    made.close()


def tills(database: Database) -> list[str]:
    return list(database.read(lambda session: session.execute(select(Till.name).order_by(Till.name)).scalars().all()))


def say(_sentence: str) -> None:
    pass


def test_from_nothing_to_a_house_that_a_second_computer_joins(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database, tmp_path: Path
) -> None:
    first, second = computer("first"), computer("second")
    assert look(first, account, Stop()).state is DatabaseState.EMPTY
    told: list[str] = []
    made = make_house(first, account, DRAFT, told.append)
    assert (made.till_name, made.enrolled, bool(told)) == ("Kasse 1", True, True)
    assert look(first, account, Stop()) == replace(
        look(first, account, Stop()), state=DatabaseState.HOUSE, house="مسرح المدينة"
    )
    opened = open_house(settings_in(first.state_folder), made.url, password=made.password)
    assert opened.till.key_id is not None
    assert [(one.name, one.role, one.has_pin) for one in opened.choices.staff] == [("Mario Əliyev", Role.MANAGER, True)]
    opened.database.close()
    # No number is given in silence: who sets it up is told which name is free, and says it.
    with pytest.raises(FieldRefused) as refused:
        join_house(second, account, JoinDraft(" kasse  1", "MARIO əliyev", "a long password"), say)
    assert "“kasse 2” is free" in refused.value.fields["till_name"]
    assert tills(database) == ["Kasse 1"]
    joined = join_house(second, account, JoinDraft("Kasse 2", "MARIO əliyev", "a long password"), say)
    assert (joined.till_name, joined.enrolled) == ("Kasse 2", True)
    assert not join_house(computer("third"), account, JoinDraft("Kasse 9"), say).enrolled
    assert database.read(judge_database) == ()
    # Set up once more, it is the same till: under the name typed last, until somebody has worked at it.
    again = join_house(second, account, JoinDraft("Another name"), say)
    assert (again.till_name, again.enrolled, tills(database)) == (
        "Another name",
        True,
        ["Another name", "Kasse 1", "Kasse 9"],
    )
    opened = open_house(settings_in(second.state_folder), made.url, password=made.password)
    sign_in(opened.database, opened.till, "Mario Əliyev", "a long password")
    opened.database.close()
    assert join_house(second, account, JoinDraft("A third name"), say).till_name == "Another name"


def test_nobody_becomes_a_manager_by_setting_up_again(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    make_house(computer("first"), account, DRAFT, say)
    with pytest.raises(InvalidInput, match="manager already"):
        make_house(computer("second"), account, replace(DRAFT, manager="Eve"), say)
    names = database.read(lambda session: session.execute(text("SELECT name FROM staff_member")).scalars().all())
    assert names == ["Mario Əliyev"]


def test_of_two_computers_that_make_the_house_at_once_one_makes_it(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    # Alembic upgrades one database at a time in one process; the tables are there, so the two meet at the house.
    make_schema(database)
    together = threading.Barrier(2)

    def make(name: str) -> Made | None:
        together.wait(10)
        try:
            return make_house(computer(name), account, replace(DRAFT, manager=name), say)
        except (InvalidInput, OthersAtWork):
            return None

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(make, ("one", "two")))
    assert [bool(one) for one in made].count(True) == 1
    assert database.read(judge_database) == ()


def test_a_house_without_a_manager_is_finished(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database, database_url: str
) -> None:
    here = computer("first")
    make_schema(database)
    database.close()
    assert look(here, account, Stop()).state is DatabaseState.UNFINISHED
    with pytest.raises(NoHouseYet, match="no manager yet"):
        open_house(settings_in(here.state_folder), database_url, password="")
    make_house(here, account, DRAFT, say)
    database.transact(lambda session: session.execute(update(StaffMember).values(active=False)))
    database.close()
    assert look(here, account, Stop()).state is DatabaseState.UNFINISHED


def test_only_a_manager_enrols_a_till(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    make_house(computer("first"), account, DRAFT, say)
    hashed = hash_secret("another password")
    database.transact(create_staff_member, name="Carla", role=Role.CASHIER, password_hash=hashed)
    here = computer("second")
    with pytest.raises(NotPermitted):
        join_house(here, account, JoinDraft("Till", "Carla", "another password"), say)
    with pytest.raises(SignInRefused):
        join_house(here, account, JoinDraft("Till", "Mario Əliyev", "wrong"), say)
    with pytest.raises(FieldRefused):
        join_house(here, account, JoinDraft(" \u202e "), say)
    assert not here.settings_file.exists()


def test_a_refused_join_leaves_no_till_and_the_name_typed_last_is_taken(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    make_house(computer("first"), account, DRAFT, say)
    hashed = hash_secret("another password")
    database.transact(create_staff_member, name="Carla", role=Role.CASHIER, password_hash=hashed)
    here = computer("second")
    with pytest.raises(SignInRefused):
        join_house(here, account, JoinDraft("Kase 2", "Mario Əliyev", "wrong"), say)
    with pytest.raises(NotPermitted):
        join_house(here, account, JoinDraft("Kasse II", "Carla", "another password"), say)
    assert tills(database) == ["Kasse 1"]
    joined = join_house(here, account, JoinDraft("Foyer left", "Mario Əliyev", "a long password"), say)
    assert (joined.till_name, joined.enrolled) == ("Foyer left", True)
    assert not any("is called" in note for note in joined.notes)
    assert tills(database) == ["Foyer left", "Kasse 1"]
    (found,) = database.read(judge_database)
    assert "Carla" in found.subject, "she was put into the database past the program, and nothing else is wrong"


def test_a_join_that_was_made_and_never_told_is_repeated_under_another_name(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    make_house(computer("first"), account, DRAFT, say)
    here = computer("second")
    mistyped, meant = (JoinDraft(name, "Mario Əliyev", "a long password") for name in ("Kase 2", "Foyer left"))
    join_house(here, account, mistyped, say)
    assert join_house(here, account, mistyped, say).till_name == "Kase 2"
    assert join_house(here, account, meant, say).till_name == "Foyer left"
    drawers = database.read(lambda session: session.execute(select(Drawer.name).order_by(Drawer.name)).scalars().all())
    assert (tills(database), drawers) == (["Foyer left", "Kasse 1"], ["Foyer left", "Kasse 1"])


def test_a_computer_whose_key_was_revoked_joins_with_another(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    make_house(computer("first"), account, DRAFT, say)
    here = computer("second")
    draft = JoinDraft("Foyer left", "Mario Əliyev", "a long password")
    join_house(here, account, draft, say)
    key = own_identity(here.state_folder).public_key
    revoke = update(TillKey).where(TillKey.public_key == key).values(revoked_at=utc_now())
    database.transact(lambda session: session.execute(revoke))
    assert join_house(here, account, draft, say).enrolled
    assert own_identity(here.state_folder).public_key != key
    assert tills(database) == ["Foyer left", "Kasse 1"]


def test_an_older_house_is_upgraded_once_nobody_else_is_at_work(
    account: ServerAccount | None,
    computer: Callable[[str], ThisComputer],
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(revisions, "LEAVING_SECONDS", 0.3)
    make_schema_of(database, all_revisions()[0])
    database.close()
    here = computer("first")
    assert look(here, account, Stop()).state is DatabaseState.OLDER
    database.read(lambda session: session.execute(text("SELECT 1")))
    with pytest.raises(OthersAtWork) as refused:
        upgrade(here, account, say)
    assert refused.value.advice.startswith("Close")
    database.close()
    assert upgrade(here, account, say).state is DatabaseState.UNFINISHED


def test_a_newer_house_is_refused(
    account: ServerAccount | None, computer: Callable[[str], ThisComputer], database: Database
) -> None:
    make_house(computer("first"), account, DRAFT, say)
    database.transact(lambda session: session.execute(text("UPDATE alembic_version SET version_num='r9999'")))
    database.close()
    with pytest.raises(SetupRefused) as refused:
        look(computer("first"), account, Stop())
    assert refused.value.trouble is Trouble.NEWER


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"house": " \u202e "}, "house"),
        ({"house": "x" * 121}, "house"),
        ({"currency": "EURO"}, "currency"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"manager": ""}, "manager"),
        ({"manager": "x" * 81}, "manager"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "a long passwort"}, "again"),
        ({"pin": "12a4"}, "pin"),
        ({"till_name": ""}, "till_name"),
        ({"till_name": "x" * 81}, "till_name"),
    ],
)
def test_a_field_that_cannot_be_is_told_before_anything_is_made(
    tmp_path: Path, wrong: dict[str, str], field: str
) -> None:
    here = ThisComputer(tmp_path / "s", tmp_path / "settings.toml", f"sqlite:///{tmp_path / 's' / 'foyer.db'}")
    with pytest.raises(FieldRefused) as refused:
        make_house(here, None, replace(DRAFT, **wrong), say)
    assert set(refused.value.fields) == {field}
    assert not (tmp_path / "s" / "foyer.db").exists()


def test_a_city_is_enough_for_the_clock_and_empty_fields_are_asked_for() -> None:
    founding, _ = founding_of(replace(DRAFT, time_zone="vienna"))
    assert founding.time_zone == "Europe/Vienna"
    with pytest.raises(FieldRefused) as refused:
        founding_of(replace(DRAFT, time_zone=" ", currency=""))
    assert refused.value.fields["time_zone"].startswith("Choose a time zone.")
    assert refused.value.fields["currency"].startswith("Choose a currency.")


def test_what_cannot_be_kept_is_a_note_and_the_house_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_DATABASE", "mysql://other@example/foyer")
    (tmp_path / "file").write_text("")
    url = f"sqlite:///{tmp_path / 's' / 'foyer.db'}"
    here = ThisComputer(tmp_path / "s", tmp_path / "file" / "settings.toml", url)
    made = make_house(here, None, DRAFT, say)
    assert any("cannot be written" in note for note in made.notes)
    assert any("FOYER_DATABASE" in note for note in made.notes)
    assert look(here, None, Stop()) == DatabaseFound(DatabaseState.HOUSE, house="مسرح المدينة")


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "photos.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE pictures (id INTEGER)")
    here = ThisComputer(tmp_path / "desk", tmp_path / "settings.toml", f"sqlite:///{other}")
    with pytest.raises(SetupRefused, match="holds something else, for example a table “pictures”") as refused:
        look(here, None, Stop())
    assert refused.value.trouble is Trouble.SOMETHING_ELSE
    with closing(sqlite3.connect(other)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("pictures",)]


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "foyer.db"
    file.write_text("Dear customer, " * 100)
    here = ThisComputer(tmp_path, tmp_path / "settings.toml", f"sqlite:///{file}")
    for step in (lambda: look(here, None, Stop()), lambda: make_house(here, None, DRAFT, say)):
        with pytest.raises(CannotConnect, match="not a sound Foyer database"):
            step()
    assert file.read_text().startswith("Dear customer")
