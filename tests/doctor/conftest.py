"""An evening of trade by the real services; what a test breaks in it is never committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

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
from tests.small_house import allow, sell_seats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.doctor import Finding, Rule
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse
    from tests.small_house import SmallHouse


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


@pytest.fixture
def evening(house: OpenHouse) -> Iterator[Evening]:
    """Give an evening in a transaction that is never committed, so that foreign keys can be left out of account."""
    with house.database.writer.connect() as connection:
        session = Session(bind=connection, expire_on_commit=False, autoflush=False)
        made = trade(session, house.small)
        if not house.database.embedded:
            session.execute(text("SET SESSION foreign_key_checks=0"))
        yield made
        session.rollback()
        session.close()
        connection.invalidate()
