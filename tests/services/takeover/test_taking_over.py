from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.db.models import AuditEntry, Customer, Order, Payment, Ticket
from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidInput, NotPermitted
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.seats import ClaimKind
from pos_app.domain.takeover.records import TakenOver
from pos_app.services.door.finding import find_guests
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.page import load_order_page
from pos_app.services.season.cancellations import export_affected_orders, load_cancellation
from pos_app.services.takeover.taking_over import take_over
from tests.services.stories import seat_row
from tests.services.takeover.season_files import RESERVED, SOLD, problems, table, take
from tests.small_house import ADULT_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_sold_seats_become_orders_and_tickets_and_reserved_ones_wait_under_their_names(house: OpenHouse) -> None:
    taken = take(house, table(house, *SOLD, *RESERVED))
    assert taken == TakenOver(sold=4, reserved=2, orders=3, reservations=1, customers=2)
    manager = house.small.manager
    orders = house.database.read(
        lambda s: [load_order_page(s, manager, one) for one in s.scalars(select(Order.id)).all()]
    )
    assert sorted((one.customer_name, one.total_minor) for one in orders) == [
        ("", 0),
        ("Anna Berg", 6000),
        ("Ben Ode", 4000),
        ("Cleo Day", 2 * ADULT_MINOR["A"]),
    ]
    assert {one.note for one in orders} == {"Taken over from season.csv"}
    found = house.database.read(find_orders, manager, OrderQuery())
    assert {one.order_id for one in found.rows} == {one.order_id for one in orders}
    assert seat_row(house, house.small.seat(1, 1)).state == "sold"
    assert seat_row(house, house.small.seat(3, 1)).claim_kind == ClaimKind.RESERVATION
    assert house.database.read(judge_database) == ()
    assert len(house.database.read(find_guests, house.small.performance_id, "BERG anna").guests) == 2
    methods = house.database.read(lambda s: s.scalars(select(Payment.method).order_by(Payment.method)).all())
    assert methods == ["elsewhere", "elsewhere", "free"]
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("season_taken_over") == 1


SHARED = (
    "WHEN,Stalls,A,1,,berg@example.org,40.00,,",
    "WHEN,Stalls,A,2,Anna Berg,berg@example.org,40.00,,",
    "WHEN,Stalls,A,3,Ben Berg,Berg@example.org,40.00,,",
)


def test_of_people_who_share_an_address_each_order_is_told_under_its_own_name(house: OpenHouse) -> None:
    take(house, table(house, *SHARED))
    performance = house.small.performance_id
    found = house.database.read(load_cancellation, house.small.manager, performance).orders
    assert sorted((one.name, one.email, one.tickets) for one in found) == [
        ("", "berg@example.org", 1),
        ("Anna Berg", "berg@example.org", 1),
        ("Ben Berg", "berg@example.org", 1),
    ]
    stored = house.database.read(lambda s: s.execute(select(Order.number, Order.customer_name)).all())
    assert {one.number: one.name for one in found} == {row.number: row.customer_name for row in stored}
    content = house.database.transact(export_affected_orders, house.small.manager, [performance]).decode("utf-8-sig")
    lines = sorted(line.split(",")[1] for line in content.splitlines()[1:])
    assert lines == ["", "Anna Berg", "Ben Berg"]
    assert house.database.read(lambda s: s.scalars(select(Customer.name)).all()) == ["Anna Berg"]


def test_the_same_request_takes_over_once(house: OpenHouse) -> None:
    file = table(house, *SOLD, *RESERVED)
    assert take(house, file, "once") == take(house, file, "once")
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(Order))) == 4
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(Ticket))) == 4


def test_one_bad_line_takes_nothing_over(house: OpenHouse) -> None:
    with pytest.raises(InvalidInput, match="1 line cannot"):
        take(house, table(house, *SOLD, "WHEN,Stalls,Z,1,,,40,,"))
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(Order))) == 0


def test_a_second_file_with_a_code_taken_over_before_is_told(house: OpenHouse) -> None:
    take(house, table(house, SOLD[0]))
    assert problems(house, "WHEN,Stalls,D,1,,,25,OLD-1,") == [
        "2: The old code is that of a ticket taken over before too."
    ]


def test_only_a_manager_takes_over(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(take_over, house.small.cashier, "x", table(house, *SOLD), {}, "season.csv")
