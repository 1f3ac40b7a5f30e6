from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Customer, Order, OrderLine, OutsideCode, SearchWord, Ticket
from pos_app.doctor.names import Names
from pos_app.doctor.search_words import judge_search_words
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.codes import fold_old_code, grouped
from pos_app.domain.errors import NotPermitted
from pos_app.domain.local_times import wall_time
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import DetailsRequest
from pos_app.domain.orders.finding import OrderQuery, OrderTexts
from pos_app.domain.orders.standing import OrderStanding
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.finding.search import find_orders, find_scanned_order
from pos_app.services.orders.ledger import end_lines, open_change
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.search_words import add_words
from tests.houses import on_a_server
from tests.services.orders.reserving import move_release, picked_up, reserved
from tests.services.orders.selling_to import sell_to
from tests.small_house import SIGNING_KEY, TIME_ZONE
from tests.small_house_rows import add

if TYPE_CHECKING:
    from pos_app.doctor.findings import Finding
    from pos_app.domain.orders.finding import OrdersPage
    from pos_app.domain.roles import Actor
    from tests.houses import OpenHouse

HOSTILE: Final = (
    "x" * 10_000, "word " * 2_000, "%", "_", "%a%", "a_na", "'", '"', "'; DROP TABLE orders; --", "\\", "\\'",
    "🎭", "👩‍👩‍👧‍👦" * 300, "مرحبا بالعالم", "https://example.org/tickets?order=K7PM-3WQX&x=1#top", "!!!", "...", "--",
    "\x00\x01", "\ud800", "٣٤٥٦٧", "½", "\u202e", "+", "+49", "0000", "1 2 3 4 5 6 7 8 9 10", "row", "seat", "row seat",
    "9" * 198, "A" * 10, " \t\n ",
)  # fmt: skip


def give_address(session: Session, order_id: int, email: str, phone: str) -> None:
    """Make the customer of an order, as a season that is taken over does."""
    customer_id = add(
        session, Customer, name="Somebody", email=email, email_key=email, phone=phone, created_at=utc_now()
    )
    session.execute(update(Order).where(Order.id == order_id).values(customer_id=customer_id))
    add_words(session, order_id)


def end(session: Session, house: OpenHouse, order_id: int, kind: ChangeKind, count: int) -> None:
    """End the first lines of an order; its money is not looked at here."""
    lines = session.scalars(select(OrderLine.id).where(OrderLine.order_id == order_id).limit(count)).all()
    change = open_change(session, house.small.manager, order_id, kind, request_id=uuid4().hex, seen=None)
    end_lines(session, change, lines)


def misled(session: Session) -> tuple[Finding, ...]:
    """Return what the judge says of words."""
    return tuple(judge_search_words(session, Names(session)))


def page(house: OpenHouse, query: OrderQuery | str, **more: Any) -> OrdersPage:
    wanted = OrderQuery(query) if isinstance(query, str) else query
    return house.database.read(find_orders, house.small.cashier, wanted, **more)


def found(house: OpenHouse, query: OrderQuery | str) -> list[int]:
    """Return all orders that are found, page by page."""
    some = page(house, query)
    ids = [row.order_id for row in some.rows]
    while some.next is not None:
        some = page(house, query, after=some.next)
        ids += [row.order_id for row in some.rows]
    return ids


