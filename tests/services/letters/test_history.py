"""What became of a letter is read in its order, by the names of tills and people as they are now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OutboxTry, StaffMember
from pos_app.domain.letters.readdressing import Readdressed, add_readdressed
from pos_app.domain.letters.sending import Outcome
from pos_app.services.letters.history import load_readdressed, load_tries
from tests.services.letters.post import Post

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

AT = datetime(2026, 12, 1, 14, 5)  # noqa: DTZ001 - UTC, as the server tells it


def _put(session: Session, values: dict[str, Any]) -> None:
    session.execute(insert(OutboxTry).values(values))


def test_tries_are_told_the_first_one_first_with_one_that_is_under_way(house: OpenHouse) -> None:
    letter = Post(house).letter(Post(house).customer("Anna", "anna@example.org"))
    tried: dict[str, Any] = {"letter_id": letter, "leased_by": "x", "began_at": utc_now()}
    for more in ({"outcome": "again", "till_id": house.small.till_id}, {"outcome": "", "till_id": None}):
        house.database.transact(_put, tried | more)
    first, last = house.database.read(load_tries, letter)
    assert (first.outcome, first.till_name) == (Outcome.AGAIN, "Till 1")
    assert (last.outcome, last.till_name) == (None, "")


def test_who_changed_an_address_is_called_as_they_are_now(house: OpenHouse) -> None:
    cashier = house.small.cashier
    known = Readdressed("anna@example.org", "novak@example.org", AT, cashier.staff_id)
    nobody = Readdressed("novak@example.org", "anna@example.net", AT, None)
    facts = add_readdressed(add_readdressed("{}", known), nobody)
    renamed = update(StaffMember).where(StaffMember.id == cashier.staff_id).values(name="Carla Kasse")
    house.database.transact(lambda session: session.execute(renamed))
    told = house.database.read(load_readdressed, facts)
    assert [(one.now, one.staff_name) for one in told] == [
        ("novak@example.org", "Carla Kasse"),
        ("anna@example.net", ""),
    ]
    assert house.database.read(load_readdressed, "{}") == ()
