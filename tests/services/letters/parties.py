"""Parties that wait and seats that are held for them, put there by hand: what letters are written of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Resale, WaitingEntry, WaitingList, WaitingOffer
from pos_app.db.results import inserted_key
from pos_app.domain.codes import new_waiting_code
from pos_app.domain.selling.holds import write_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from tests.houses import OpenHouse


def open_list(house: OpenHouse, **values: Any) -> None:
    """Open the list of the evening tomorrow."""
    _insert(house, WaitingList, performance_id=house.small.performance_id, opened_at=utc_now(), **values)


def joins(house: OpenHouse, customer_id: int, *, seats: int = 2, **values: Any) -> int:
    """Let a party wait for the evening tomorrow, behind those that wait; return its entry."""
    small = house.small
    usual: dict[str, Any] = {
        "request_id": uuid4().hex,
        "code": new_waiting_code(),
        "performance_id": small.performance_id,
        "till_id": small.cashier.till_id,
        "staff_id": small.cashier.staff_id,
        "created_at": utc_now(),
    }
    entry_id = _insert(house, WaitingEntry, customer_id=customer_id, seats=seats, **usual | values)
    if "turn" not in values:
        set_entry(house, entry_id, turn=entry_id)
    return entry_id


def offered(house: OpenHouse, entry_id: int, seats: Sequence[SeatKey], *, ends_in: float = 3600, **values: Any) -> int:
    """Hold seats for a party for so many seconds; return the offer. The seats themselves stay as they are."""
    set_entry(house, entry_id, state="offered")
    return _insert(
        house,
        WaitingOffer,
        waiting_entry_id=entry_id,
        performance_id=house.small.performance_id,
        places=write_places(seats),
        created_at=utc_now(),
        expires_at=utc_plus(ends_in),
        **values,
    )


def set_entry(house: OpenHouse, entry_id: int, **values: Any) -> None:
    """Set columns of an entry by hand."""
    house.database.transact(
        lambda session: session.execute(update(WaitingEntry).where(WaitingEntry.id == entry_id).values(**values))
    )


def set_offer(house: OpenHouse, offer_id: int, **values: Any) -> None:
    """Set columns of an offer by hand."""
    house.database.transact(
        lambda session: session.execute(update(WaitingOffer).where(WaitingOffer.id == offer_id).values(**values))
    )


def code_of(house: OpenHouse, entry_id: int) -> str:
    """Return the code of an entry."""
    return house.database.read(
        lambda session: session.execute(select(WaitingEntry.code).where(WaitingEntry.id == entry_id)).scalar_one()
    )


def put_on_resale(
    house: OpenHouse, order_id: int, lines: Sequence[tuple[int, SeatKey]], change_id: int, commission_minor: int
) -> None:
    """Put lines of an order on resale, each with this commission; their seats stay as they are."""
    for line_id, seat in lines:
        _insert(
            house,
            Resale,
            order_id=order_id,
            order_line_id=line_id,
            open_line_id=line_id,
            performance_id=seat.performance_id,
            seat_id=seat.seat_id,
            commission_minor=commission_minor,
            made_by_id=change_id,
            created_at=utc_now(),
        )


def end_resale(house: OpenHouse, line_id: int, state: str) -> None:
    """Let a line be on resale no more."""
    change = update(Resale).where(Resale.open_line_id == line_id).values(state=state, open_line_id=None)
    house.database.transact(lambda session: session.execute(change))


def _insert(house: OpenHouse, table: type[Any], **values: Any) -> int:
    def add(session: Session) -> int:
        return inserted_key(session.execute(insert(table).values(**values)))

    return house.database.transact(add)