def test_an_order_is_found_by_all_that_anybody_knows_of_it(house: OpenHouse) -> None:
    small, database = house.small, house.database
    anna = database.transact(sell_to, house, small.seats_of(3, (8, 9)), "Anna-Lena O’Brien", "Wheelchair at the aisle")
    jan = database.transact(sell_to, house, small.seats_of(1, (2,), small.gala_id), "Jan Kjær", "Aisle; brings a dog")
    nobody = database.transact(sell_to, house, small.seats_of(2, (4,)))
    database.transact(give_address, jan.order_id, "jan.kjaer@example.org", "+45 (0)12 34-56 78")
    short_code = database.read(lambda session: session.get_one(Ticket, anna.ticket_ids[0]).short_code)
    number = anna.number
    for typed, orders in {
        "obrien": [anna], "ANNA LENA": [anna], "annalena": [anna], "anna o'b": [anna], "brien wheelchair": [anna],
        "kjaer": [jan], "kjær dog": [jan], "aisle": [jan, anna], "a": [jan, anna],
        "jan.kjaer@example.org": [jan], "jan.kjaer@exam": [jan], "example": [jan], "kjaer@example.org": [jan],
        "+45 12 34 56 78": [jan], "12345678": [jan], "012 345 678": [jan], "0045-12345678": [jan], "5678": [jan],
        "4512": [jan], "1234 5679": [], "678": [],
        number: [anna], grouped(number).lower(): [anna], number[:4]: [anna], f"order {grouped(number)}": [anna],
        short_code: [anna], grouped(short_code).lower(): [anna],
        "row c seat 8": [anna], "c8": [anna], "stalls row c 9": [anna], "stalls c 9 anna": [anna], "a2": [jan],
        "b4": [nobody], "b 4": [nobody, jan], "c 10": [], "c8 kjaer": [], "anna kjaer": [], "xyzzy": [],
    }.items():  # fmt: skip
        assert found(house, typed) == [one.order_id for one in orders], typed
    assert found(house, "") == [nobody.order_id, jan.order_id, anna.order_id]
    (row,) = page(house, "obrien").rows
    assert (row.number, row.customer_name, row.tickets, row.method) == (number, "Anna-Lena O’Brien", 2, "cash")
    assert (row.title, row.till_name, row.staff_name) == ("The Cherry Orchard", "Till 1", "Carla Cash")
    assert [str(one.spoken()) for one in row.performances] == ["Stalls, row C, seats 8\u20139"]
    assert row.standing is OrderStanding.PAID
    assert not row.waits
    assert database.read(misled) == ()


def test_an_order_with_another_name_is_found_by_both(house: OpenHouse) -> None:
    small, database = house.small, house.database
    sale = database.transact(sell_to, house, small.seats_of(1, (1, 2)), "Anna Novak", "Anna’s birthday")
    database.transact(correct_details, small.cashier, DetailsRequest(uuid4().hex, sale.order_id, None, "Marie", ""))
    assert found(house, "marie") == found(house, "anna") == found(house, "birthday") == [sale.order_id]
    assert database.read(misled) == ()
    order = Order.id == sale.order_id
    database.transact(lambda session: session.execute(update(Order).where(order).values(note="Dog")))
    assert len(database.read(misled)) == 1


def test_every_filter_and_a_text_beside_it(house: OpenHouse) -> None:
    small, database = house.small, house.database
    other = small.elsewhere(small.manager)
    sales = {
        name: database.transact(sell_to, house, small.seats_of(row, (1, 2)), f"Anna {name}", actor=actor)
        for row, (name, actor) in enumerate(
            {
                "Paid": small.cashier,
                "Part": small.cashier,
                "Back": other,
                "Void": other,
                "Changed": small.cashier,
            }.items(),
            1,
        )
    }
    gala = database.transact(sell_to, house, small.seats_of(1, (5,), small.gala_id), "Anna Gala", actor=other)
    ids = {name: sale.order_id for name, sale in sales.items()} | {"Gala": gala.order_id}
    for name, kind, count in (
        ("Part", ChangeKind.REFUND, 1), ("Back", ChangeKind.REFUND, 2), ("Void", ChangeKind.VOID, 2),
        ("Changed", ChangeKind.EXCHANGE, 1),
    ):  # fmt: skip
        database.transact(end, house, ids[name], kind, count)
    wanted = {
        OrderQuery(standing=OrderStanding.PAID): ["Gala", "Paid"],
        OrderQuery(standing=OrderStanding.PART_REFUNDED): ["Part"],
        OrderQuery(standing=OrderStanding.REFUNDED): ["Back"],
        OrderQuery(standing=OrderStanding.VOID): ["Void"],
        OrderQuery(standing=OrderStanding.EXCHANGED): ["Changed"],
        OrderQuery(standing=OrderStanding.RESERVED): [],
        OrderQuery(performance_id=small.gala_id): ["Gala"],
        OrderQuery(performance_id=small.performance_id): ["Changed", "Void", "Back", "Part", "Paid"],
        OrderQuery(performance_id=small.begun_id): [],
        OrderQuery(till_id=small.other_till_id): ["Gala", "Void", "Back"],
        OrderQuery(staff_id=small.cashier.staff_id): ["Changed", "Part", "Paid"],
        OrderQuery(staff_id=small.cashier.staff_id, till_id=small.other_till_id): [],
        OrderQuery(waiting=True): [],
        OrderQuery("row c", performance_id=small.performance_id): ["Back"],
        OrderQuery("stalls", performance_id=small.gala_id): ["Gala"],
        OrderQuery("a1"): ["Paid"],
    }
    for query, names in wanted.items():
        orders = [ids[name] for name in names]
        assert found(house, query) == orders, query
        assert all(row.standing is query.standing for row in page(house, query).rows if query.standing)
        if not query.text:
            assert found(house, replace(query, text="anna")) == orders, query
            assert found(house, replace(query, text="xyzzy")) == [], query
    assert found(house, OrderQuery("anna", standing=OrderStanding.VOID, till_id=small.other_till_id)) == [ids["Void"]]


