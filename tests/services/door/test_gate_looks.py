from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import CheckIn, Seat, TillKey
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.services.door.gate_looks import Look, look_by_code, look_by_id
from pos_app.services.permissions import require_stored
from tests.kinds import SQLITE
from tests.services.door.gate import SIDE
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.services.door.gate import Door


def test_one_look_tells_who_scans_the_key_the_ticket_and_where_its_holder_is(door: Door) -> None:
    small, database = door.house.small, door.house.database

    def look() -> Look:
        return database.read(look_by_id, small.steward.staff_id, door.ticket_id, nonce="n-1", signed_by=small.key_id)

    before = look()
    assert require_stored(before.staff, Permission.CHECK_IN) == small.steward.name
    assert before.ticket is not None
    assert (before.stored_id, before.ticket.inside, before.ticket.entry) == (None, False, None)
    assert before.ticket.place.spoken() == "Stalls, row A, seat 1"
    assert before.public_key is not None
    result = door.scan(nonce="n-1", gate=SIDE)
    after = look()
    assert after.ticket is not None
    assert after.ticket.entry is not None
    assert (after.stored_id, after.ticket.inside, after.ticket.entry.gate) == (result.check_in_id, True, SIDE)
    gone = update(TillKey).values(revoked_at=utc_now())
    database.transact(lambda session: session.execute(gone))
    assert look().public_key is None


def test_a_look_at_what_is_not_there_tells_as_much(door: Door) -> None:
    small, database = door.house.small, door.house.database
    assert database.read(look_by_id, 987_654, door.ticket_id) == Look(None, None, None, None)
    for number in (None, 987_654, 2**63, 2**64 - 1):
        assert database.read(look_by_id, small.steward.staff_id, number).ticket is None
    looked = database.read(look_by_code, small.steward.staff_id, small.performance_id, "", None, nonce="")
    assert (looked.ticket, looked.stored_id) == (None, None)


def test_a_place_of_general_admission_is_its_area(door: Door, area: int) -> None:
    small, database = door.house.small, door.house.database
    place = database.read(lambda session: session.scalars(select(Seat.id).where(Seat.area_id == area)).all())[0]
    ticket = sold(door.house, [SeatKey(small.performance_id, place)]).ticket_ids[0]
    found = database.read(look_by_id, small.steward.staff_id, ticket).ticket
    assert found is not None
    assert found.place.spoken() == "Standing"


@SQLITE
def test_a_scan_looks_things_up_and_reads_no_table_through(door: Door) -> None:
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        sent.append((statement, values))

    event.listen(door.house.database.writer, "before_cursor_execute", note)
    for text in (door.code, door.code, door.short_code(), "Old-1", "nonsense"):
        door.scan(text)
    event.remove(door.house.database.writer, "before_cursor_execute", note)
    with door.house.database.writer.connect() as connection:
        plans = [
            str(step[3])
            for statement, values in sent
            if statement.startswith(("SELECT", "UPDATE"))
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
        connection.rollback()
    assert len(sent) > 2 * len(door.stored())
    assert [step for step in plans if step.startswith("SCAN")] == []


def test_nothing_is_stored_by_looking(door: Door) -> None:
    small, database = door.house.small, door.house.database
    database.transact(look_by_id, small.steward.staff_id, door.ticket_id, nonce="n-1")
    assert database.read(lambda session: session.scalars(select(CheckIn)).all()) == []
