"""What the till processes of these tests do. Each deed gets its Till first, and returns what JSON can carry."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, text, update

from pos_app.db.clock import utc_now
from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import PosError, SeatsTaken
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import extend_hold, place_hold, release_seats
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.staff.approvals import make_approval
from pos_app.services.tills.registering import register_till

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale
    from tests.concurrency.conftest import Arena
    from tests.concurrency.till import Till

MOST_GIVEN_BACK = 12
MOST_SALES = 20


def seats_of(performance_id: int, seat_ids: Iterable[int]) -> tuple[SeatKey, ...]:
    return tuple(SeatKey(performance_id, seat_id) for seat_id in seat_ids)


def sale_request(
    till: Till | Arena, basket_key: str, seats: Iterable[SeatKey], adult_id: int, request_id: str = ""
) -> SaleRequest:
    """Ask for the sale of these seats, for cash, at the price of the moment."""
    lines = tuple(SaleLine(seat, adult_id) for seat in seats)
    total = till.database.read(price_basket, lines).totals.total_minor
    return SaleRequest(request_id or uuid4().hex, basket_key, lines, total, Tender(PaymentMethod.CASH, total, total))


def as_told(sale: Sale) -> dict[str, Any]:
    return {
        "order_id": sale.order_id,
        "number": sale.number,
        "total_minor": sale.total_minor,
        "ticket_ids": list(sale.ticket_ids),
    }


def fight_for_seats(
    till: Till, *, performance_id: int, seat_ids: list[int], adult_id: int, seed: int
) -> dict[str, Any]:
    """Take two or three seats side by side, again and again, until none is left; then sell what was got.

    Some are given back on the way, so that others can have them. Says "held" and waits before the sale: what it is
    told then are a few seats of others, which it must not be able to sell.
    """
    dice = random.Random(seed)
    basket_key = uuid4().hex
    left, mine = list(seat_ids), set[int]()
    counts = {"holds": 0, "refusals": 0, "given_back": 0}
    while left:
        at = dice.randrange(len(left))
        wanted = left[at : at + dice.choice((2, 3))]
        try:
            placed = till.transact(place_hold, till.actor, basket_key, seats_of(performance_id, wanted))
        except SeatsTaken as taken:
            gone = {seat for _, seat in taken.seats}
            if not gone or not gone <= set(wanted):
                raise AssertionError(f"asked for {wanted}, and was refused {gone}") from taken
            counts["refusals"] += 1
            left = [seat for seat in left if seat not in gone]
            continue
        counts["holds"] += 1
        mine = {seat.seat_id for seat in placed.seats}
        left = [seat for seat in left if seat not in mine]
        if len(mine) > 1 and counts["given_back"] < MOST_GIVEN_BACK and dice.random() < 0.6:
            back = dice.choice(sorted(mine))
            till.transact(release_seats, basket_key, seats_of(performance_id, [back]))
            mine.discard(back)
            left.append(back)
            left.sort()
            counts["given_back"] += 1
    till.say("held", {"basket_key": basket_key, "seats": sorted(mine), **counts})
    others = till.wait()["of_others"]
    stolen = None
    if mine and others:
        try:
            greedy = seats_of(performance_id, sorted({*mine, *others}))
            stolen = as_told(till.transact(sell, till.actor, sale_request(till, basket_key, greedy, adult_id)))
        except SeatsTaken as taken:
            if {seat for _, seat in taken.seats} != set(others):
                raise AssertionError(f"these belong to others: {others}; named: {taken.seats}") from taken
    sale = None
    if mine:
        request = sale_request(till, basket_key, seats_of(performance_id, sorted(mine)), adult_id)
        sale = as_told(till.transact(sell, till.actor, request))
    return {"sale": sale, "stolen": stolen}


def hold_and_wait(till: Till, *, performance_id: int, seat_ids: list[int], basket_key: str) -> str:
    """Hold seats, say so, and wait for whatever comes."""
    placed = till.database.transact(place_hold, till.actor, basket_key, seats_of(performance_id, seat_ids))
    till.say("held", [seat.seat_id for seat in placed.seats])
    till.wait()
    return basket_key


def sell_again(
    till: Till, *, performance_id: int, seat_ids: list[int], basket_key: str, request_id: str, adult_id: int
) -> dict[str, Any]:
    """Send the request of a sale, whoever sent it before."""
    request = sale_request(till, basket_key, seats_of(performance_id, seat_ids), adult_id, request_id)
    return as_told(till.database.transact(sell, till.actor, request))


def hold_and_sell(till: Till, *, performance_id: int, seat_ids: list[int], adult_id: int) -> dict[str, Any]:
    """Hold and sell as one customer after the other does."""
    basket_key = uuid4().hex
    till.database.transact(place_hold, till.actor, basket_key, seats_of(performance_id, seat_ids))
    request = sale_request(till, basket_key, seats_of(performance_id, seat_ids), adult_id)
    return as_told(till.database.transact(sell, till.actor, request))


def look_then_take(till: Till, *, performance_id: int, seat_ids: list[int]) -> list[int]:
    """Hold seats the wrong way: look whether they are free, and then take them. Returns what it believes to have."""
    with till.database.writer.connect() as connection:
        free = connection.execute(
            select(INVENTORY.c.seat_id).where(these_seats(performance_id, seat_ids), INVENTORY.c.state == "free")
        )
        believed = list(free.scalars())
        till.say("looked")
        till.wait()
        connection.execute(
            update(INVENTORY)
            .where(these_seats(performance_id, believed))
            .values(state="claimed", claim_kind="basket", claim_id=till.actor.till_id, changed_at=utc_now())
        )
        connection.commit()
    return believed


def sell_up_to_the_commit(
    till: Till, *, performance_id: int, seat_ids: list[int], basket_key: str, request_id: str, adult_id: int
) -> None:
    """Do all of a sale but the COMMIT, say so, and wait to be killed."""
    request = sale_request(till, basket_key, seats_of(performance_id, seat_ids), adult_id, request_id)

    def sell_and_wait(session: Session) -> None:
        sell(session, till.actor, request)
        till.say("in the middle")
        till.wait()

    till.database.transact(sell_and_wait)


def sell_one_by_one(till: Till, *, performance_id: int, seat_ids: list[int], adult_id: int, seed: int) -> None:
    """Sell seat after seat, in an order of its own, until killed; say what is asked for before asking."""
    shuffled = list(seat_ids)
    random.Random(seed).shuffle(shuffled)
    asked = 0
    for seat_id in shuffled:
        basket: dict[str, Any] = {
            "performance_id": performance_id,
            "seat_ids": [seat_id],
            "adult_id": adult_id,
            "basket_key": uuid4().hex,
            "request_id": uuid4().hex,
        }
        try:
            till.database.transact(place_hold, till.actor, basket["basket_key"], seats_of(performance_id, [seat_id]))
        except SeatsTaken:
            continue
        till.say("asks", basket)
        sell_again(till, **basket)
        asked += 1
        if asked == MOST_SALES:
            till.wait()


def scan_each(till: Till, *, performance_id: int, gate: str, codes: list[str]) -> None:
    """Scan one ticket after the other, each when the test says go, and tell the verdicts."""
    for code in codes:
        till.wait()
        result = till.transact(check_in, till.actor, Scan(performance_id, gate, code, uuid4().hex))
        till.say("verdict", result.verdict)


def admit_unless_admitted(till: Till, *, performance_id: int, gate: str, ticket_id: int) -> bool:
    """Admit the wrong way: INSERT ... WHERE NOT EXISTS. Returns whether the row was inserted."""
    statement = text(
        "INSERT INTO check_in (nonce, performance_id, ticket_id, gate, till_id, staff_id, verdict, reason, scanned,"
        " created_at) SELECT :nonce, :performance, :ticket, :gate, :till, :staff, 'admitted', '', '',"
        " UTC_TIMESTAMP(6) FROM DUAL WHERE NOT EXISTS"
        " (SELECT 1 FROM check_in WHERE ticket_id = :ticket AND verdict = 'admitted')"
    )
    with till.database.writer.connect() as connection:
        inserted = connection.execute(
            statement,
            {
                "nonce": uuid4().hex,
                "performance": performance_id,
                "ticket": ticket_id,
                "gate": gate,
                "till": till.actor.till_id,
                "staff": till.actor.staff_id,
            },
        )
        till.say("inserted")
        till.wait()
        connection.commit()
        return inserted.rowcount == 1


def close_lapsed(till: Till) -> dict[str, int]:
    """Close holds whose time is over until there is none that is not in somebody else's hands."""
    holds = seats = 0
    while (done := till.transact(expire_holds, limit=50)).holds:
        holds += done.holds
        seats += done.seats
    return {"holds": holds, "seats": seats}


