from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import event, func, select, update

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.clock import utc_now
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import Customer, WaitingEntry, WaitingOffer
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_seats import keep_back, release_kept
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.server_time import load_server_time
from pos_app.services.waiting.lists import open_list
from tests.schemas import make_schema
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tests.small_house import SmallHouse

PARTIES: Final = 500
SEATS: Final = 200
ROWS, PER_ROW = 30, 20
_CUSTOMER, _ENTRY, _OFFER = table_of(Customer), table_of(WaitingEntry), table_of(WaitingOffer)


def _let_wait(session: Session, small: SmallHouse) -> None:
    """Let many parties wait: of two and three, each tenth of four; some for one category, some that may be split."""
    now = load_server_time(session)
    ids = range(1, PARTIES + 1)
    guests = [
        {"id": one, "request_id": uuid4().hex, "name": f"Guest {one}", "email": f"guest{one}@example.org",
         "email_key": f"guest{one}@example.org", "created_at": now}
        for one in ids
    ]  # fmt: skip
    insert_rows(session, _CUSTOMER, guests)
    entries = [
        {
            "request_id": uuid4().hex,
            "code": f"W{one:05}",
            "performance_id": small.performance_id,
            "customer_id": one,
            "seats": 4 if one % 10 == 0 else 2 + one % 2,
            "categories": str(small.category_a_id) if one % 3 == 0 else "",
            "together": one % 5 != 0,
            "turn": one,
            "till_id": small.till_id,
            "staff_id": small.cashier.staff_id,
            "created_at": now,
        }
        for one in ids
    ]
    insert_rows(session, _ENTRY, entries)


def _write_bare(session: Session, performance_id: int, seats: Sequence[int], offers: int) -> None:
    """Write what a pass writes, and no more: so many offers, their parties, their seats, and nothing matched."""
    now = load_server_time(session)
    rows = [
        {"waiting_entry_id": one, "performance_id": performance_id, "places": "1:1,2", "state": "lapsed",
         "created_at": now, "expires_at": now, "reason": ""}
        for one in range(1, offers + 1)
    ]  # fmt: skip
    insert_rows(session, _OFFER, rows)
    session.execute(update(_ENTRY).where(_ENTRY.c.id.in_(range(1, offers + 1))).values(revision=_ENTRY.c.revision + 1))
    session.execute(update(INVENTORY).where(these_seats(performance_id, seats)).values(changed_at=utc_now()))
    session.execute(update(INVENTORY).where(these_seats(performance_id, seats)).values(claim_until=now))


def test_two_hundred_seats_come_free_while_five_hundred_parties_wait(database_url: str) -> None:
    with closing(Database(parse_address(database_url))) as database:
        make_schema(database)
        small = database.transact(build_small_house, rows=ROWS, seats_per_row=PER_ROW)
        of, wanted = small.performance_id, KeepDraft(ClaimKind.HOUSE, "Press")
        freed = [seat for at, seat in enumerate(small.seat_ids) if at // PER_ROW % 3 == 0][:SEATS]
        kept = database.transact(keep_back, small.manager, uuid4().hex, of, freed, wanted)
        rest = sorted(set(small.seat_ids) - set(freed))
        database.transact(keep_back, small.manager, uuid4().hex, of, rest, wanted)
        database.transact(open_list, small.manager, uuid4().hex, of, offer_minutes=120)
        database.transact(_let_wait, small)
        asked: list[str] = []

        def note(_line: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)

        event.listen(database.writer, "before_cursor_execute", note)
        began = time.perf_counter()
        database.transact(release_kept, small.manager, kept.kept_id)
        took = time.perf_counter() - began
        event.remove(database.writer, "before_cursor_execute", note)
        offers = database.read(lambda session: session.execute(select(func.count(_OFFER.c.id))).scalar_one())
        began = time.perf_counter()
        database.transact(_write_bare, of, freed, offers)
        bare = time.perf_counter() - began
        told = f"{took:.3f} s, {took / bare:.1f} times the bare writes, {offers} offers, {len(asked)} statements"
        assert offers > SEATS // 4
        assert took < 1, told
        assert took < 40 * bare, told
