"""To whom seats are offered, as the tills say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.seats.offered_notes import load_offered_notes
from pos_app.services.waiting.listing import list_offers
from tests.waiting import party, refund_seats, sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_an_offer_is_told_by_name_and_time_and_one_that_is_not_there_by_nothing(house: OpenHouse) -> None:
    small = house.small
    sales = sell_out(house)
    party(house, 2, name="Anna Novak")
    refund_seats(house, sales[0], small.seats_of(1, (1, 2)))
    (offer,) = house.database.read(list_offers, small.cashier)
    notes = house.database.read(load_offered_notes, [offer.offer_id, 987_654])
    assert notes.keys() == {offer.offer_id}
    note = notes[offer.offer_id]
    assert (note.name, note.until) == ("Anna Novak", offer.expires_at)
    assert house.database.read(load_offered_notes, ()) == {}
