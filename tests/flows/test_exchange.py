from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.errors import ApprovalRefused, NotPermitted
from pos_app.domain.roles import Role
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows.exchange import exchange_with_approval
from tests.services.orders.exchanging import ask_for, request_for
from tests.services.orders.ledgers import require_sound
from tests.services.stories import sold
from tests.small_house import PINS

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_manager_allows_what_goes_back_by_a_pin(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    ask = ask_for(house, sale, [small.seat(1, 1)], {small.seat(5, 1): small.adult_id})
    request = replace(request_for(house, ask), approval_id=None)
    wrong = Approval(small.manager.staff_id, "guess")
    with pytest.raises(ApprovalRefused):
        exchange_with_approval(house.database, small.cashier, request, wrong)
    with pytest.raises(NotPermitted):
        exchange_with_approval(house.database, small.cashier, request, None)
    right = Approval(small.manager.staff_id, PINS[Role.MANAGER])
    done = exchange_with_approval(house.database, small.cashier, request, right)
    assert done.difference_minor == -1500
    # A manager at the till needs nobody else.
    back = ask_for(house, sale, [small.seat(5, 1)], {small.seat(5, 2): small.child_id})
    own = replace(request_for(house, back), approval_id=None, request_id=uuid4().hex)
    assert exchange_with_approval(house.database, small.manager, own, None).difference_minor == -1250
    require_sound(house)
