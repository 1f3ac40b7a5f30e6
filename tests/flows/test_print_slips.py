"""The slip of a reservation is set and kept at a till without a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import OrderChanged
from pos_app.flows.print_slips import set_slip
from tests.flows.test_print_tickets import press
from tests.kinds import SQLITE
from tests.pages import page_text
from tests.services.orders.reserving import picked_up, reserved

if TYPE_CHECKING:
    from pathlib import Path

    from tests.houses import OpenHouse


pytestmark = pytest.mark.usefixtures("qapp")


@SQLITE
def test_a_slip_tells_what_is_reserved_still(house: OpenHouse, tmp_path: Path) -> None:
    seats = house.small.seats_of(1, (1, 2, 3))
    made = reserved(house, seats, "Zoë Novák")
    here = press(house, tmp_path)
    first = set_slip(house.database, here, made.order_id)
    assert first.path is not None
    assert first.path.read_bytes() == first.pdf
    assert "€120.00" in page_text(first.pdf)
    assert set_slip(house.database, here, made.order_id).path == first.path
    picked_up(house, made.order_id, seats[:1])
    words = page_text(set_slip(house.database, here, made.order_id).pdf)
    assert "€80.00" in words
    picked_up(house, made.order_id)
    with pytest.raises(OrderChanged):
        set_slip(house.database, here, made.order_id)
