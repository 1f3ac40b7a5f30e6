"""`foyer database` and `foyer expire`, on a database of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.models import Payment
from pos_app.domain.roles import Role
from pos_app.flows.sign_in import sign_in
from pos_app.opening.open_house import open_house
from tests.evening import settings_in
from tests.kinds import BOTH, SERVER, SQLITE
from tests.services.stories import hold, run_out, seat_row, sold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer, Foyer
    from tests.houses import OpenHouse

PASSWORD = "a long password"


def _create(run: Callable[..., Answer], url: str) -> str:
    answer = run(
        "database",
        "create",
        url,
        "--manager",
        "Mario Əliyev",
        "--venue",
        "The New House",
        "--time-zone",
        "Asia/Baku",
        "--currency",
        "azn",
        FOYER_MANAGER_PASSWORD=PASSWORD,
    )
    assert answer.code == 0, answer.err
    return answer.out


def test_what_create_makes_can_be_signed_in_to(foyer: Foyer, here: Callable[..., Answer], database_url: str) -> None:
    assert "Mario Əliyev is the manager" in _create(foyer, database_url)
    assert here("database", "check", database_url).code == 0
    settings = settings_in(foyer.state)
    opened = open_house(settings, database_url)
    try:
        # The computer that made it is enrolled.
        assert opened.till.key_id is not None
        assert opened.choices.house == "The New House"
        actor = sign_in(opened.database, opened.till, "mario əliyev", PASSWORD)
        assert actor.role is Role.MANAGER
    finally:
        opened.database.close()
    again = here("database", "create", database_url, "--manager", "Other", FOYER_MANAGER_PASSWORD=PASSWORD)
    assert "has a manager already" in again.sentence
    assert here("database", "upgrade", database_url).code == 0


def test_the_code_that_create_hands_out_gives_the_manager_a_new_password(
    foyer: Foyer, here: Callable[..., Answer], database_url: str
) -> None:
    out = _create(here, database_url)
    code = next(line for line in out.splitlines() if line.count("-") == 5 and line == line.upper())
    told: dict[str, str] = {"FOYER_RECOVERY_CODE": code, "FOYER_MANAGER_PASSWORD": "another password"}
    wrong = here("database", "recover", database_url, "--manager", "Eve", **told)
    assert "No manager of this house is called “Eve”" in wrong.sentence
    assert "name and a new password are needed" in here("database", "recover", database_url).sentence
    answer = here("database", "recover", database_url, "--manager", "mario əliyev", **told)
    assert (answer.code, "Mario Əliyev signs in" in answer.out) == (0, True), answer.err
    assert code not in answer.out + answer.err
    opened = open_house(settings_in(foyer.state), database_url)
    try:
        assert sign_in(opened.database, opened.till, "mario əliyev", "another password").role is Role.MANAGER
    finally:
        opened.database.close()


def test_the_recovery_sheet_goes_to_a_new_file_of_its_user_alone(
    here: Callable[..., Answer], sqlite_url: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.txt"
    asked = ("database", "create", sqlite_url, "--manager", "M", "--recovery-sheet", str(sheet))
    sheet.write_text("something else")
    assert "already" in here(*asked, FOYER_MANAGER_PASSWORD=PASSWORD).sentence
    sheet.unlink()
    answer = here(*asked, FOYER_MANAGER_PASSWORD=PASSWORD)
    assert answer.code == 0, answer.err
    code = sheet.read_text().split("\n\n")[2].strip()
    assert code.count("-") == 5
    assert code not in answer.out
    assert sheet.stat().st_mode & 0o777 == 0o600


def test_create_refuses_what_cannot_be_a_house(here: Callable[..., Answer], sqlite_url: str) -> None:
    for options, words in (
        (("--time-zone", "Baku"), "no time zone"),
        (("--time-zone", "../../etc/passwd"), "no time zone"),
        (("--time-zone", "localtime"), "no time zone"),
        (("--time-zone", "right/Europe/Paris"), "no time zone"),
        (("--time-zone", "Factory"), "no time zone"),
        (("--currency", "manat"), "no currency"),
        (("--currency", "XTS"), "no currency"),
        (("--venue", "Hall 4111 1111 1111 1111"), "card number stands in the name"),
        (("--manager", ""), "name and password are needed"),
    ):
        answer = here("database", "create", sqlite_url, "--manager", "M", *options, FOYER_MANAGER_PASSWORD=PASSWORD)
        assert words in answer.sentence
    assert "8 to 200" in here("database", "create", sqlite_url, "--manager", "M", FOYER_MANAGER_PASSWORD="x").sentence


@BOTH
def test_check_names_what_is_wrong(here: Callable[..., Answer], house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    sound = here("database", "check", house.url)
    assert (sound.code, sound.err) == (0, "")
    assert "Nothing is wrong" in sound.out
    change = update(Payment).where(Payment.order_id == sale.order_id).values(amount_minor=1)
    house.database.transact(lambda session: session.execute(change))
    broken = here("database", "check", house.url)
    assert broken.code == 1
    assert sale.number in broken.out.replace("-", "")


@BOTH
def test_expire_gives_back_what_is_due(foyer: Foyer, here: Callable[..., Answer], house: OpenHouse) -> None:
    one, two = house.small.seats_of(1, (1, 2))
    run_out(house, hold(house, [one]))
    hold(house, [two])
    first = foyer("expire", "--once", "--database", house.url)
    assert (first.code, first.out) == (0, "1 hold closed, 1 seat given back\n")
    assert seat_row(house, one).state == "free"
    assert seat_row(house, two).state == "claimed"
    assert here("expire", "--once", "--database", house.url).out == "0 holds closed, 0 seats given back\n"


@SQLITE
def test_a_database_may_be_named_by_a_setting(here: Callable[..., Answer], house: OpenHouse) -> None:
    assert here("expire", "--once", FOYER_DATABASE=house.url).out == "0 holds closed, 0 seats given back\n"


@SERVER
def test_a_check_tells_how_many_tills_can_sell_at_once(here: Callable[..., Answer], house: OpenHouse) -> None:
    answer = here("database", "check", house.url)
    assert "The server takes 300 connections. The house has" in answer.out
    assert "All of them can sell at once." in answer.out
