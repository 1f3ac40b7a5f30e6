"""A letter about resale tells of those tickets of which it is true when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.models import OrderLine
from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.orders.changes import LineKind
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.season.cancellations import cancel_performance
from tests.resale import returned
from tests.services.letters.parties import end_resale, put_on_resale
from tests.services.letters.written import give_to, letters
from tests.services.orders.letters.outbox import about, anna, last_change
from tests.services.orders.refunding import give_back
from tests.services.stories import sold
from tests.waiting import sell_out

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

K = LetterKind
COMMISSION = 300


def lines_of(house: OpenHouse, sale: Sale) -> list[int]:
    of_order = (OrderLine.order_id == sale.order_id, OrderLine.kind == LineKind.SEAT)
    found = select(OrderLine.id).where(*of_order).order_by(OrderLine.seat_id)
    return list(house.database.read(lambda session: session.scalars(found).all()))


def two_on_resale(house: OpenHouse) -> tuple[Sale, list[int]]:
    seats = house.small.seats_of(1, (1, 2))
    sale = sold(house, seats)
    lines = lines_of(house, sale)
    put_on_resale(house, sale.order_id, list(zip(lines, seats, strict=True)), last_change(house, sale.order_id), 300)
    return sale, lines


def read(house: OpenHouse, kind: LetterKind, sale: Sale, lines: list[int]) -> LetterContent:
    return about(house, kind, sale.order_id, {"lines": lines})


def test_what_is_on_resale_is_told_with_what_would_go_back(house: OpenHouse) -> None:
    sale, lines = two_on_resale(house)
    content = read(house, K.RESALE, sale, lines)
    assert [place.place.number for place in content.places] == ["1", "2"]
    assert all(not place.short_code for place in content.places)
    price = sum(place.price_minor for place in content.places)
    assert (content.commission_minor, content.expected_minor) == (2 * COMMISSION, price - 2 * COMMISSION)
    assert not content.is_untrue
    text = compose_letter(content, standard_template(K.RESALE, "en_GB")).text
    assert "€6.00" in text
    end_resale(house, lines[0], "resold")
    later = read(house, K.RESALE, sale, lines)
    assert [place.place.number for place in later.places] == ["2"]
    assert later.commission_minor == COMMISSION
    end_resale(house, lines[1], "taken_back")
    assert read(house, K.RESALE, sale, lines).is_untrue


def test_what_is_good_again_is_told_while_it_is(house: OpenHouse) -> None:
    sale, lines = two_on_resale(house)
    assert read(house, K.RESALE_ENDED, sale, lines).is_untrue
    end_resale(house, lines[0], "taken_back")
    content = read(house, K.RESALE_ENDED, sale, lines)
    assert [place.place.number for place in content.places] == ["1"]
    assert not content.is_untrue
    give_back(house, sale, tuple(lines[:1]))
    assert read(house, K.RESALE_ENDED, sale, lines).is_untrue


@pytest.mark.parametrize("kind", [K.RESALE, K.RESALE_ENDED])
def test_nothing_is_told_so_of_a_performance_that_is_not_given(house: OpenHouse, kind: LetterKind) -> None:
    sale, lines = two_on_resale(house)
    if kind is K.RESALE_ENDED:
        end_resale(house, lines[0], "unsold")
    assert not read(house, kind, sale, lines).is_untrue
    house.database.transact(cancel_performance, house.small.manager, house.small.performance_id, "Flood")
    assert read(house, kind, sale, lines).is_untrue


def test_what_was_resold_is_told_with_what_goes_back_and_what_is_kept(house: OpenHouse) -> None:
    sale, lines = two_on_resale(house)
    end_resale(house, lines[0], "resold")
    end_resale(house, lines[1], "taken_back")
    give_back(house, sale, tuple(lines[:1]))
    change = last_change(house, sale.order_id)

    def keep_commission(session: Session) -> None:
        seat = session.execute(select(OrderLine).where(OrderLine.id == lines[0])).scalar_one()
        session.add(
            OrderLine(
                order_id=sale.order_id,
                kind=LineKind.FEE,
                for_line_id=seat.id,
                price_minor=COMMISSION,
                state="live",
                made_by_id=change,
            )
        )

    house.database.transact(keep_commission)
    content = about(house, K.RESOLD, sale.order_id, {"amount_minor": 1}, change_id=change)
    assert [place.place.number for place in content.places] == ["1"]
    assert content.commission_minor == COMMISSION
    assert [money.amount_minor for money in content.back] == [content.places[0].price_minor]
    assert not content.is_untrue


def test_nothing_resold_is_nothing_to_tell(house: OpenHouse) -> None:
    sale, _ = two_on_resale(house)
    house.database.transact(
        lambda session: session.execute(
            update(OrderLine).where(OrderLine.order_id == sale.order_id).values(ended_by_id=None)
        )
    )
    assert about(house, K.RESOLD, sale.order_id, {"amount_minor": 1}).is_untrue


def test_a_real_resale_is_told_from_its_return_to_its_sale(house: OpenHouse) -> None:
    small, seat = house.small, house.small.seat(1, 1)
    sale = sell_out(house)[0]
    give_to(house, sale.order_id, anna(house))
    returned(house, sale, [seat, small.seat(1, 3)])
    on_resale = house.database.read(load_content, letters(house)[-1].letter_id)
    assert (on_resale.kind, len(on_resale.places)) == (K.RESALE, 2)
    brought = sum(place.price_minor for place in on_resale.places)
    assert on_resale.commission_minor == brought // 10
    assert on_resale.expected_minor == brought - brought // 10
    sold(house, [seat])
    (told,) = [one for one in letters(house) if one.kind == "resold"]
    content = house.database.read(load_content, told.letter_id)
    assert [place.place.number for place in content.places] == ["1"]
    assert content.commission_minor == content.places[0].price_minor // 10
    assert [money.amount_minor for money in content.back] == [content.places[0].price_minor - content.commission_minor]
    assert not content.is_untrue
    later = house.database.read(load_content, letters(house)[0].letter_id)
    assert [place.place.number for place in later.places] == ["3"], "what is on resale still"
