"""A gate trusts a till's key when the house key that it has pinned vouches for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import delete, event, update

from pos_app.db.clock import utc_now
from pos_app.db.models import HouseKey, HouseKeyWrap, TillKey
from pos_app.db.results import insert_row
from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.services.door.check_in import check_in
from pos_app.services.staff.house_keys import make_house_keys
from tests.services.door.gate import MAIN, verdict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import ScanResult
    from tests.services.door.gate import Door

KEYS = new_house_keys()
QUICK = WrappingKey("00" * 16, bytes(32))
ADMITTED, FORGED = (Verdict.ADMITTED, Reason.NONE), (Verdict.REFUSED, Reason.FORGED)


@pytest.fixture
def vouched(door: Door) -> Door:
    """Give the house its keys, after the ticket was printed."""
    assert door.house.database.transact(make_house_keys, door.house.small.manager, KEYS, QUICK)
    return door


def scan(door: Door, code: str = "", *, pinned: str = KEYS.public_key) -> ScanResult:
    asked = Scan(door.house.small.performance_id, MAIN, code or door.code, uuid4().hex, house_key=pinned)
    return door.house.database.transact(check_in, door.house.small.steward, asked)


def forge(door: Door) -> str:
    """Write a key of one's own into the database, and sign a ticket by it."""
    small = door.house.small
    private, public = new_signing_key()
    values = {"till_id": small.till_id, "public_key": public.hex(), "enrolled_at": utc_now()}
    key_id = door.house.database.transact(lambda session: insert_row(session, TillKey, **values))
    return sign_ticket(private, TicketClaim(key_id, small.performance_id, door.ticket_id, 1))


def test_before_a_house_has_keys_a_gate_judges_as_before(door: Door) -> None:
    assert verdict(scan(door, pinned="")) == ADMITTED


def test_a_ticket_from_before_the_keys_were_made_is_good(vouched: Door) -> None:
    assert verdict(scan(vouched)) == ADMITTED


@pytest.mark.parametrize("pinned", [KEYS.public_key, ""], ids=["pinned", "not pinned"])
def test_a_key_that_somebody_wrote_into_the_database_lets_nobody_in(vouched: Door, pinned: str) -> None:
    result = scan(vouched, forge(vouched), pinned=pinned)
    assert verdict(result) == FORGED
    assert "never vouched for" in result.headline
    assert "call a manager" in result.advice
    assert verdict(scan(vouched, pinned=pinned)) == ADMITTED


def test_a_key_that_is_signed_for_another_till_is_refused(vouched: Door) -> None:
    small = vouched.house.small
    moved = update(TillKey).where(TillKey.id == small.key_id).values(till_id=small.other_till_id)
    vouched.house.database.transact(lambda session: session.execute(moved))
    assert verdict(scan(vouched)) == FORGED


def test_a_gate_believes_what_it_has_pinned_and_no_other_house_key(vouched: Door) -> None:
    thief, database, small = new_house_keys(), vouched.house.database, vouched.house.small
    code = forge(vouched)

    def take_over(session: Session) -> None:
        session.execute(delete(HouseKeyWrap))
        session.execute(delete(HouseKey))

    database.transact(take_over)
    # Without any house key in the database the one that is pinned counts all the same.
    assert verdict(scan(vouched, code)) == FORGED
    assert database.transact(make_house_keys, small.manager, thief, QUICK)
    assert verdict(scan(vouched, code)) == FORGED
    # A gate that had pinned none finds the thief's.
    assert verdict(scan(vouched, code, pinned="")) == ADMITTED


def test_the_look_at_a_signature_costs_no_round_trip(vouched: Door) -> None:
    seen: list[str] = []
    writer = vouched.house.database.writer

    def watch(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(writer, "before_cursor_execute", watch)
    try:
        assert verdict(scan(vouched)) == ADMITTED
    finally:
        event.remove(writer, "before_cursor_execute", watch)
    # All that is to be known, the admission, its record; and then COMMIT.
    assert len([one for one in seen if not one.startswith(("PRAGMA", "BEGIN"))]) == 3
