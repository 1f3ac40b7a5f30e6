"""Which evening is paid for, and which was sold, stands on the payment sheet and on the sold panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.ui.words.times import shown_moment
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def _evening(till: Till) -> str:
    """Return what is said of the evening on the map."""
    offer = till.screen.live.offer
    assert offer is not None
    return f"{offer.title} · {shown_moment(offer.starts_at, offer.time_zone)}"


def _open_payment(till: Till) -> None:
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)


def test_both_evenings_of_a_basket_are_named_until_the_next_customer(till: Till) -> None:
    small = till.house.small
    till.hold(*small.seats_of(1, (3, 4)))
    first = _evening(till)
    till.open(small.gala_id)
    till.hold(small.seat(2, 5, small.gala_id))
    second = _evening(till)
    _open_payment(till)
    assert till.screen.checkout.sheet.performances.words.splitlines() == [
        first,
        "Not the one on the map · Stalls, row A, seats 3\u20134",
        second,
        "Stalls, row B, seat 5",
    ]
    till.type("150")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    sold = [first, "Stalls, row A, seats 3\u20134", second, "Stalls, row B, seat 5"]
    assert till.screen.tickets.panel.performances.words.splitlines() == sold
    till.settle()
    assert till.screen.tickets.panel.performances.words.splitlines() == sold


def test_a_sale_of_which_only_the_tickets_are_known_is_named_by_them(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    _open_payment(till)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    sale = till.screen.tickets.sale
    assert sale is not None
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.screen.tickets.show(sale, "basket")
    assert till.screen.tickets.panel.performances.words == ""
    till.wait(lambda: till.screen.tickets.printed is not None)
    assert till.screen.tickets.panel.performances.words.splitlines() == [_evening(till), "Stalls, row A, seat 3"]
    till.settle()
