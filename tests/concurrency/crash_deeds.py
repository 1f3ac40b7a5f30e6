"""Selling while the server comes and goes."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from sqlalchemy import select

from pos_app.computer.journal import Journal
from pos_app.db import database as database_module
from pos_app.db.database import Database
from pos_app.db.models import Ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import OutcomeUnknown, SeatsTaken, ServerBusy, ServerUnreachable
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import VoidRequest
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.selling.holds import place_hold
from pos_app.services.staff.approvals import make_approval
from tests.concurrency.deeds import sale_request, seats_of
from tests.concurrency.till import change
from tests.small_house import CURRENCY

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale, SaleRequest
    from tests.concurrency.till import Till

T = TypeVar("T")

PAUSE_SECONDS = 0.1
LONGEST_SECONDS = 60.0


class _Seller:
    """A till that goes on by itself; it counts what it was told meanwhile."""

    def __init__(self, till: Till, journal: Journal) -> None:
        self._till = till
        self._journal = journal
        self.told = {"commits lost": 0, "unreachable": 0, "unknown": 0, "sold after all": 0, "not sold": 0}

    def patiently(self, ask: Callable[[], T]) -> T:
        """Ask until the server answers."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while True:
            try:
                return ask()
            except (ServerUnreachable, ServerBusy, OutcomeUnknown):
                if time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE_SECONDS)

    def commit_when_let(self, gathering: Path) -> None:
        """While there is such a file, wait right before each COMMIT, so that many tills commit at the same moment.

        A file "lost" beside it tells that a COMMIT was hit.
        """
        commit = Database._commit

        def wait_and_commit(connection: Connection, session: Session) -> None:
            while gathering.exists():
                time.sleep(0.0005)
            try:
                commit(connection, session)
            except database_module._CommitLostError:
                self.told["commits lost"] += 1
                gathering.with_name("lost").touch()
                raise

        change(Database, _commit=staticmethod(wait_and_commit))

    def sell(self, request: SaleRequest) -> tuple[str, Sale]:
        """Sell, however often it takes; return the id of the request that did it.

        Who is told that nothing was changed asks with another id: were it not true, the seats would be sold already.
        """
        while True:
            try:
                sale = sell_basket(
                    self._till.database, self._journal, self._till.actor, request, currency=CURRENCY, places="a seat"
                )
            except (ServerUnreachable, ServerBusy):
                self.told["unreachable"] += 1
                time.sleep(PAUSE_SECONDS)
            except OutcomeUnknown as unknown:
                self.told["unknown"] += 1
                (resolved,) = self.patiently(lambda: resolve_pending(self._till.database, self._journal))
                if resolved.sale is not None:
                    self.told["sold after all"] += 1
                    return request.request_id, resolved.sale
                if resolved.hold is None:
                    raise AssertionError("its seats are held still, and were said to be gone") from unknown
                self.told["not sold"] += 1
            else:
                return request.request_id, sale
            request = replace(request, request_id=uuid4().hex)

    def leave(self, _sale: Sale, _performance_id: int, _approver_id: int) -> str:
        """Do nothing more with an order."""
        return "paid"

    def take_back(self, sale: Sale, _performance_id: int, approver_id: int) -> str:
        """Take an order back, with one request however often it takes."""
        till = self._till
        who = approver_id, till.actor.till_id, Permission.VOID
        allowed = self.patiently(lambda: till.database.transact(make_approval, *who))
        request = VoidRequest(uuid4().hex, sale.order_id, "Wrong evening", allowed)
        self.patiently(lambda: till.database.transact(void_order, till.actor, request))
        return "void"

    def let_in(self, sale: Sale, performance_id: int, _approver_id: int) -> str:
        """Scan a ticket, with one nonce however often it takes; return the verdict."""
        codes = select(Ticket.short_code).where(Ticket.id == sale.ticket_ids[0])
        code = self.patiently(lambda: self._till.database.read(lambda session: session.scalars(codes).one()))
        scan = Scan(performance_id, self._till.actor.till_name, code, uuid4().hex)
        result = self.patiently(lambda: self._till.database.transact(check_in, self._till.actor, scan))
        return f"{result.verdict} before" if result.repeated else result.verdict


def sell_through_crashes(
    till: Till,
    *,
    performance_id: int,
    seat_ids: list[int],
    adult_id: int,
    seed: int,
    journal: str,
    in_doubt: float,
    gathering: str,
    approver_id: int,
) -> dict[str, Any]:
    """Sell seat after seat until none is left, whatever happens to the server; take some back, and let some guests in.

    Tells each sale that was acknowledged, and its fate: "paid", "void" or "admitted" (any other verdict is a defect).
    in_doubt: for how many seconds a lost COMMIT is followed up before it is left to the journal. gathering: a file;
    while it is there nobody commits.
    """
    change(database_module, IN_DOUBT_SECONDS=in_doubt)
    seller = _Seller(till, Journal(Path(journal)))
    seller.commit_when_let(Path(gathering))
    dice, shuffled = random.Random(seed), list(seat_ids)
    dice.shuffle(shuffled)
    for seat_id in shuffled:
        basket_key, seats = uuid4().hex, seats_of(performance_id, [seat_id])
        try:
            seller.patiently(lambda: till.database.transact(place_hold, till.actor, basket_key, seats))  # noqa: B023
        except SeatsTaken:
            continue
        request = seller.patiently(lambda: sale_request(till, basket_key, seats, adult_id))  # noqa: B023
        request_id, sale = seller.sell(request)
        fate = dice.choice((seller.leave, seller.take_back, seller.let_in))(sale, performance_id, approver_id)
        till.say("sold", [request_id, sale.number, fate])
    return seller.told
