"""Guests of seats that were sold elsewhere come in with the codes that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import OutsideCode
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.reprints import reissue_tickets
from tests.services.takeover.season_files import SOLD, table, take

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_guests_come_in_with_the_codes_that_they_have(house: OpenHouse) -> None:
    take(house, table(house, *SOLD))

    def scan(text: str, performance_id: int = house.small.performance_id) -> tuple[Verdict, Reason]:
        asked = Scan(performance_id, "Main door", text, uuid4().hex)
        result = house.database.transact(check_in, house.small.steward, asked)
        return result.verdict, result.reason

    assert scan("OLD-1\r\n") == (Verdict.ADMITTED, Reason.NONE)
    assert scan("OLD-9") == (Verdict.REFUSED, Reason.INVALID)
    assert scan("OLD-2", house.small.gala_id) == (Verdict.REFUSED, Reason.WRONG_PERFORMANCE)


def test_an_old_code_is_no_longer_good_once_the_ticket_is_printed_here(house: OpenHouse) -> None:
    take(house, table(house, *SOLD[2:3]))
    ticket_id = house.database.read(lambda s: s.scalars(select(OutsideCode.ticket_id)).one())
    house.database.transact(reissue_tickets, house.small.cashier, [ticket_id], request_id=uuid4().hex, reason="Lost")
    asked = Scan(house.small.performance_id, "Main door", "OLD-3", uuid4().hex)
    result = house.database.transact(check_in, house.small.steward, asked)
    assert (result.verdict, result.reason) == (Verdict.REFUSED, Reason.REPRINTED)
