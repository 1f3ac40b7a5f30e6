from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.computer.journal import Journal
from pos_app.db import database as database_module
from pos_app.db.connection.addresses import Server
from pos_app.domain.errors import ApprovalRefused, NotPermitted, OutcomeUnknown, PriceChanged, ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.flows.void_order import void_with_approval
from pos_app.services.selling.sales import sell
from tests.houses import OpenHouse, on_a_server
from tests.services.stories import cash_request, change_staff, hold, run_out, seat_row, sold
from tests.small_house import PINS

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Sale, SaleRequest, VoidedOrder


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def try_to_sell(house: OpenHouse, journal: Journal, request: SaleRequest) -> Sale:
    return sell_basket(house.database, journal, house.small.cashier, request, currency="EUR", places="Row A")


def leave_open(house: OpenHouse, journal: Journal, request: SaleRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the end of a sale be unknown: the note stays."""
    with monkeypatch.context() as patch:
        patch.setattr(house.database, "_run", _unknown)
        with pytest.raises(OutcomeUnknown) as unknown:
            try_to_sell(house, journal, request)
    assert unknown.value.request_id == request.request_id


def _unknown(_once: object, *, writes: bool) -> None:
    raise OutcomeUnknown(say("The server has not answered."))


def test_a_sale_leaves_no_note(house: OpenHouse, journal: Journal) -> None:
    sale = try_to_sell(house, journal, cash_request(house, hold(house, [house.small.seat(1, 1)])))
    assert sale.total_minor == 4000
    assert journal.pending() == ()


def test_a_refused_sale_leaves_no_note(house: OpenHouse, journal: Journal) -> None:
    request = replace(cash_request(house, hold(house, [house.small.seat(1, 1)])), total_minor=1)
    with pytest.raises(PriceChanged):
        try_to_sell(house, journal, request)
    assert journal.pending() == ()


@on_a_server
def test_a_server_that_is_away_changes_nothing_and_leaves_no_note(house: OpenHouse, journal: Journal) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    away = database_module.Database(replace(house.database.address, servers=(Server("127.0.0.1", 1),)))
    with pytest.raises(ServerUnreachable, match="Nothing was changed"):
        sell_basket(away, journal, house.small.cashier, request, currency="EUR", places="Row A")
    away.close()
    assert journal.pending() == ()


def test_a_sale_left_open_that_was_made_is_found(
    house: OpenHouse, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    leave_open(house, journal, request, monkeypatch)
    made = house.database.transact(sell, house.small.cashier, request)
    (resolved,) = resolve_pending(house.database, journal)
    assert (resolved.sale, resolved.hold, resolved.pending.places) == (made, None, "Row A")
    assert journal.pending() == ()
    assert resolve_pending(house.database, journal) == ()


def test_a_sale_left_open_that_was_not_made_still_has_its_seats(
    house: OpenHouse, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    leave_open(house, journal, cash_request(house, held), monkeypatch)
    (resolved,) = resolve_pending(house.database, journal)
    assert resolved.sale is None
    assert resolved.hold is not None
    assert resolved.hold.seats == held.seats


def test_a_sale_left_open_too_long_has_lost_its_seats(
    house: OpenHouse, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    leave_open(house, journal, cash_request(house, held), monkeypatch)
    run_out(house, held)
    (resolved,) = resolve_pending(house.database, journal)
    assert (resolved.sale, resolved.hold) == (None, None)


def _take_back(house: OpenHouse, sale: Sale, actor: Actor, approval: Approval | None) -> VoidedOrder:
    return void_with_approval(
        house.database, actor, sale.order_id, request_id="void-1", reason="wrong night", approval=approval
    )


def test_a_manager_lets_a_cashier_take_a_sale_back_by_the_pin(house: OpenHouse) -> None:
    small, sale = house.small, sold(house, [house.small.seat(1, 1)])
    for refused in (Approval(small.manager.staff_id, "0000"), None):
        with pytest.raises(ApprovalRefused):
            _take_back(house, sale, small.cashier, refused)
    with pytest.raises(ApprovalRefused, match="not a manager"):
        _take_back(house, sale, small.cashier, Approval(small.cashier.staff_id, PINS[Role.CASHIER]))
    assert seat_row(house, small.seat(1, 1)).state == "sold"
    answer = _take_back(house, sale, small.cashier, Approval(small.manager.staff_id, PINS[Role.MANAGER]))
    assert (answer.number, answer.refund_minor) == (sale.number, 4000)


def test_a_manager_takes_a_sale_back_alone_and_only_while_a_manager(house: OpenHouse) -> None:
    small, sale = house.small, sold(house, [house.small.seat(1, 1)])
    change_staff(house, small.manager, role=Role.CASHIER)
    with pytest.raises(NotPermitted):
        _take_back(house, sale, small.manager, None)
    change_staff(house, small.manager, role=Role.MANAGER)
    assert _take_back(house, sale, small.manager, None).number == sale.number
