from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import Till
from pos_app.domain.door.check_in import Scan
from pos_app.domain.tills.kinds import TillKind
from pos_app.services.door.check_in import check_in
from pos_app.services.door.gates import MOST_GATES, list_gates
from pos_app.services.door.guest_lists import list_scans
from tests.services.door.gate import MAIN, SIDE

if TYPE_CHECKING:
    from tests.services.door.gate import Door


def make_gate(door: Door, **values: object) -> None:
    """Let the steward's till be a gate, as a manager does."""
    gate = update(Till).where(Till.id == door.house.small.gate_till_id).values(kind=TillKind.GATE, **values)
    door.house.database.transact(lambda session: session.execute(gate))


def test_gates_are_the_tills_that_are_gates_and_where_somebody_scanned_lately(door: Door) -> None:
    assert door.house.database.read(list_gates) == ()
    for gate in (SIDE, MAIN, SIDE, MAIN):
        door.scan("nonsense", gate)
    assert door.house.database.read(list_gates) == (MAIN, SIDE)
    make_gate(door)
    assert door.house.database.read(list_gates) == ("Gate 1", MAIN, SIDE)
    door.scan("nonsense", "Gate 1")
    assert door.house.database.read(list_gates) == ("Gate 1", MAIN, SIDE)
    make_gate(door, deleted_at=utc_now(), name="Old gate")
    assert door.house.database.read(list_gates) == ("Gate 1", MAIN, SIDE)


def test_of_many_gates_the_latest_are_listed(door: Door) -> None:
    for number in range(MOST_GATES + 5):
        door.scan("nonsense", f"Gate {number}")
    listed = door.house.database.read(list_gates)
    assert len(listed) == MOST_GATES
    assert listed[0] == f"Gate {MOST_GATES + 4}"


def test_the_scans_of_one_gate_are_those_of_this_till_there(door: Door) -> None:
    small, database = door.house.small, door.house.database
    door.scan("here", MAIN)
    door.scan("beside", SIDE)
    elsewhere = Scan(small.performance_id, MAIN, "elsewhere", uuid4().hex)
    database.transact(check_in, small.elsewhere(small.steward), elsewhere)

    def listed(here: tuple[int, str] | None) -> int:
        return len(database.read(list_scans, small.performance_id, here=here))

    assert listed(None) == 3
    assert listed((small.gate_till_id, MAIN)) == 1
    assert listed((small.gate_till_id, f"  {MAIN} ")) == 1, "as it is stored"
    assert listed((small.other_till_id, MAIN)) == 1
    assert listed((small.other_till_id, SIDE)) == 0
