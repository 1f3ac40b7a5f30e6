from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import AuditEntry, StaffMember
from pos_app.doctor import Rule, judge_database
from pos_app.services.audit import JOBS_CHAIN, append
from pos_app.services.books import open_books
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def opened(house: OpenHouse) -> list[dict[str, Any]]:
    query = select(AuditEntry.body).where(AuditEntry.action == "books_opened")
    return [json.loads(body) for body in house.database.read(lambda session: session.scalars(query).all())]


def hire(session: Session, name: str) -> None:
    """Put somebody into the database past the program."""
    session.execute(
        insert(StaffMember).values(name=name, name_key=name.lower(), role="manager", active=True, created_at=utc_now())
    )


def tell(session: Session, chain: str, action: str, facts: dict[str, Any]) -> None:
    """Append an entry, as whoever has the password of the database can."""
    append(session, chain, action, **facts)


def test_what_stands_in_the_house_is_noted_once(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    house.database.transact(open_books)
    house.database.transact(open_books)
    (told,) = opened(house)
    assert told["chain"] == JOBS_CHAIN
    assert [member[1] for member in told["members"]].count("manager") == 1
    assert {performance[0] for performance in told["performances"]} == set(house.small.performance_ids)
    assert told["last_order"] == sale.order_id
    assert house.database.read(judge_database) == ()


def test_a_house_whose_books_were_never_opened_is_not_asked_for_entries(house: OpenHouse) -> None:
    house.database.transact(hire, "Eve")
    assert house.database.read(judge_database) == ()


def test_who_was_there_before_is_nobodys_fault_and_who_comes_past_the_program_is_found(house: OpenHouse) -> None:
    house.database.transact(hire, "Adam")
    house.database.transact(open_books)
    assert house.database.read(judge_database) == ()
    house.database.transact(hire, "Eve")
    (found,) = house.database.read(judge_database)
    assert found.rule is Rule.TOLD_STAFF
    assert "Eve" in found.subject


def test_books_that_a_thief_opens_again_whitewash_nothing(house: OpenHouse) -> None:
    house.database.transact(open_books)
    house.database.transact(hire, "Eve")
    (told,) = opened(house)
    eve = house.database.read(lambda s: s.scalars(select(StaffMember.id).where(StaffMember.name == "Eve")).one())
    told["members"].append([eve, "manager", True, False])
    facts = {name: value for name, value in told.items() if name not in {"chain", "seq", "at", "action"}}
    for chain in (JOBS_CHAIN, "till:1"):
        house.database.transact(tell, chain, "books_opened", facts)
    (found,) = house.database.read(judge_database)
    assert "Eve" in found.subject


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        ("sale", {"total_minor": 5}),
        ("staff_added", {"member": "nobody", "role": "manager"}),
        ("prices_changed", {"performance": 1, "changed": 7}),
        ("reprint", {"tickets": None}),
    ],
)
def test_an_entry_that_the_program_never_writes_is_named_and_blinds_nobody(
    house: OpenHouse, action: str, facts: dict[str, Any]
) -> None:
    house.database.transact(open_books)
    house.database.transact(tell, "till:1", action, facts)
    house.database.transact(lambda session: session.execute(update(StaffMember).values(role="manager")))
    findings = house.database.read(judge_database)
    strange = [one for one in findings if one.rule is Rule.AUDIT]
    assert len(strange) == 1
    assert action in strange[0].message
    assert {one.rule for one in findings} == {Rule.AUDIT, Rule.TOLD_STAFF}
