"""An evening of trade by the real services; what a test breaks in it is never committed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import uuid4

import pytest
from sqlalchemy import insert, text

from pos_app.db.clock import utc_now
from pos_app.db.models import PromoCode, PromoRedemption, PromoUsage
from pos_app.db.results import insert_row
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.selling.holds import place_hold, release_seats
from tests.doctor.kept import Kept
from tests.servers import flavours
from tests.small_house import allow, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from pos_app.doctor import Finding, Rule
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse
    from tests.servers import Server
    from tests.small_house import SmallHouse


Stands = TypeVar("Stands", bound="Evening")


@dataclass(frozen=True)
class Evening:
    """A house after some trade.

    sale: row 1, seats 1 to 3: a guest is inside with the first ticket, the second one was printed anew, a promo code
    was used. gala_sale: with fees. void_sale: row 3, seats 1 and 2, taken back; second_sale: seat 1 of them again.
    hold: row 4, seats 1 and 2.
    """

    session: Session
    small: SmallHouse
    sale: Sale
    gala_sale: Sale
    void_sale: Sale
    second_sale: Sale
    hold: PlacedHold

    def judge(self) -> tuple[Finding, ...]:
        """Judge what stands there now."""
        return judge_database(self.session)

    def broken_rules(self) -> set[Rule]:
        """Judge, and return only the rules."""
        return {finding.rule for finding in self.judge()}

    def change(self, *statements: str, **values: object) -> None:
        """Do what no service does. Each statement takes those of the values that it names."""
        for statement in statements:
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            self.session.execute(text(statement), named)


def trade(session: Session, small: SmallHouse) -> Evening:
    """Let the real services work for an evening."""
    sale = sell_seats(session, small, small.seats_of(1, (1, 2, 3)))
    gala_sale = sell_seats(session, small, small.seats_of(2, (4, 5), small.gala_id))
    sell_seats(session, small, [small.seat(5, 10)], ticket_type_id=small.companion_id)
    void_sale = sell_seats(session, small, small.seats_of(3, (1, 2)))
    void_order(session, small.cashier, VoidRequest("void-1", void_sale.order_id, "wrong night", allow(session, small)))
    second_sale = sell_seats(session, small, small.seats_of(3, (1,)))
    reissue_tickets(session, small.cashier, sale.ticket_ids[1:2], request_id="again", reason="paper jam")
    hold = place_hold(session, small.cashier, uuid4().hex, small.seats_of(4, (1, 2)))
    given_back = uuid4().hex
    place_hold(session, small.cashier, given_back, small.seats_of(4, (5, 6)))
    release_seats(session, given_back)
    code = session.execute(text("SELECT short_code FROM ticket WHERE id=:t"), {"t": sale.ticket_ids[0]}).scalar_one()
    scan = Scan(small.performance_id, "Main door", str(code), "nonce-1")
    assert check_in(session, small.steward, scan).verdict is Verdict.ADMITTED
    _redeem(session, sale.order_id)
    return Evening(session, small, sale, gala_sale, void_sale, second_sale, hold)


def _redeem(session: Session, order_id: int) -> None:
    code_id = insert_row(session, PromoCode, code="SPRING", kind="percent", scope="order", value=10)
    session.execute(insert(PromoUsage).values(promo_code_id=code_id, uses=1))
    for undone_at in (None, utc_now()):
        session.execute(
            insert(PromoRedemption).values(
                promo_code_id=code_id, order_id=order_id, saved_minor=0, created_at=utc_now(), undone_at=undone_at
            )
        )


class Builder(Protocol):
    """Builds once what stands in a house of a kind, and lends it to a test after another."""

    def __call__(
        self, house: OpenHouse, build: Callable[[Session, SmallHouse], Stands]
    ) -> AbstractContextManager[Stands]: ...


@pytest.fixture(scope="session")
def lend(tmp_path_factory: pytest.TempPathFactory, server_of: Callable[[str], Server]) -> Iterator[Builder]:
    """Give what lends something that is built, in a house of the same kind."""
    kept: dict[tuple[str, str], Kept[Any]] = {}
    with ExitStack() as stack:

        def url_for(house: OpenHouse) -> str:
            if house.database.embedded:
                return f"sqlite:///{tmp_path_factory.mktemp('kept') / 'foyer.db'}"
            port = house.database.address.servers[0].port
            server = next(one for one in map(server_of, flavours()) if one.port == port)
            return stack.enter_context(server.fresh_database())

        @contextmanager
        def lend(house: OpenHouse, build: Callable[[Session, SmallHouse], Stands]) -> Iterator[Stands]:
            key = (build.__name__, house.url)
            if key not in kept:
                kept[key] = Kept(url_for(house), build)
                stack.callback(kept[key].close)
            with kept[key].lend() as (built, session):
                yield replace(built, session=session)

        yield lend


@pytest.fixture
def evening(house: OpenHouse, lend: Builder) -> Iterator[Evening]:
    """Give an evening in a transaction that is never committed, so that foreign keys can be left out of account."""
    with lend(house, trade) as lent:
        yield lent
