from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import Ticket, TicketPresence
from pos_app.services.orders.page import load_order_page
from pos_app.services.selling.sales import sell
from tests.services.stories import cash_request, hold, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("n" * 5000, "n" * 200),
        ("  Anna\n Guest ", "Anna Guest"),
        ("נאדיה محفظة 🎭", "נאדיה محفظة 🎭"),
        ("\u202eAnna\x00\x07 \ud800Guest", "Anna Guest"),
        ("Robert'); DROP TABLE orders;--%s :name", "Robert'); DROP TABLE orders;--%s :name"),
    ],
)
def test_a_name_in_any_script_is_kept_and_nothing_that_harms(house: OpenHouse, typed: str, kept: str) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]), customer_name=typed, note=typed)
    sale = house.database.transact(sell, house.small.cashier, request)
    order = house.database.read(load_order_page, house.small.cashier, sale.order_id)
    assert order.customer_name == kept
    assert order.note.startswith(kept)
    assert len(order.note) <= 500


def test_each_ticket_has_a_short_code_and_a_presence_of_its_own(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2, 3)))
    tickets = house.database.read(lambda session: session.scalars(select(Ticket)).all())
    assert {ticket.id for ticket in tickets} == set(sale.ticket_ids)
    assert len({ticket.short_code for ticket in tickets}) == 3
    presences = house.database.read(lambda session: session.scalars(select(TicketPresence)).all())
    assert [(one.inside, one.issue_count, one.entries) for one in presences] == [(False, 1, 0)] * 3
