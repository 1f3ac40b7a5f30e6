"""The rows of a small house: statements that add one thing each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from sqlalchemy import false, insert, literal, select

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import (
    Event,
    Performance,
    PerformanceSeat,
    PlanRow,
    Price,
    SearchWord,
    Seat,
    SeatingPlan,
    Venue,
    Zone,
)
from pos_app.domain.searching import WordKind, words_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add(session: Session, table: type[Any], **values: Any) -> int:
    """Add one row; return its key."""
    result = session.execute(insert(table).values(**values))
    return int(result.inserted_primary_key[0])  # type: ignore[attr-defined]  # an INSERT knows its key


def add_seats(
    session: Session, plan: int, categories: dict[str, int], rows: int, seats_per_row: int
) -> tuple[int, ...]:
    """Add one zone with its rows; return the seats, row by row. Letters "A" and "B" name the categories."""
    zone = add(session, Zone, plan_id=plan, guid="stalls", name="Stalls", label_x=150.0, label_y=60.0)
    row_ids = {
        row: add(session, PlanRow, zone_id=zone, guid=f"row-{row}", label=_row_label(row), sort=row)
        for row in range(1, rows + 1)
    }
    last = {(rows, seats_per_row - 1): "wheelchair", (rows, seats_per_row): "companion"}
    session.execute(
        insert(Seat),
        [
            {
                "plan_id": plan,
                "zone_id": zone,
                "row_id": row_ids[row],
                "category_id": categories["A" if row <= (rows + 1) // 2 else "B"],
                "guid": f"{row}-{number}",
                "number": str(number),
                "position": number,
                "kind": last.get((row, number), "seat"),
                "x": 50.0 + 23 * number,
                "y": 100.0 + 23 * row,
            }
            for row, number in product(range(1, rows + 1), range(1, seats_per_row + 1))
        ],
    )
    seats = session.execute(select(Seat.id).where(Seat.plan_id == plan).order_by(Seat.row_id, Seat.position))
    return tuple(seats.scalars())


def add_performance(session: Session, event: int, plan: int, *, starts_in: int, **fees: int) -> int:
    """Add a performance, doors half an hour before. Fees: ticket_fee_minor, order_fee_minor."""
    performance = add(
        session,
        Performance,
        event_id=event,
        plan_id=plan,
        starts_at=utc_plus(starts_in),
        doors_at=utc_plus(starts_in - 1800),
        **fees,
    )
    add_words(session, performance)
    return performance


def add_words(session: Session, performance: int) -> None:
    """Add the words under which a performance is found."""
    texts = session.execute(
        select(Event.title, Venue.name)
        .join_from(Performance, Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id == performance)
    ).one()
    session.execute(
        insert(SearchWord),
        [
            {"kind": WordKind.PERFORMANCE, "word": word, "performance_id": performance, "id": performance}
            for word in {word for text in texts for word in words_of(text)}
        ],
    )


def add_prices(session: Session, performance: int, amounts: dict[tuple[int, int], int]) -> None:
    """Add the prices of a performance: amounts by (category, ticket type)."""
    session.execute(
        insert(Price),
        [
            {
                "performance_id": performance,
                "category_id": category,
                "ticket_type_id": ticket_type,
                "amount_minor": amount,
            }
            for (category, ticket_type), amount in amounts.items()
        ],
    )


def fill_inventory(session: Session, performance: int) -> None:
    """Put each seat of the performance's plan on sale, free."""
    session.execute(
        insert(PerformanceSeat).from_select(
            ["performance_id", "seat_id", "state", "guarded", "changed_at"],
            select(Performance.id, Seat.id, literal("free"), false(), utc_now())
            .join_from(Performance, Seat, Seat.plan_id == Performance.plan_id)
            .where(Performance.id == performance),
            include_defaults=False,
        )
    )


def _row_label(row: int) -> str:
    """Return A to Z, then AA to AZ and so on."""
    letters = ""
    while row:
        row, letter = divmod(row - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
