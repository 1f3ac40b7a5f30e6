from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.models import Order, PlanRow, SearchWord, Seat, Zone
from pos_app.doctor import judge_database
from pos_app.domain.codes import grouped
from pos_app.domain.door.finding import FoundGuests
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, VoidRequest
from pos_app.services.door.finding import find_guests
from pos_app.services.door.guest_statements import MOST_GUESTS
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

PLAIN: Final = {
    "Jürgen Müller": ("muller", "MÜLLER jurgen", "müll", "jürgen müller"),
    "Zoë Brandt": ("zoe", "brandt, zoë"),
    "Łukasz Żak": ("lukasz zak", "żak"),
    "Nguyễn Thị Hà": ("nguyen thi ha", "ha nguyen", "Thị Hà"),
    "Sinéad O’Brien": ("o'brien", "obrien", "o brien", "O’Brien", "OBRIEN sinead", "brien"),
    "Ole Weiß": ("weiss", "weiß", "WEISS"),
    "Büşra Yıldız": ("busra yildiz", "YILDIZ", "yıldız"),
    "Søren Kjær": ("soren kjaer", "kjær"),
    "Ann-Marie Duval": ("annmarie", "ann marie", "ann-marie", "marie duval", "Ann\u2013Marie"),
    "Đorđe Đorđević": ("dorde dordevic", "đorđević"),
    "Þórður Ægisson": ("thordur aegisson", "þórður"),
    "Œuvrard d’Étoile": ("oeuvrard", "detoile", "d'etoile", "etoile"),
    "Νίκος Παπαδόπουλος": ("νικος", "ΠΑΠΑΔΟΠΟΥΛΟΣ", "παπαδοπουλος"),
    "Фёдор Ёлкин": ("федор елкин", "ЁЛКИН"),
    "أحمد مُحَمَّد": ("احمد", "محمد"),
    "שָׂרָה כֹּהֵן": ("שרה כהן", "כהן"),
    "Ｙａｍａｄａ": ("yamada", "ＹＡＭＡＤＡ"),
    "山田 太郎": ("山田太郎", "太郎", "山田"),
    "Anna  Lena   van der Berg": ("vanderberg", "van der berg", "anna berg", "lena anna"),
    "Soft\u00adhyphen Zero\u200bWidth": ("softhyphen", "zerowidth"),
    "🎭 Pierrot": ("pierrot", "🎭"),
    "OBrady": ("o'brady", "o brady"),
}


def sell_to(session: Session, house: OpenHouse, name: str, seats: Sequence[SeatKey]) -> Sale:
    small, basket = house.small, uuid4().hex
    place_hold(session, small.cashier, basket, seats)
    lines = tuple(SaleLine(seat, small.adult_id) for seat in seats)
    total = price_basket(session, lines).totals.total_minor
    tender = Tender(PaymentMethod.CASH, total, total)
    return sell(session, small.cashier, SaleRequest(uuid4().hex, basket, lines, total, tender, customer_name=name))


