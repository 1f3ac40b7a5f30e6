"""Reserving and picking up at a till whose answers get lost, and a slip that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.computer.journal import Journal
from pos_app.domain.errors import ApprovalRefused, OutcomeUnknown
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows.reserve import pay_reservation, reserve_basket
from pos_app.flows.sell import resolve_pending
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.picking_up import pick_up
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_pay, ask_to_reserve, opened, reserved
from tests.small_house import PINS

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.domain.orders.reservations import PickUpRequest, Reservation, ReserveRequest
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def try_to_reserve(house: OpenHouse, journal: Journal, request: ReserveRequest) -> Reservation:
    return reserve_basket(house.database, journal, house.small.cashier, request, currency="EUR", places="Row A")


def try_to_pay(house: OpenHouse, journal: Journal, request: PickUpRequest, approval: Approval | None = None) -> Sale:
    return pay_reservation(
        house.database, journal, house.small.cashier, request, approval=approval, currency="EUR", places="Row A"
    )


def _unknown(_once: object, *, writes: bool) -> None:
    raise OutcomeUnknown(say("The server has not answered."))


def test_a_reservation_whose_answer_was_lost_is_found(
    house: OpenHouse, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, database = house.small, house.database
    kept, lost = (ask_to_reserve(house, [small.seat(1, at)]) for at in (1, 2))
    assert try_to_reserve(house, journal, kept).seats == 1
    assert journal.pending() == ()
    with monkeypatch.context() as patch:
        patch.setattr(database, "_run", _unknown)
        with pytest.raises(OutcomeUnknown, match="may be reserved already"):
            try_to_reserve(house, journal, lost)
    made = database.transact(reserve, small.cashier, lost)
    (found,) = resolve_pending(database, journal)
    assert (found.reserved, found.sale, found.pending.is_exchange) == (made, None, False)
    assert journal.pending() == ()
    never = ask_to_reserve(house, [small.seat(1, 3)])
    with monkeypatch.context() as patch:
        patch.setattr(database, "_run", _unknown)
        with pytest.raises(OutcomeUnknown):
            try_to_reserve(house, journal, never)
    (found,) = resolve_pending(database, journal)
    assert found.reserved is None
    assert found.hold is not None
    require_sound(house)


def test_a_pick_up_whose_answer_was_lost_is_found(
    house: OpenHouse, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, database = house.small, house.database
    request = ask_to_pay(opened(house, reserved(house, small.seats_of(1, (1, 2))).order_id))
    for made in (False, True):
        with monkeypatch.context() as patch:
            patch.setattr(database, "_run", _unknown)
            with pytest.raises(OutcomeUnknown, match="Do not take money again"):
                try_to_pay(house, journal, request)
        sale = database.transact(pick_up, small.cashier, request) if made else None
        (found,) = resolve_pending(database, journal)
        assert (found.sale, found.pending.is_exchange) == (sale, False)
    assert journal.pending() == ()
    require_sound(house)


def test_a_manager_allows_the_price_of_now(house: OpenHouse, journal: Journal) -> None:
    small = house.small
    picked = opened(house, reserved(house, [small.seat(1, 1)]).order_id)
    request = ask_to_pay(picked, price_of_now=True)
    wrong = Approval(small.manager.staff_id, "000000")
    with pytest.raises(ApprovalRefused):
        try_to_pay(house, journal, request, wrong)
    sale = try_to_pay(house, journal, request, Approval(small.manager.staff_id, PINS[Role.MANAGER]))
    assert len(sale.ticket_ids) == 1
    require_sound(house)
