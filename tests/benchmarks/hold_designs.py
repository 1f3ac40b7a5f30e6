"""Three ways to hold two seats: the service, the very statements of the service by PyMySQL alone, and a common ORM way.

All three do the same: who sells, is it on sale, is there a basket already, its time by the server's clock. The ORM way
locks the seats that it reads, looks at them, changes the objects and lets the session write them. All run at the
isolation level of the program, and what a deadlock gives up is tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pymysql
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import Event, Hold, Performance, PerformanceSeat, StaffMember
from pos_app.domain.errors import ServerBusy
from pos_app.domain.roles import Permission, Role, may
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.selling.holds import write_places
from pos_app.services.selling.holds import place_hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.roles import Actor
    from tests.benchmarks.crowd import Deed
    from tests.benchmarks.stadium import Stadium

_DEADLOCK, _LOCK_WAIT = 1213, 1205
_MOST_TRIES: Final = 20
_FAR_HOLD_ID: Final = 7_000_001
"""The recorded hold has a number that no other value of a statement has."""


@dataclass(frozen=True)
class Slot:
    """A place in a recorded statement for a value that each hold has of its own."""

    name: str


@dataclass(frozen=True)
class Recorded:
    """A statement as the service sent it. reads: whether rows come back; makes: whether it makes the hold."""

    statement: str
    values: dict[str, Any]
    reads: bool
    makes: bool


def record_hold(database: Database, stadium: Stadium, performance_id: int) -> list[Recorded]:
    """Hold two seats by the service, and return what it sent, with slots for what is new in each hold."""
    with database.writer.connect() as connection:
        connection.execute(text(f"ALTER TABLE hold AUTO_INCREMENT = {_FAR_HOLD_ID}"))
    sent: list[tuple[str, dict[str, Any]]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        sent.append((statement, dict(values)))

    key, seats = uuid4().hex, stadium.pair(0)
    event.listen(database.writer, "before_cursor_execute", note)
    placed = database.transact(place_hold, stadium.actors[0], key, keys(performance_id, seats))
    event.remove(database.writer, "before_cursor_execute", note)
    known = {
        key: Slot("key"),
        write_places(keys(performance_id, seats)): Slot("places"),
        placed.hold_id: Slot("hold"),
        placed.expires_at.replace(tzinfo=None): Slot("expires"),
        seats[0]: Slot("first"),
        seats[1]: Slot("second"),
        performance_id: Slot("performance"),
        stadium.actors[0].till_id: Slot("till"),
    }
    recorded = [
        Recorded(
            statement,
            {name: known.get(value, value) for name, value in values.items()},
            reads=statement.lstrip().upper().startswith("SELECT"),
            makes=statement.lstrip().upper().startswith("INSERT INTO HOLD"),
        )
        for statement, values in sent
    ]
    found = {value for one in recorded for value in one.values.values() if isinstance(value, Slot)}
    if missing := {Slot(name) for name in ("key", "places", "hold", "expires", "first", "second")} - found:
        raise RuntimeError(f"The service holds in another way now; not found in its statements: {missing}")
    return recorded


def keys(performance_id: int, seats: tuple[int, int]) -> tuple[SeatKey, SeatKey]:
    """Name two seats of a performance."""
    return SeatKey(performance_id, seats[0]), SeatKey(performance_id, seats[1])


def hold_raw(
    connection: Any, recorded: list[Recorded], actor: Actor, performance_id: int, seats: tuple[int, int]
) -> None:
    """Send the statements of the service, and nothing else, by PyMySQL."""
    known: dict[str, Any] = {
        "key": uuid4().hex,
        "places": write_places(keys(performance_id, seats)),
        "first": seats[0],
        "second": seats[1],
        "performance": performance_id,
        "till": actor.till_id,
    }
    changed = 0
    with connection.cursor() as cursor:
        for one in recorded:
            values = {
                name: known[value.name] if isinstance(value, Slot) else value for name, value in one.values.items()
            }
            changed = cursor.execute(one.statement, values)
            if one.reads:
                rows = cursor.fetchall()
                if "hold" in known:
                    known["expires"] = rows[0][5]
            elif one.makes:
                known["hold"] = cursor.lastrowid
    connection.commit()
    if changed != len(seats):
        raise RuntimeError("The seats were not free.")


def hold_by_orm(
    session: Session, actor: Actor, performance_id: int, seats: tuple[int, int], basket_key: str
) -> tuple[int, datetime]:
    """Do what the service does (ask who sells and what, find the basket, tell its end) with objects.

    Lock, look, change objects, let the session write them.
    """
    performance = session.get_one(Performance, performance_id)
    show = session.get_one(Event, performance.event_id)
    person = session.get_one(StaffMember, actor.staff_id)
    if not person.active or not may(Role(person.role), Permission.SELL):
        raise RuntimeError(f"{person.name} may not sell.")
    if performance.state != "scheduled" or performance.starts_at <= datetime.now(UTC):
        raise RuntimeError(f"{show.title} is not on sale.")
    hold = session.scalar(select(Hold).where(Hold.basket_key == basket_key).with_for_update())
    if hold is None:
        hold = Hold(
            basket_key=basket_key,
            till_id=actor.till_id,
            staff_id=actor.staff_id,
            places=write_places(keys(performance_id, seats)),
            seconds=performance.hold_seconds,
            created_at=utc_now(),
            expires_at=utc_plus(performance.hold_seconds),
        )
        session.add(hold)
        session.flush()
    places = session.scalars(
        select(PerformanceSeat)
        .where(PerformanceSeat.performance_id == performance_id, PerformanceSeat.seat_id.in_(seats))
        .order_by(PerformanceSeat.seat_id)
        .with_for_update()
    ).all()
    if any(place.state != SeatState.FREE or place.guarded for place in places):
        raise RuntimeError("The seats were not free.")
    for place in places:
        place.state = SeatState.CLAIMED
        place.claim_kind = ClaimKind.BASKET
        place.claim_id = hold.id
        place.claim_until = hold.expires_at
        place.changed_at = utc_now()
    answer = hold.id, hold.expires_at
    session.commit()
    return answer


def tried_again(deed: Callable[[], object], give_up: Callable[[], object] = str) -> int:
    """Do a deed, again after a deadlock, as a program does; return how often again. give_up: before the next try."""
    for again in range(_MOST_TRIES):
        try:
            deed()
        except ServerBusy:
            continue
        except (OperationalError, pymysql.err.OperationalError) as error:
            told = error.orig if isinstance(error, OperationalError) else error
            if told is None or told.args[0] not in {_DEADLOCK, _LOCK_WAIT}:
                raise
            give_up()
        else:
            return again
    raise RuntimeError(f"The server gave up {_MOST_TRIES} tries of one deed.")


def counted_runs(database: Database, service: Callable[..., object], *args: object) -> int:
    """Run a service as the program does; return how often its transaction was run again."""
    runs = 0

    def run(session: Session) -> object:
        nonlocal runs
        runs += 1
        return service(session, *args)

    tried_again(lambda: database.transact(run))
    return runs - 1


def prepare_holds(
    url: str, stadium: Stadium, performance_id: int, recorded: list[Recorded], number: int, of: int
) -> dict[str, Deed]:
    """Return the three designs for one of so many processes; no two processes ask for the same seats."""
    database = Database(parse_address(url))
    raw = database.writer.raw_connection().driver_connection
    assert raw is not None
    roll_back = raw.rollback
    engine = create_engine(url, isolation_level="READ COMMITTED")
    actor = stadium.actors[number]
    pairs = count(1 + number, of)

    def by_service() -> int:
        seats = keys(performance_id, stadium.pair(next(pairs)))
        return counted_runs(database, place_hold, actor, uuid4().hex, seats)

    def by_statements() -> int:
        seats = stadium.pair(next(pairs))
        return tried_again(lambda: hold_raw(raw, recorded, actor, performance_id, seats), roll_back)

    def by_orm() -> int:
        seats = stadium.pair(next(pairs))

        def hold() -> None:
            with Session(engine) as session:
                hold_by_orm(session, actor, performance_id, seats, uuid4().hex)

        return tried_again(hold)

    return {"service": by_service, "raw": by_statements, "orm": by_orm}
