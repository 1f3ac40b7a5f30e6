from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pos_app.domain.codes import SIGNED_CODE_DIGITS
from pos_app.domain.tickets.samples import sample_tickets


@pytest.mark.parametrize(("currency", "price"), [("EUR", 4800), ("JPY", 48), ("KWD", 48_000)])
def test_a_sample_costs_a_usual_amount_in_any_currency_and_opens_no_door(currency: str, price: int) -> None:
    at = datetime(2031, 5, 2, 17, 30, tzinfo=UTC)
    tickets = sample_tickets(at, venue="Playhouse", address="", time_zone="UTC", currency=currency)
    assert [one.place.number for one in tickets] == ["11", "12", "13"]
    assert {(one.price_minor, one.ticket_id, len(one.code)) for one in tickets} == {(price, 0, SIGNED_CODE_DIGITS)}
    assert all(one.doors_at is not None and one.doors_at < at for one in tickets)