def test_days_are_those_of_the_clock_of_the_house(house: OpenHouse) -> None:
    small, database = house.small, house.database
    late, early = (database.transact(sell_to, house, [small.seat(1, seat)], "Anna") for seat in (1, 2))
    now = database.read(lambda session: session.execute(select(utc_now())).scalar_one())
    today = wall_time(now, TIME_ZONE).wall
    # Ten minutes before today began in Berlin, and ten minutes after.
    for sale, minutes in ((late, -10), (early, 10)):
        seconds = -(today.hour * 3600 + today.minute * 60 + today.second) + minutes * 60
        made = update(Order).where(Order.id == sale.order_id).values(created_at=utc_plus(seconds))
        database.transact(Session.execute, made)
    day, a_day = today.date(), timedelta(days=1)
    for days, orders in {
        (day, day): [early], (day - a_day, day - a_day): [late], (day - a_day, day): [early, late],
        (None, day - a_day): [late], (day, None): [early], (day + a_day, None): [], (None, day - 2 * a_day): [],
        (day, day - a_day): [], (date.min, date.max): [early, late],
    }.items():  # fmt: skip
        for typed in ("", "anna"):
            query = OrderQuery(typed, day_from=days[0], day_until=days[1])
            assert found(house, query) == [one.order_id for one in orders], days


