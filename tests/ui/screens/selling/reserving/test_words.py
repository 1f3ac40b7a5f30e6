from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pos_app.domain.orders.reservations import Reservation
from pos_app.ui.screens.selling.reserving.words import done_words

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("address", ["", "novak@example.org"])
def test_where_the_letter_goes_is_said_behind_what_is_kept(address: str) -> None:
    until = datetime(2026, 12, 7, 18, 15, tzinfo=UTC)
    made = Reservation(1, "K7QM2", "Novak", 8000, "EUR", until, "Europe/Berlin", 2, emailed_to=address)
    told = done_words(made).sentence.replace("\N{ZERO WIDTH SPACE}", "").splitlines()
    assert told[0] == "Not paid yet. What is not picked up by then goes back on sale."
    assert told[1:] == ([f"By e-mail to {address}."] if address else [])
