"""The waiting list of the demo shows what can become of a party, and two tickets are on resale."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import OrderLine, OutboxEmail, Performance, PerformanceSeat, WaitingList, WaitingOffer
from pos_app.demo.box_office import demo_sign_ins
from pos_app.demo.waiting import LAPSED, LEFT, MOVED_UP, OFFERED, ON_RESALE, SOLD
from pos_app.domain.roles import Role
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places
from pos_app.domain.waiting.entries import EntryState, ListState, OfferState
from pos_app.flows.sign_in import sign_in
from pos_app.services.tills.registering import register_till
from pos_app.services.waiting.listing import load_queue
from tests.demo.conftest import PUBLIC_KEY

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.waiting.entries import Queue, QueueEntry


def queue(demo: Database) -> Queue:
    shown = next(one for one in demo_sign_ins() if one.role is Role.MANAGER)
    till = demo.transact(register_till, "this machine", "Till 2", PUBLIC_KEY)
    boss = sign_in(demo, till, shown.name, shown.password)
    (performance_id,) = demo.read(lambda session: session.scalars(select(WaitingList.performance_id)).all())
    return demo.read(load_queue, boss, performance_id, closed=True)


def test_the_queue_shows_every_fate(demo: Database) -> None:
    shown = queue(demo)
    assert shown.state is ListState.OPEN
    entries: dict[str, QueueEntry] = {one.customer_name: one for one in shown.entries}
    assert len(entries) == 10
    fates = Counter(one.state for one in entries.values())
    assert fates == {
        EntryState.WAITING: 6,
        EntryState.OFFERED: 1,
        EntryState.SOLD: 1,
        EntryState.LAPSED: 1,
        EntryState.LEFT: 1,
    }
    named = {SOLD: EntryState.SOLD, LAPSED: EntryState.LAPSED, LEFT: EntryState.LEFT, OFFERED: EntryState.OFFERED}
    assert {name: entries[name].state for name in named} == named
    assert entries[MOVED_UP].place == 1
    assert entries[MOVED_UP].moved_reason
    passed = {one.passed_over for one in entries.values() if one.state is EntryState.WAITING}
    assert "" not in passed
    assert len(passed) >= 3


def test_one_offer_is_open_and_holds_its_seats_for_hours(demo: Database) -> None:
    offers = demo.read(lambda session: session.scalars(select(WaitingOffer)).all())
    assert Counter(one.state for one in offers) == {OfferState.SOLD: 1, OfferState.LAPSED: 1, OfferState.OPEN: 1}
    entry = next(one for one in queue(demo).entries if one.customer_name == OFFERED)
    assert entry.offer is not None
    assert entry.offer.seconds_left > 24 * 3600
    (places,) = (one.places for one in offers if one.state == OfferState.OPEN)
    held = select(PerformanceSeat.performance_id, PerformanceSeat.seat_id).where(
        PerformanceSeat.claim_kind == "offer", PerformanceSeat.claim_id == entry.offer.offer_id
    )
    found = demo.read(lambda session: [SeatKey(*row) for row in session.execute(held)])
    assert sorted(found) == sorted(read_places(places))


def test_two_tickets_are_on_resale_and_their_holders_are_told(demo: Database) -> None:
    lines = demo.read(
        lambda session: session.scalars(
            select(OrderLine.order_id)
            .join(PerformanceSeat, PerformanceSeat.prior_order_line_id == OrderLine.id)
            .join(Performance, Performance.id == PerformanceSeat.performance_id)
            .where(PerformanceSeat.state == "free")
        ).all()
    )
    assert len(set(lines)) == ON_RESALE
    told = demo.read(
        lambda session: session.scalars(select(OutboxEmail.order_id).where(OutboxEmail.kind == "resale")).all()
    )
    assert set(told) == set(lines)


def test_letters_of_the_list_went_out_and_some_were_stopped(demo: Database) -> None:
    kinds = demo.read(lambda session: set(session.scalars(select(OutboxEmail.kind)).all()))
    assert {"waiting", "offer", "offer_lapsed", "resale"} <= kinds
