"""The words under which guests and performances are found change together with what they tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import SearchWord
from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.searching import words_of
from pos_app.domain.season.events import EventDraft
from pos_app.domain.venues.records import VenueDraft
from pos_app.services.customers.records import save_customer
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.season.dates import repeat_performance
from pos_app.services.season.events import add_event, list_events, save_event
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import add_performance, archive_performance, draft_of, save_performance
from pos_app.services.selling.sales import sell
from pos_app.services.venues.records import list_venues, save_venue
from tests.services.customers.people import add
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def words(session: Session, performance_id: int) -> set[str]:
    """Return under which words a performance is found."""
    here = SearchWord.kind == "performance", SearchWord.id == performance_id
    return set(session.scalars(select(SearchWord.word).where(*here)))


def said(*texts: str) -> set[str]:
    return {word for text in texts for word in words_of(text)}


def test_a_performance_is_found_from_the_moment_it_is_made(house: OpenHouse) -> None:
    small, database = house.small, house.database
    pattern = database.read(load_performance_record, small.performance_id)
    event = database.transact(add_event, small.manager, EventDraft("L’Étoile: Così!", "", ""))
    later = replace(draft_of(pattern), event_id=event.event_id, starts_at=pattern.starts_at + timedelta(days=9))
    made = database.transact(add_performance, small.manager, replace(later, doors_at=None))
    assert database.read(words, made.performance_id) == said("L’Étoile: Così!", "The Little House")
    again = [made.starts_at + timedelta(days=days) for days in (1, 2, 3)]
    for one in database.transact(repeat_performance, small.manager, made.performance_id, again):
        assert database.read(words, one.performance_id) == said("L’Étoile: Così!", "The Little House")
    database.transact(archive_performance, small.manager, made.performance_id)
    assert database.read(judge_database) == ()


def test_a_new_title_is_found_and_the_old_one_is_not(house: OpenHouse) -> None:
    small, database = house.small, house.database
    (event,) = database.read(list_events, small.manager)
    wanted = EventDraft("The Seagull in the House", event.description, event.kind)
    for _ in range(2):
        database.transact(save_event, small.manager, event, wanted)
    for performance in small.performance_ids:
        # "The" and "House" are words of the venue, too: they stay.
        assert database.read(words, performance) == said("The Seagull in the House", "The Little House")
    assert database.read(judge_database) == ()
    (now,) = database.read(list_events, small.manager)
    database.transact(save_event, small.manager, now, replace(wanted, title="Orchards"))
    assert database.read(words, small.gala_id) == said("Orchards", "The Little House")
    assert database.read(judge_database) == ()


def test_a_new_name_of_a_venue_is_found(house: OpenHouse) -> None:
    small, database = house.small, house.database
    (venue,) = database.read(list_venues, small.manager)
    wanted = VenueDraft("Großes Haus", venue.address, venue.time_zone, venue.currency)
    database.transact(save_venue, small.manager, venue, wanted)
    for performance in small.performance_ids:
        assert database.read(words, performance) == said("The Cherry Orchard", "Großes Haus")
    assert database.read(judge_database) == ()


def test_a_performance_of_another_event_is_found_by_that(house: OpenHouse) -> None:
    small, database = house.small, house.database
    event = database.transact(add_event, small.manager, EventDraft("Tosca", "", ""))
    before = database.read(load_performance_record, small.gala_id)
    wanted = replace(draft_of(before), event_id=event.event_id)
    database.transact(save_performance, small.manager, before, wanted)
    assert database.read(words, small.gala_id) == said("Tosca", "The Little House")
    assert database.read(words, small.performance_id) == said("The Cherry Orchard", "The Little House")
    assert database.read(judge_database) == ()


def test_an_order_is_found_by_what_its_customer_is_reached_by_now_and_before(house: OpenHouse) -> None:
    small, database = house.small, house.database
    anna = add(house, CustomerDraft("Anna Novak", "anna@example.org", "601 234 567"))
    request = cash_request(house, hold(house, small.seats_of(1, (1,))), customer_id=anna.customer_id)
    sale = database.transact(sell, small.cashier, request)
    wanted = CustomerDraft("Anna Novak", "svoboda@example.com", "777 888 999")
    database.transact(save_customer, small.cashier, anna, wanted)
    for text in ("svoboda@example.com", "777888999", "888 999", "anna@example.org", "601 234 567"):
        found = database.read(find_orders, small.cashier, OrderQuery(text))
        assert [row.order_id for row in found.rows] == [sale.order_id], text
    assert database.read(judge_database) == ()
