"""A letter to a party that waits tells what is so when it is sent, and is not sent where nothing of it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, Price, PriceCategory, Seat, Venue, Zone
from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.kinds import LetterKind
from pos_app.services.season.cancellations import cancel_performance
from tests.services.letters.parties import code_of, joins, offered, open_list, set_entry, set_offer
from tests.services.letters.written import customer
from tests.services.orders.letters.outbox import told

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.letters.contents import LetterContent
    from tests.houses import OpenHouse

K = LetterKind


def read_waiting(house: OpenHouse, entry: int) -> LetterContent:
    where = {"performance_id": house.small.performance_id}
    return told(house, K.WAITING, {"entry": entry, "place": 3}, **where)


def of_offer(house: OpenHouse, kind: LetterKind, offer: int) -> LetterContent:
    return told(house, kind, {"offer": offer}, performance_id=house.small.performance_id)


def ended(house: OpenHouse, entry: int) -> LetterContent:
    return told(house, K.WAITING_ENDED, {"entry": entry}, performance_id=house.small.performance_id)


def now(house: OpenHouse) -> datetime:
    return house.database.read(lambda session: session.execute(select(utc_now())).scalar_one())


def test_a_party_is_told_what_it_waits_for(house: OpenHouse) -> None:
    small = house.small
    names = house.database.read(
        lambda s: (
            s.execute(select(PriceCategory.id, PriceCategory.name).order_by(PriceCategory.id)).all(),
            s.execute(select(Zone.id, Zone.name).order_by(Zone.id)).all(),
        )
    )
    categories, zones = names
    until = now(house) + timedelta(hours=5)
    wish = {"categories": ",".join(str(one.id) for one in categories), "zones": str(zones[0].id), "until": until}
    entry = joins(house, customer(house), seats=4, together=False, **wish)
    content = read_waiting(house, entry)
    assert content.party is not None
    assert (content.party.seats, content.party.place, content.party.together) == (4, 3, False)
    assert content.party.categories == tuple(one.name for one in categories)
    assert content.party.zones == (zones[0].name,)
    assert (content.code, content.release_at) == (code_of(house, entry), until)
    assert [evening.performance_id for evening in content.evenings] == [small.performance_id]
    assert not content.is_untrue
    text = compose_letter(content, standard_template(K.WAITING, "en_GB")).text
    assert "You wait for 4 seats: " in text
    assert "not necessarily side by side" in text
    assert "Your place in the queue as we write this: 3." in text
    assert "was to begin" not in text


def test_who_waits_no_more_is_not_told_to(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    assert not read_waiting(house, entry).is_untrue
    set_entry(house, entry, state="left")
    assert read_waiting(house, entry).is_untrue


def test_an_offer_tells_its_seats_with_the_least_that_they_cost(house: OpenHouse) -> None:
    small = house.small
    entry = joins(house, customer(house))
    offer = offered(house, entry, small.seats_of(1, (1, 2)))
    content = of_offer(house, K.OFFER, offer)
    assert [place.place.number for place in content.places] == ["1", "2"]
    least, category = house.database.read(
        lambda s: s.execute(
            select(Price.amount_minor, PriceCategory.name)
            .join(Seat, Seat.category_id == Price.category_id)
            .join(PriceCategory, PriceCategory.id == Price.category_id)
            .where(Seat.id == small.seat_id(1, 1), Price.performance_id == small.performance_id, Price.amount_minor > 0)
            .order_by(Price.amount_minor)
            .limit(1)
        ).one()
    )
    assert {(place.price_minor, place.category, place.ticket_type) for place in content.places} == {
        (least, category, "")
    }
    currency = house.database.read(lambda s: s.scalars(select(Venue.currency)).first())
    assert (content.currency, content.code) == (currency, code_of(house, entry))
    assert content.release_at is not None
    assert not content.is_untrue
    text = compose_letter(content, standard_template(K.OFFER, "en_GB")).text
    assert text.count("from ") == 2


@pytest.mark.parametrize("how", ["sold", "lapsed", "withdrawn", "over", "cancelled"])
def test_an_offer_that_is_over_is_not_told(house: OpenHouse, how: str) -> None:
    entry = joins(house, customer(house))
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)), ends_in=-1 if how == "over" else 3600)
    if how == "cancelled":
        house.database.transact(cancel_performance, house.small.manager, house.small.performance_id, "Flood")
    elif how != "over":
        set_offer(house, offer, state=how)
    assert of_offer(house, K.OFFER, offer).is_untrue


def test_what_lapsed_is_told_with_its_time(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)))
    assert of_offer(house, K.OFFER_LAPSED, offer).is_untrue
    set_offer(house, offer, state="lapsed")
    content = of_offer(house, K.OFFER_LAPSED, offer)
    assert not content.is_untrue
    assert content.release_at is not None
    assert len(content.places) == 2


def test_the_end_of_a_list_is_told_with_its_reason(house: OpenHouse) -> None:
    open_list(house, state="closed", reason="The hall is full for good.")
    entry = joins(house, customer(house))
    assert ended(house, entry).is_untrue
    set_entry(house, entry, state="closed")
    content = ended(house, entry)
    assert not content.is_untrue
    text = compose_letter(content, standard_template(K.WAITING_ENDED, "en_GB")).text
    assert "The reason: The hall is full for good." in text
    assert "are not held any more" not in text


def test_the_end_by_a_cancellation_tells_that_and_what_was_held(house: OpenHouse) -> None:
    open_list(house, state="closed", reason="closed by hand")
    entry = joins(house, customer(house))
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)))
    set_offer(house, offer, state="withdrawn")
    set_entry(house, entry, state="closed")
    house.database.transact(cancel_performance, house.small.manager, house.small.performance_id, "The stage is wet.")
    text = compose_letter(ended(house, entry), standard_template(K.WAITING_ENDED, "en_GB")).text
    assert "The reason: The stage is wet." in text
    assert "closed by hand" not in text
    assert "are not held any more." in text


def test_an_offer_that_the_house_took_back_is_told_with_the_reason_for_that(house: OpenHouse) -> None:
    open_list(house)
    entry = joins(house, customer(house))
    set_offer(
        house, offered(house, entry, house.small.seats_of(1, (1, 2))), state="withdrawn", reason="The row is wet."
    )
    set_entry(house, entry, state="closed")
    text = compose_letter(ended(house, entry), standard_template(K.WAITING_ENDED, "en_GB")).text
    assert "The reason: The row is wet." in text


def test_who_waited_as_long_as_it_wanted_to_is_told_so(house: OpenHouse) -> None:
    open_list(house)
    entry = joins(house, customer(house), state="left", until=now(house) - timedelta(minutes=1))
    content = ended(house, entry)
    assert not content.is_untrue
    text = compose_letter(content, standard_template(K.WAITING_ENDED, "en_GB")).text
    assert "The reason: you wanted to wait until " in text


def test_a_new_time_is_told_beside_the_old_one(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    was = house.database.read(
        lambda s: s.execute(
            select(Performance.starts_at).where(Performance.id == house.small.performance_id)
        ).scalar_one()
    )
    move = update(Performance).where(Performance.id == house.small.performance_id)
    house.database.transact(lambda s: s.execute(move.values(starts_at=was + timedelta(days=1))))
    facts = {"entry": entry, "place": 1, "starts_was": was.isoformat()}
    content = told(house, K.WAITING, facts, performance_id=house.small.performance_id)
    assert [evening.starts_was for evening in content.evenings] == [was]
    assert "it was to begin on" in compose_letter(content, standard_template(K.WAITING, "en_GB")).text


@pytest.mark.parametrize(("kind", "facts"), [(K.WAITING, {}), (K.OFFER, {"offer": 99}), (K.OFFER, {"entry": 1})])
def test_a_letter_about_nobody_is_damaged(house: OpenHouse, kind: LetterKind, facts: dict[str, int]) -> None:
    joins(house, customer(house))
    with pytest.raises(ValueError, match="nobody"):
        told(house, kind, facts, performance_id=house.small.performance_id)
