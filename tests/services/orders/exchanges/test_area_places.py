"""Places of general admission, given back and kept in an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.door.check_in import Verdict
from pos_app.domain.seats import SeatKey
from tests.areas import count_areas
from tests.services.orders.exchanging import exchanged, scan, settings
from tests.services.orders.ledgers import live_lines, require_sound
from tests.services.selling.standing_places import place_ids
from tests.services.stories import seat_row, signed_code, sold
from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_places_of_general_admission_are_kept_and_others_exchanged(house: OpenHouse) -> None:
    small = house.small
    area = house.database.transact(add_standing, small, 5)
    places = [SeatKey(small.performance_id, seat_id) for seat_id in place_ids(house, area)]
    sale = sold(house, places[:3])
    ticket = {place: signed_code(house, ticket) for place, ticket in zip(places, sale.ticket_ids, strict=False)}
    seat = small.seat(4, 1)
    # Two of three keep their places, one of them as a child, and the third one goes to a seat.
    settings(house, refund_limit_minor=10_000)
    done = exchanged(
        house,
        sale,
        list(places[:3]),
        {places[0]: small.adult_id, places[1]: small.child_id, seat: small.adult_id},
    )
    assert len(done.ticket_ids) == 2
    assert [seat_row(house, one).state for one in (*places[:4], seat)] == ["sold", "sold", "free", "free", "sold"]
    assert scan(house, ticket[places[0]]).verdict is Verdict.ADMITTED
    assert scan(house, ticket[places[1]]).verdict is Verdict.REFUSED
    # And from a seat into the area, beside a place that is the order's own already.
    exchanged(house, sale, [seat], {places[4]: small.adult_id})
    assert set(live_lines(house, sale.order_id)) == {places[0], places[1], places[4]}
    (standing,) = house.database.read(count_areas, small.performance_id)
    assert (standing.free, standing.sold) == (2, 3)
    require_sound(house)
