from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import Order, OrderLine
from tests.services.stories import hold, seat_row, sold
from tests.services.takeover.season_files import RESERVED, SOLD, preview, problems, table, take
from tests.small_house import ADULT_MINOR, CHILD_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_season_is_seen_before_it_is_taken_over(house: OpenHouse) -> None:
    seen = preview(house, table(house, *SOLD, *RESERVED))
    assert (seen.sold, seen.reserved, seen.orders, seen.paid_minor) == (4, 2, 3, (("EUR", 10000),))
    assert seen.problems == ()
    (performance,) = seen.performances
    assert performance.here is not None
    assert (performance.here.performance_id, performance.lines) == (house.small.performance_id, 6)
    assert performance.here in seen.choices
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(Order))) == 0


def test_the_ticket_type_is_the_one_that_costs_this(house: OpenHouse) -> None:
    assert (ADULT_MINOR["A"], CHILD_MINOR["A"]) == (4000, 2000)
    take(house, table(house, *SOLD[:2]))
    types = house.database.read(lambda s: s.scalars(select(OrderLine.ticket_type_id).order_by(OrderLine.id)).all())
    assert types == [house.small.adult_id, house.small.child_id]


def test_every_line_that_cannot_be_taken_over_says_why(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (5,)))
    hold(house, house.small.seats_of(1, (6,)))
    told = problems(
        house,
        "WHEN,Stalls,A,1,,,40,X,",
        "WHEN,Stalls,A,1,,,40,Y,",
        "WHEN,Stalls,A,2,,,40,X,",
        "WHEN,Stalls,A,5,,,40,,",
        "WHEN,Stalls,A,6,,,40,,",
        "WHEN,Stalls,Z,1,,,40,,",
        "WHEN,Floor,,,,,40,,",
        "WHEN,Stalls,A,3,,,,,",
        "WHEN,Stalls,A,4,,,forty,,",
        'WHEN,Stalls,A,4,,,"1,23,4",,',
        "Hamlet in June,Stalls,A,7,,,40,,",
    )
    assert told == [
        "3: This seat stands in line 2 already.",
        "4: The old code is that in line 2 too.",
        "5: Stalls, row A, 5 is sold, held or kept back here already.",
        "6: Stalls, row A, 6 is sold, held or kept back here already.",
        "7: There is no seat Stalls, row Z, 1 here.",
        "8: Floor has no free place here.",
        "9: The price is missing.",
        "10: “forty” is not an amount.",
        "11: The digits of “1,23,4” are grouped in a way that can mean several amounts.",
        "12: No performance here is “Hamlet in June”. Choose one.",
    ]


def test_a_performance_that_the_file_calls_otherwise_can_be_chosen(house: OpenHouse) -> None:
    file = table(house, "Premiere,Stalls,A,1,Anna,,40,,")
    assert len(preview(house, file).problems) == 1
    taken = take(house, file, chosen={"Premiere": house.small.gala_id})
    assert taken.sold == 1
    assert seat_row(house, house.small.seat(1, 1, house.small.gala_id)).state == "sold"


def test_prices_are_read_as_the_other_box_office_writes_them(house: OpenHouse) -> None:
    file = table(
        house, "WHEN,Stalls,A,1,,,1.000,,", 'WHEN,Stalls,A,2,,,"€ 1.234,50",,', 'WHEN,Stalls,A,3,,,"2,000.00",,'
    )
    assert preview(house, file).paid_minor == (("EUR", 100_000 + 123_450 + 200_000),)
