"""Reservations come with the season: unpaid orders under their names, until the time that was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import Order, OrderLine, Payment, Ticket
from pos_app.doctor import judge_database
from pos_app.domain.local_times import wall_time
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.season.performance_records import load_performance_record
from tests.services.orders.reserving import move_release, picked_up
from tests.services.takeover.season_files import preview, problems, table, take
from tests.small_house import ADULT_MINOR, CHILD_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse

UNPAID = (
    "WHEN,Stalls,A,1,Cleo Day,,20.00,R-7,reserved,,Aisle seat,,",
    "WHEN,Stalls,A,2,cleo day,,,R-7,unpaid,,,,",
    "WHEN,Stalls,A,3,Cleo Day,,35,R-8,reserved,,,,UNTIL",
    "WHEN,Stalls,A,4,Cleo Day,,40,,paid,,,,",
)


def _season(house: OpenHouse) -> tuple[str, ...]:
    """Return the lines, the last reservation until an hour before the beginning."""
    evening = house.database.read(load_performance_record, house.small.performance_id)
    until = wall_time(evening.starts_at, evening.time_zone).wall.replace(minute=0)
    return tuple(line.replace("UNTIL", f"{until:%Y-%m-%d %H:%M}") for line in UNPAID)


def test_what_is_reserved_elsewhere_waits_here_at_the_price_that_was_told(house: OpenHouse) -> None:
    season = table(house, *_season(house))
    seen = preview(house, season)
    assert (seen.reserved, seen.reservations, seen.sold, seen.orders) == (3, 2, 1, 1)
    told = CHILD_MINOR["A"] + ADULT_MINOR["A"] + 3500
    assert (seen.owed_minor, seen.paid_minor) == ((("EUR", told),), (("EUR", 4000),))
    take(house, season)
    waiting = house.database.read(
        lambda s: s.execute(
            select(Order.customer_name, Order.total_minor, Order.note)
            .where(Order.release_at.is_not(None))
            .order_by(Order.id)
        ).all()
    )
    assert [tuple(one) for one in waiting] == [
        ("Cleo Day", CHILD_MINOR["A"] + ADULT_MINOR["A"], "Taken over from season.csv · R-7 · Aisle seat"),
        ("Cleo Day", 3500, "Taken over from season.csv · R-8"),
    ]
    states = house.database.read(lambda s: s.scalars(select(OrderLine.state).order_by(OrderLine.id)).all())
    assert sorted(states) == ["live", "reserved", "reserved", "reserved"]
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(Payment))) == 1
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(Ticket))) == 1
    assert house.database.read(judge_database) == ()


def test_a_reservation_that_cannot_be_taken_over_says_why(house: OpenHouse) -> None:
    assert problems(
        house,
        "WHEN,Stalls,A,1,,,40,,reserved,,,,",
        "WHEN,Stalls,A,2,Cleo Day,,40,,reserved,,,,soon",
        "WHEN,Stalls,A,3,Cleo Day,,forty,,reserved,,,,",
        "WHEN,Stalls,A,4,Cleo Day,,40,,reserved,,4111 1111 1111 1111,,",
    ) == [
        "2: A reservation needs a name, an e-mail address or a phone number.",
        "3: “soon” is no time. Write it like 2031-05-02 18:30.",
        "4: “forty” is not an amount.",
        "5: A whole card number stands in the note.",
    ]


def test_what_was_taken_over_is_picked_up_in_part_and_lapses_like_any_reservation(house: OpenHouse) -> None:
    take(house, table(house, *_season(house)))
    ids = house.database.read(
        lambda s: s.scalars(select(Order.id).where(Order.release_at.is_not(None)).order_by(Order.id)).all()
    )
    picked_up(house, ids[0], house.small.seats_of(1, (1,)))
    for order_id in ids:
        move_release(house, order_id, -3600, open_too=True)
    assert house.database.transact(release_reservations).orders == 2
    assert house.database.read(judge_database) == ()
