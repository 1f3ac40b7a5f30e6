"""What happens between the look at a ticket and the statement that admits: that statement decides, and is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.door import readings as scanning
from pos_app.services.door.check_in import check_in
from pos_app.services.door.scanned_tickets import look_for
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from tests.kinds import SERVER
from tests.services.door.gate import MAIN, SIDE, Door, verdict
from tests.services.stories import signed_code, sold
from tests.small_house import allow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.door.check_in import ScanResult

# An embedded house has one writer at a time, and nobody overtakes it.
pytestmark = SERVER


@pytest.fixture
def overtaken(door: Door, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ScanResult]:
    """Scan, while somebody does something else once the ticket was looked at."""

    def scan(deed: Callable[[], object], **more: Any) -> ScanResult:
        def look(*asked: Any) -> Any:
            found = look_for(*asked)
            monkeypatch.undo()
            deed()
            return found

        monkeypatch.setattr(scanning, "look_for", look)
        return door.scan(**more)

    return scan


def test_a_paper_that_is_printed_anew_meanwhile_is_refused(door: Door, overtaken: Callable[..., ScanResult]) -> None:
    small, database = door.house.small, door.house.database
    request: dict[str, Any] = {"request_id": uuid4().hex, "reason": "Lost"}
    result = overtaken(lambda: database.transact(reissue_tickets, small.cashier, [door.ticket_id], **request))
    assert verdict(result) == (Verdict.REFUSED, Reason.REPRINTED)
    assert door.inside() == 0
    assert verdict(door.scan(signed_code(door.house, door.ticket_id))) == (Verdict.ADMITTED, Reason.NONE)


def test_a_ticket_that_is_taken_back_meanwhile_is_refused(door: Door, overtaken: Callable[..., ScanResult]) -> None:
    small, database = door.house.small, door.house.database
    sale = sold(door.house, [small.seat(3, 1)])
    request = VoidRequest(uuid4().hex, sale.order_id, "Wrong evening", database.transact(allow, small))
    code = signed_code(door.house, sale.ticket_ids[0])
    result = overtaken(lambda: database.transact(void_order, small.cashier, request), text=code)
    assert verdict(result) == (Verdict.REFUSED, Reason.CANCELED)
    assert door.inside() == 0
    assert database.read(judge_database) == ()


def test_a_copy_that_comes_in_elsewhere_meanwhile_is_used(door: Door, overtaken: Callable[..., ScanResult]) -> None:
    result = overtaken(lambda: door.scan(gate=SIDE))
    assert verdict(result) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert (result.used_gate, result.used_here) == (SIDE, False)
    assert door.inside() == 1


def test_a_paper_whose_guest_came_and_went_meanwhile_is_refused_for_its_newer_print(
    door: Door, overtaken: Callable[..., ScanResult]
) -> None:
    small, database = door.house.small, door.house.database

    def come_and_go() -> None:
        door.scan(gate=SIDE)
        door.scan(gate=SIDE, leaving=True)
        request: dict[str, Any] = {"request_id": uuid4().hex, "reason": "Lost"}
        database.transact(reissue_tickets, small.cashier, [door.ticket_id], **request)

    assert verdict(overtaken(come_and_go)) == (Verdict.REFUSED, Reason.REPRINTED)
    assert door.inside() == 0


def test_a_guest_who_left_elsewhere_meanwhile_is_not_inside(door: Door, overtaken: Callable[..., ScanResult]) -> None:
    door.scan()
    result = overtaken(lambda: door.scan(gate=SIDE, leaving=True), leaving=True)
    assert verdict(result) == (Verdict.REFUSED, Reason.NOT_INSIDE)
    assert door.inside() == 0
    assert door.house.database.read(judge_database) == ()


def test_the_same_scan_that_was_stored_meanwhile_is_told_as_it_was(
    door: Door, overtaken: Callable[..., ScanResult]
) -> None:
    """The first try of this very request came to its end while the second one looked."""
    small, nonce = door.house.small, uuid4().hex
    scan = Scan(small.performance_id, MAIN, door.code, nonce)
    told: list[ScanResult] = []
    again = overtaken(lambda: told.append(door.house.database.transact(check_in, small.steward, scan)), nonce=nonce)
    assert (verdict(again), again.check_in_id) == (verdict(told[0]), told[0].check_in_id)
    assert verdict(again) == (Verdict.ADMITTED, Reason.NONE)
    assert [one.nonce for one in door.stored()] == [nonce]
