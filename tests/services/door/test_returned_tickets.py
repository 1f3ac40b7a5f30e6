"""Guests whose tickets are on resale: the gate lets them in by its usual write, and its words tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.errors import SeatsTaken
from pos_app.services.door.check_in import check_in
from pos_app.services.resale.came_in import withdraw_came_in
from pos_app.services.selling.sales import sell
from tests.resale import resales, returned, seat_row
from tests.services.stories import cash_request, hold, signed_code, sold
from tests.waiting import sell_out

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse


def _scan(house: OpenHouse, code: str, nonce: str = "") -> ScanResult:
    asked = Scan(house.small.performance_id, "Main door", code, nonce or uuid4().hex)
    return house.database.transact(check_in, house.small.steward, asked)


def test_a_ticket_on_resale_admits_and_the_box_office_is_to_be_told(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 1)
    code = signed_code(house, sale.ticket_ids[0])
    returned(house, sale, [seat])

    result = _scan(house, code, "n-1")

    assert result.verdict is Verdict.ADMITTED
    assert result.advice == "This ticket was on resale: tell the box office."
    assert _scan(house, code, "n-1") == result
    assert house.database.transact(withdraw_came_in) == 1
    assert seat_row(house, seat).state == "sold"


def test_the_steward_is_told_what_to_do_while_somebody_buys_the_seat(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 1)
    code = signed_code(house, sale.ticket_ids[0])
    returned(house, sale, [seat])
    held = hold(house, [seat])

    result = _scan(house, code)

    assert result.verdict is Verdict.ADMITTED
    assert "somebody is buying the seat just now" in result.advice
    with pytest.raises(SeatsTaken, match="has come in"):
        house.database.transact(sell, house.small.cashier, cash_request(house, held))
    assert resales(house) == ["open"]


def test_a_resold_ticket_is_refused_and_the_buyers_admits(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 1)
    old = signed_code(house, sale.ticket_ids[0])
    returned(house, sale, [seat])
    bought = sold(house, [seat])

    refused = _scan(house, old)

    assert (refused.verdict, refused.reason) == (Verdict.REFUSED, Reason.CANCELED)
    admitted = _scan(house, signed_code(house, bought.ticket_ids[0]))
    assert (admitted.verdict, admitted.advice) == (Verdict.ADMITTED, "")


def test_a_ticket_taken_off_resale_admits_without_a_word(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    code = signed_code(house, sale.ticket_ids[1])
    returned(house, sale, [house.small.seat(1, 1)])

    assert _scan(house, code).advice == ""