def test_pages_hold_each_order_once_whatever_is_sold_meanwhile(house: OpenHouse) -> None:
    small, database = house.small, house.database
    names = ("Anna", "Annabel", "Ann", "", "Joanna Ann")
    sales = []
    for at in range(20):
        name = names[at % 5]
        sales.append((database.transact(sell_to, house, [small.seat(at // 10 + 1, at % 10 + 1)], name), name))
    # All at the same moment.
    database.transact(lambda session: session.execute(update(Order).values(created_at=utc_plus(-60))))
    for turn, (query, fitting) in enumerate(((OrderQuery(), set(names)), (OrderQuery("ann"), set(names) - {""}))):
        expected = [sale.order_id for sale, name in reversed(sales) if name in fitting]
        some = page(house, query, limit=3)
        seen = [row.order_id for row in some.rows]
        sales.append((database.transact(sell_to, house, [small.seat(4, 1 + turn)], "Ann"), "Ann"))
        while some.next is not None:
            some = page(house, query, after=some.next, limit=3)
            assert 1 <= len(some.rows) <= 3
            seen += [row.order_id for row in some.rows]
        assert seen == expected


def test_what_is_rare_is_found_behind_the_newest_that_are_looked_at(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thresholds of a million orders, made small: pages end early, and nothing is left out or told twice."""
    small, database = house.small, house.database
    for name, size in (("_FIRST", (1, 2)), ("_THEN", (2, 3))):
        monkeypatch.setattr(f"pos_app.services.orders.finding.walking.{name}", size)
    monkeypatch.setattr("pos_app.services.orders.finding.conditions.MOST_FEW", 4)
    monkeypatch.setattr("pos_app.services.orders.finding.search._NEIGHBOURS", 100)
    names = ["Anna Old", "Old Bert", *("Anita Anton New" if at % 2 else "Anita Recent" for at in range(18))]
    sales = [
        database.transact(
            sell_to, house, [small.seat(at // 10 + 1, at % 10 + 1)], name, actor=small.manager if at % 7 == 0 else None
        )
        for at, name in enumerate(names)
    ]
    everything = {
        OrderQuery("old"): "Old", OrderQuery("an"): "An", OrderQuery("an old"): "Anna Old", OrderQuery("a ne"): "New",
        OrderQuery("anita re"): "Recent", OrderQuery("bert"): "Bert",
    }  # fmt: skip
    newest_first = list(reversed(list(zip(sales, names, strict=True))))
    # Where there are a few different words that begin so, where these are too many, and too many to be sorted, too.
    for (query, part), (spelled, most) in product(everything.items(), ((4, 5), (0, 100), (0, 5))):
        monkeypatch.setattr("pos_app.services.orders.finding.conditions._MOST_SPELLED", spelled)
        monkeypatch.setattr("pos_app.services.orders.finding.walking._MOST_SORTED", most)
        for staff in (None, small.manager.staff_id, small.cashier.staff_id):
            wanted = [
                sale.order_id
                for sale, name in newest_first
                if part in name and (staff is None or (sales.index(sale) % 7 == 0) == (staff == small.manager.staff_id))
            ]
            assert found(house, replace(query, staff_id=staff)) == wanted, (query, staff)
    part_of_it = page(house, replace(OrderQuery("an old"), till_id=small.till_id))
    assert part_of_it.next is None or part_of_it.looked_back_to is not None or part_of_it.rows


def test_whatever_is_typed_gets_an_answer(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(sell_to, house, [small.seat(1, 1)], "Zoë", "sees to it that all is fine")
    for typed in HOSTILE:
        for query in (OrderQuery(typed), OrderQuery(typed, small.performance_id, OrderStanding.VOID)):
            assert len(page(house, query).rows) <= 1, typed[:80]
        assert house.database.read(find_scanned_order, small.cashier, typed) is None, typed[:80]
    nowhere = OrderQuery(
        "zoe", performance_id=-1, till_id=2**31 - 1, staff_id=-5, day_from=date.max, day_until=date.min
    )
    assert page(house, nowhere).rows == ()
    assert len(page(house, "zoe", limit=10**9).rows) == len(page(house, "zoe", limit=-1).rows) == 1


def test_a_scan_tells_its_order_also_when_it_is_no_longer_good(house: OpenHouse) -> None:
    small, database = house.small, house.database
    sale = database.transact(sell_to, house, small.seats_of(1, (1, 2)), "Anna")
    first, second = sale.ticket_ids
    code = sign_ticket(SIGNING_KEY, TicketClaim(small.key_id, small.performance_id, first, 1))
    short_code = database.read(lambda session: session.get_one(Ticket, second).short_code)
    outside = {"ticket_id": second, "performance_id": small.performance_id, "code_key": "Alt-77 b"}
    outside["folded_key"] = fold_old_code("Alt-77 b")
    database.transact(lambda session: session.execute(insert(OutsideCode).values(**outside)))
    scans = (code, short_code, grouped(short_code).lower(), "ALT77B", sale.number, grouped(sale.number).lower())
    for turn in range(2):
        for scan in scans:
            assert database.read(find_scanned_order, small.cashier, scan) == sale.order_id, (turn, scan)
        assert found(house, code) == found(house, "alt 77 b") == [sale.order_id]
        if not turn:
            database.transact(end, house, sale.order_id, ChangeKind.VOID, 2)
    with pytest.raises(NotPermitted):
        database.read(find_scanned_order, small.steward, sale.number)
    with pytest.raises(NotPermitted):
        database.read(find_orders, small.steward, OrderQuery())


@on_a_server
def test_no_search_goes_through_all_orders(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what a server reads for each page, where it may look at some hundred of 2,000 orders."""
    for name, size in (("_FIRST", (5, 15)), ("_THEN", (40, 80)), ("_MOST_SORTED", 100)):
        monkeypatch.setattr(f"pos_app.services.orders.finding.walking.{name}", size)
    monkeypatch.setattr("pos_app.services.orders.finding.conditions.MOST_FEW", 4)
    monkeypatch.setattr("pos_app.services.orders.finding.search._NEIGHBOURS", 20)
    small, database = house.small, house.database
    database.transact(add_many, house, 2_000)
    with database.writer.connect() as connection:
        connection.execute(text("ANALYZE TABLE orders, order_line, order_change, search_word"))
    today = wall_time(database.read(lambda session: session.execute(select(utc_now())).scalar_one()), TIME_ZONE).wall
    days_ago = today.date() - timedelta(days=3)
    for query, rows in {
        OrderQuery(): 10, OrderQuery("common"): 10, OrderQuery("c"): 10, OrderQuery("rare"): 2, OrderQuery("bird"): 2,
        OrderQuery("common bird"): 2, OrderQuery("rare", till_id=small.other_till_id): 1, OrderQuery("b1"): 10,
        OrderQuery(till_id=small.till_id): 10, OrderQuery(till_id=small.other_till_id): 10,
        OrderQuery(staff_id=small.manager.staff_id): 2, OrderQuery(standing=OrderStanding.VOID): 2,
        OrderQuery("common", standing=OrderStanding.VOID): 2, OrderQuery(standing=OrderStanding.PAID): 10,
        OrderQuery("b1", standing=OrderStanding.VOID): 2, OrderQuery("00000007"): 0, OrderQuery("NUMB2345"): 1,
        OrderQuery("NUMB"): 10, OrderQuery(performance_id=small.gala_id): 2, OrderQuery(waiting=True): 0,
        OrderQuery("common", performance_id=small.gala_id): 2, OrderQuery(day_from=days_ago, day_until=days_ago): 0,
        OrderQuery("common", day_from=today.date()): 10,
        OrderQuery(till_id=small.other_till_id, staff_id=small.manager.staff_id): 1,
    }.items():  # fmt: skip
        read, some = database.read(reads_of, small.cashier, query)
        assert len(some.rows) == rows, query
        assert read < 1_500, (query, read)


def reads_of(session: Session, actor: Actor, query: OrderQuery) -> tuple[int, OrdersPage]:
    """Return how many rows a server reads for a page, with those that it puts aside meanwhile, and the page."""

    def reads() -> int:
        rows = session.execute(text("SHOW SESSION STATUS LIKE 'Handler_read%'"))
        return sum(int(row[1]) for row in rows)

    find_orders(session, actor, query, limit=10)
    before = reads()
    some = find_orders(session, actor, query, limit=10)
    return reads() - before, some


def add_many(session: Session, house: OpenHouse, count: int) -> None:
    """Write orders as they are stored: two that are rare in each way, among others that are all alike."""
    small = house.small
    seats = [seat for seat in small.seat_ids if seat != small.seat_id(2, 1)]
    now = session.execute(select(utc_now())).scalar_one()
    rows: dict[Any, list[dict[str, Any]]] = {Order: [], OrderLine: [], SearchWord: []}
    for at in range(1, count + 1):
        rare = at in {700, 1_400}
        name = "Rare Common Bird" if rare else "Common Cat"
        rows[Order].append(
            {
                "id": at, "request_id": f"many-{at}", "number": f"NUMB{at + 345:04}", "customer_name": name,
                "till_id": small.other_till_id if at % 20 == 0 and at != 700 else small.till_id, "currency": "EUR",
                "staff_id": small.manager.staff_id if rare else small.cashier.staff_id, "lines_minor": 0,
                "total_minor": 0, "created_at": now - timedelta(seconds=count - at),
            }
        )  # fmt: skip
        rows[OrderLine].append(
            {
                "order_id": at, "performance_id": small.gala_id if rare else small.performance_id, "price_minor": 0,
                "seat_id": small.seat_id(2, 1) if at % 100 == 0 else seats[at % len(seats)],
                "category_id": small.category_a_id, "ticket_type_id": small.adult_id,
                "state": "void" if rare else "live",
            }
        )  # fmt: skip
        rows[SearchWord] += [
            {"kind": kind, "word": word, "performance_id": performance_id, "id": at}
            for kind, word, performance_id in OrderTexts(at, name=name).words()
        ]
    for table, some in rows.items():
        insert_rows(session, table_of(table), some)


def test_what_is_reserved_and_what_was_not_picked_up_is_filtered_as_it_is_told(house: OpenHouse) -> None:
    small = house.small
    waits, part, lapsed = (reserved(house, small.seats_of(row, (1, 2))).order_id for row in (1, 2, 3))
    paid = reserved(house, small.seats_of(4, (1, 2))).order_id
    picked_up(house, part, small.seats_of(2, (1,)))
    picked_up(house, paid)
    move_release(house, lapsed, -10)
    house.database.transact(release_reservations)
    expected = {
        OrderStanding.RESERVED: [part, waits],
        OrderStanding.RELEASED: [lapsed],
        OrderStanding.PAID: [paid],
        OrderStanding.VOID: [],
    }
    for standing, order_ids in expected.items():
        rows = house.database.read(find_orders, small.cashier, OrderQuery(standing=standing)).rows
        assert [row.order_id for row in rows] == order_ids, standing
        assert {row.standing for row in rows} <= {standing}