def sell_to_each(house: OpenHouse, names: Sequence[str]) -> None:
    small = house.small
    for at, name in enumerate(names):
        house.database.transact(sell_to, house, name, [small.seat(at // 10 + 1, at % 10 + 1)])


def look(house: OpenHouse, query: str, performance_id: int | None = None) -> FoundGuests:
    return house.database.read(find_guests, performance_id or house.small.performance_id, query)


def names(house: OpenHouse, query: str) -> list[str]:
    return [one.customer_name for one in look(house, query).guests]


def places(house: OpenHouse, query: str) -> list[str]:
    return [str(one.place.spoken()) for one in look(house, query).guests]


def test_guests_are_found_by_what_any_keyboard_types(house: OpenHouse) -> None:
    sell_to_each(house, list(PLAIN))
    stored = [one[0] for one in house.database.read(lambda session: session.execute(select(Order.customer_name)).all())]
    assert len(stored) == len(PLAIN)
    for name, ways in zip(stored, PLAIN.values(), strict=True):
        for typed in ways:
            assert names(house, typed) == [name], typed
    assert house.database.read(judge_database) == ()


def test_names_that_look_like_order_numbers_are_found(house: OpenHouse) -> None:
    people = ["Schubert", "Andersen", "Max Weber", "Eva Stern", "Grete Bergmann", "Jan Petersen", "Ann Marsh"]
    sell_to_each(house, people)
    for person in people:
        assert names(house, person) == [person]
        assert names(house, person.split()[-1]) == [person]
    assert names(house, "Schuber") == ["Schubert"]
    assert names(house, "petersen jan") == ["Jan Petersen"]


def test_an_order_number_is_found_as_it_is_read_and_typed(house: OpenHouse) -> None:
    sell_to_each(house, ["Schubert", "Andersen"])
    number = house.database.read(
        lambda session: session.scalars(select(Order.number).where(Order.customer_name == "Schubert")).one()
    )
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in number)
    for typed in (
        number, number.lower(), grouped(number), grouped(number).lower(), f"{number[:4]} {number[4:]}", f"#{number}",
        f"Order {grouped(number)}", f"№ {number}", number[:4], number[:7], number[:4] + "-" + number[4:6], wide,
    ):  # fmt: skip
        assert names(house, typed) == ["Schubert"], typed
    assert names(house, number[:3]) == []


def change_labels(session: Session, house: OpenHouse) -> None:
    small = house.small
    for at, number in ((1, "12A"), (2, "T1"), (3, "0")):
        session.execute(update(Seat).where(Seat.id == small.seat_id(1, at)).values(number=number))
    for row, label in ((2, "BB1"), (3, "Row 0"), (4, "Ü")):
        seat = session.get_one(Seat, small.seat_id(row, 1))
        session.execute(update(PlanRow).where(PlanRow.id == seat.row_id).values(label=label))


def test_seats_are_found_as_they_are_called(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(change_labels, house)
    for row, numbers in ((1, (1, 2, 3)), (2, (1, 4)), (3, (4,)), (4, (4,)), (5, (4, 8))):
        house.database.transact(sell_to, house, "", small.seats_of(row, numbers))
    twelve, table, nought = (f"Stalls, row A, seat {number}" for number in ("12A", "T1", "0"))
    for typed, found in {
        "12A": [twelve], "12a": [twelve], "A 12A": [twelve], "a12a": [twelve], "12 a": [twelve],
        "T1": [table], "t1": [table], "T 1": [table], "table t1": [table], "row a t1": [table],
        "row A seat 0": [nought], "A 0": [nought], "A0": [nought], "seat 0": [nought], "a, 0": [nought],
        "BB1": ["Stalls, row BB1, seat 1", "Stalls, row BB1, seat 4"],
        "row BB1": ["Stalls, row BB1, seat 1", "Stalls, row BB1, seat 4"],
        "bb1 4": ["Stalls, row BB1, seat 4"], "BB14": ["Stalls, row BB1, seat 4"],
        "row BB1 seat 4": ["Stalls, row BB1, seat 4"], "4 bb1": ["Stalls, row BB1, seat 4"],
        "row 0": ["Stalls, row Row 0, seat 4"], "0 4": ["Stalls, row Row 0, seat 4"],
        "u 4": ["Stalls, row Ü, seat 4"], "Ü4": ["Stalls, row Ü, seat 4"],
        "e8": ["Stalls, row E, seat 8"], "8e": ["Stalls, row E, seat 8"], "E/8": ["Stalls, row E, seat 8"],
        "stalls e 8": ["Stalls, row E, seat 8"], "STAL e8": ["Stalls, row E, seat 8"],
        "e 9": [], "row b 4": [], "seat e": [], "balcony e 8": [],
    }.items():  # fmt: skip
        assert places(house, typed) == found, typed


def test_zones_are_found_by_any_word_of_their_names(house: OpenHouse) -> None:
    house.database.transact(lambda session: session.execute(update(Zone).values(name="Größe-Loge Nº 3")))
    house.database.transact(sell_to, house, "", house.small.seats_of(1, (1,)))
    for typed in ("grosse", "loge", "größe loge", "grosseloge", "loge 3 a 1", "gross a1"):
        assert places(house, typed) == ["Größe-Loge Nº 3, row A, seat 1"], typed


def test_a_name_and_a_place_may_be_typed_together(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(sell_to, house, "Anna Weber", small.seats_of(1, (1, 2)))
    house.database.transact(sell_to, house, "Anna Berg", small.seats_of(2, (2,)))
    assert places(house, "anna a 2") == ["Stalls, row A, seat 2"]
    assert places(house, "weber 2") == ["Stalls, row A, seat 2"]
    assert places(house, "anna 2") == ["Stalls, row B, seat 2", "Stalls, row A, seat 2"]
    assert places(house, "anna stalls b") == ["Stalls, row B, seat 2"]


def test_whole_words_come_first_and_void_tickets_last(house: OpenHouse) -> None:
    small = house.small
    sell_to_each(house, ["Maxine Roth", "Max Roth", "Maximilian Max", "Roth"])
    undone = house.database.transact(sell_to, house, "Max Roth", [small.seat(2, 1)])
    request = VoidRequest(uuid4().hex, undone.order_id, "by mistake")
    house.database.transact(void_order, small.manager, request)
    assert names(house, "max")[0] != "Maxine Roth"
    assert names(house, "max")[-1] == "Maxine Roth"
    assert names(house, "roth")[0] == "Roth"
    found = look(house, "max roth").guests
    assert [(one.customer_name, one.void) for one in found] == [
        ("Max Roth", False), ("Max Roth", True), ("Maxine Roth", False)
    ]  # fmt: skip


def test_more_than_the_list_holds_is_told(house: OpenHouse) -> None:
    small = house.small
    seats = [small.seat(row, at) for row in (1, 2, 3, 4) for at in range(1, 11)]
    undone = house.database.transact(sell_to, house, "Large Group", seats)
    assert (len(look(house, "group").guests), look(house, "group").more) == (40, False)
    request = VoidRequest(uuid4().hex, undone.order_id, "by mistake")
    house.database.transact(void_order, small.manager, request)
    house.database.transact(sell_to, house, "Large Group", seats[:10])
    assert (len(look(house, "group").guests), look(house, "group").more) == (MOST_GUESTS, False)
    house.database.transact(sell_to, house, "Large Group", seats[10:])
    found = look(house, "group")
    assert (len(found.guests), found.more) == (MOST_GUESTS, True)


@pytest.mark.parametrize(
    "typed",
    [
        "", "  ", "%", "_", "\\", "'", "-", "B 1", "zzz", "x" * 5000, "\x00", "\ud800", "a_na", "\\%", "\u200b",
        "\u202e", "🎭", "an%", "anna " * 200, "a b c d e f g h i j k l m n o p q r s t u v w x y z", "1 " * 40,
        "guest anna zzz",
    ],
)  # fmt: skip
def test_what_fits_nobody_finds_nobody(house: OpenHouse, typed: str) -> None:
    house.database.transact(sell_to, house, "Anna Guest", house.small.seats_of(1, (1, 2)))
    expected = 2 if typed in {"an%", "anna " * 200} else 0
    assert len(look(house, typed).guests) == expected


def test_guests_of_other_performances_are_not_found(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(sell_to, house, "Both Evenings", [small.seat(1, 1), small.seat(1, 2, small.gala_id)])
    assert places(house, "both") == ["Stalls, row A, seat 1"]
    assert [one.place.number for one in look(house, "both", small.gala_id).guests] == ["2"]
    assert look(house, "both", small.begun_id) == FoundGuests()
    assert house.database.read(judge_database) == ()


def test_a_sale_to_nobody_writes_no_words(house: OpenHouse) -> None:
    def words(session: Session) -> int:
        return len(session.execute(select(SearchWord.word).where(SearchWord.kind == "guest")).all())

    house.database.transact(sell_to, house, "", house.small.seats_of(1, (1,)))
    assert house.database.read(words) == 0
    house.database.transact(sell_to, house, "Anna Guest", house.small.seats_of(1, (2,)))
    assert house.database.read(words) == 2