def take_lapsed(till: Till, *, performance_id: int, seat_ids: list[int], seed: int) -> dict[str, Any]:
    """Take pairs of seats in an order of its own, while their holds are being closed."""
    dice = random.Random(seed)
    pairs = [seat_ids[at : at + 2] for at in range(len(seat_ids) - 1)]
    dice.shuffle(pairs)
    basket_key, mine = uuid4().hex, set[int]()
    for pair in pairs:
        with suppress(SeatsTaken):
            placed = till.transact(place_hold, till.actor, basket_key, seats_of(performance_id, pair))
            mine = {seat.seat_id for seat in placed.seats}
    return {"basket_key": basket_key, "seats": sorted(mine)}


def do_as_told(till: Till, *, performance_id: int, adult_id: int) -> None:
    """Do one of the deeds of a till each time the test says go with it, and tell how it ended, until it says stop."""

    def sell_basket(told: dict[str, Any]) -> Any:
        return sell_again(
            till,
            performance_id=performance_id,
            adult_id=adult_id,
            seat_ids=told["seats"],
            basket_key=told["basket_key"],
            request_id=uuid4().hex,
        )

    def add_seats(told: dict[str, Any]) -> Any:
        seats = seats_of(performance_id, told["more"])
        till.database.transact(place_hold, till.actor, told["basket_key"], seats)

    def release(told: dict[str, Any]) -> Any:
        till.database.transact(release_seats, told["basket_key"], seats_of(performance_id, told["seats"][:1]))

    def extend(told: dict[str, Any]) -> Any:
        till.database.transact(
            extend_hold, till.actor, told["basket_key"], request_id=uuid4().hex, reason="They are looking for money"
        )

    def void(told: dict[str, Any]) -> Any:
        allowed = till.transact(make_approval, told["approver_id"], till.actor.till_id, Permission.VOID)
        request = VoidRequest(uuid4().hex, told["order_id"], "Wrong evening", allowed)
        return till.database.transact(void_order, till.actor, request).number

    def scan(told: dict[str, Any]) -> Any:
        code = Scan(performance_id, till.actor.till_name, told["code"], uuid4().hex)
        return till.database.transact(check_in, till.actor, code).verdict

    deeds = {one.__name__: one for one in (sell_basket, add_seats, release, extend, void, scan)}
    while "stop" not in (told := till.wait()):
        try:
            till.say("done", deeds[told["deed"]](told))
        except PosError as error:
            till.say("refused", [type(error).__name__, str(error)])


def register(till: Till, *, machine_key: str, name: str) -> dict[str, Any]:
    """Start on this computer for the first time."""
    known = till.transact(register_till, machine_key, name, "")
    return {"till_id": known.till_id, "name": known.name}
