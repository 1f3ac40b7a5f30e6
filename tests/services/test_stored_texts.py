"""What people type is stored without what cannot be seen, and without whole card numbers, by whatever service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import String, Text, select

from pos_app.db.base import Base
from pos_app.db.models import SignInAttempt
from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import PosError
from pos_app.domain.house.setup import HouseDraft
from pos_app.domain.promo_codes.records import PromoBatch, PromoDraft
from pos_app.domain.roles import Role
from pos_app.domain.season.events import EventDraft
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.season.ticket_types import TicketTypeDraft
from pos_app.domain.seats import ClaimKind, SeatKind
from pos_app.domain.staff.members import StaffDraft
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import TillDraft
from pos_app.domain.venues.records import VenueDraft
from pos_app.flows.sound_drafts import founding_of
from pos_app.services.door.check_in import check_in
from pos_app.services.house.record import load_house_record, save_house_record
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.promo_codes.batches import make_batch
from pos_app.services.promo_codes.records import save_promo_code
from pos_app.services.season.cancellations import cancel_performance
from pos_app.services.season.events import add_event
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.season.ticket_types import add_ticket_type
from pos_app.services.selling.holds import extend_hold
from pos_app.services.staff.attempts import begin_attempt
from pos_app.services.staff.members import add_staff_member
from pos_app.services.tills.records import list_tills, save_till
from pos_app.services.venues.plan_catalogue import list_plans
from pos_app.services.venues.plans import rename_plan
from pos_app.services.venues.records import save_venue
from tests.kinds import SQLITE
from tests.services.stories import hold, sold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Column
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

CARD = "4111-1111 1111\u200b1111"
DIGITS = "4111111111111111"


def _till(house: OpenHouse, **change: str) -> object:
    till = house.database.read(list_tills, house.small.manager)[0]
    draft = TillDraft(till.name, TillKind(till.kind), till.drawer, till.paper, till.ticket_queue)
    return house.database.transact(save_till, house.small.manager, till, replace(draft, **change))  # type: ignore[arg-type]


def _house(house: OpenHouse, **change: str) -> object:
    now = house.database.read(load_house_record, house.small.manager)
    return house.database.transact(save_house_record, house.small.manager, now, replace(now, **change))  # type: ignore[arg-type]


def _plan(house: OpenHouse) -> object:
    plan = house.database.read(list_plans, house.small.manager)[0]
    return house.database.transact(rename_plan, house.small.manager, plan, f"Hall {CARD}")


def _keep(house: OpenHouse) -> object:
    draft = KeepDraft(ClaimKind.HOUSE, f"for {CARD}")
    seat = house.small.seat(1, 1)
    return house.database.transact(
        keep_back, house.small.manager, uuid4().hex, seat.performance_id, [seat.seat_id], draft
    )


def _extend(house: OpenHouse) -> object:
    key = hold(house, [house.small.seat(1, 1)]).basket_key
    return house.database.transact(extend_hold, house.small.cashier, key, request_id=uuid4().hex, reason=CARD)


def _reprint(house: OpenHouse) -> object:
    sale = sold(house, [house.small.seat(1, 1)])
    return house.database.transact(
        reissue_tickets, house.small.manager, sale.ticket_ids, request_id=uuid4().hex, reason=f"lost {CARD}"
    )


def _staff(house: OpenHouse, name: str) -> object:
    draft = StaffDraft(name, Role.CASHIER)
    return house.database.transact(add_staff_member, house.small.manager, draft, password_hash=name)


def _event(house: OpenHouse, *texts: str) -> object:
    return house.database.transact(add_event, house.small.manager, EventDraft(*texts))


def _venue(house: OpenHouse, name: str, address: str = "", zone: str = "Europe/Paris", currency: str = "EUR") -> object:
    draft = VenueDraft(name, address, zone, currency)
    return house.database.transact(save_venue, house.small.manager, None, draft)


def _type(house: OpenHouse, name: str) -> object:
    draft = TicketTypeDraft(name, "", SeatKind.SEAT, complimentary=False, sort=1)
    return house.database.transact(add_ticket_type, house.small.manager, draft)


def _promo(house: OpenHouse, code: str, note: str = "") -> object:
    draft = PromoDraft(code=code, value=10, note=note or repr(code))
    return house.database.transact(save_promo_code, house.small.manager, None, draft)


def _batch(house: OpenHouse) -> object:
    batch = PromoBatch(name=f"Batch {CARD}", prefix="W", random=8, count=2, rule=PromoDraft(value=10))
    return house.database.transact(make_batch, house.small.manager, batch)


def _found(_house: OpenHouse, **change: str) -> object:
    draft = HouseDraft("Hall", "EUR", "Europe/Paris", "Mara", "a long password", "a long password", "", "Till 1")
    return founding_of(replace(draft, **change))


TYPED: dict[str, Callable[[OpenHouse], object]] = {
    "till": lambda house: _till(house, name=f"Till {CARD}"),
    "drawer": lambda house: _till(house, drawer=f"Drawer {CARD}"),
    "organisation": lambda house: _house(house, organisation=f"House {CARD}"),
    "line on tickets": lambda house: _house(house, line=f"Thank you {CARD}"),
    "plan": _plan,
    "kept back": _keep,
    "extension": _extend,
    "reprint": _reprint,
    "staff": lambda house: _staff(house, f"Ann {CARD}"),
    "event": lambda house: _event(house, f"Show {CARD}", "", ""),
    "description": lambda house: _event(house, "Show", f"About\nit {CARD}", ""),
    "kind": lambda house: _event(house, "Show", "", DIGITS),
    "venue": lambda house: _venue(house, f"Hall {CARD}"),
    "address": lambda house: _venue(house, "Hall", f"Street {CARD}"),
    "ticket type": lambda house: _type(house, f"Adult {CARD}"),
    "promo code": lambda house: _promo(house, DIGITS),
    "promo note": lambda house: _promo(house, "WINTER", f"for {CARD}"),
    "batch": _batch,
    "cancellation": lambda house: house.database.transact(
        cancel_performance, house.small.manager, house.small.performance_id, f"ill {CARD}"
    ),
    "founding": lambda house: _found(house, house=f"Hall {CARD}"),
    "first manager": lambda house: _found(house, manager=f"Mara {CARD}"),
    "first till": lambda house: _found(house, till_name=f"Till {CARD}"),
}


def _values(session: Session, column: Column[str]) -> Sequence[str]:
    return session.scalars(select(column)).all()


def _kept_texts(house: OpenHouse) -> set[str]:
    """Return all that stands in any column of words, without what parts digits."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, (String, Text)):
                found |= {str(one) for one in house.database.read(_values, column)}
    return {"".join(letter for letter in text if letter.isalnum()) for text in found}


@SQLITE
@pytest.mark.parametrize("what", TYPED)
def test_a_whole_card_number_is_stored_by_no_service(house: OpenHouse, what: str) -> None:
    with pytest.raises(PosError, match="whole card number stands"):
        TYPED[what](house)
    assert not [text for text in _kept_texts(house) if DIGITS in text]


@SQLITE
def test_what_a_reader_types_at_a_gate_or_where_somebody_signs_in_is_masked(house: OpenHouse) -> None:
    small = house.small
    scan = Scan(small.performance_id, f"Gate {CARD}", f"%B{DIGITS}^DOE/JOHN^2812101?", uuid4().hex)
    house.database.transact(check_in, small.steward, scan)
    house.database.transact(begin_attempt, name=f"Ann {CARD}", staff_id=None, till_id=None, purpose="sign_in")
    assert house.database.read(lambda s: s.scalars(select(SignInAttempt.name_key)).all())
    texts = _kept_texts(house)
    assert not [text for text in texts if DIGITS in text]
    assert any("1111" in text for text in texts)


@SQLITE
@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u200e", "\u2067", "\u00ad", "\ufeff", "\ufe0f", "\u3164"])
def test_a_name_that_differs_by_what_nobody_sees_is_taken(house: OpenHouse, unseen: str) -> None:
    for store in (_staff, _type, _venue, _promo):
        store(house, "Twin")
        with pytest.raises(PosError, match=r"already|taken"):
            store(house, f"T{unseen}WIN")
    tills = house.database.read(list_tills, house.small.manager)
    with pytest.raises(PosError, match="already"):
        _till(house, name=f"{tills[1].name[:1]}{unseen}{tills[1].name[1:]}")


@SQLITE
@pytest.mark.parametrize("nothing", ["\u200b\u200e", "\u3164", "\u2800 \ufeff", "\u200d", "\ufe0f"])
def test_a_name_of_which_nothing_is_seen_is_none(house: OpenHouse, nothing: str) -> None:
    for store in (_staff, _type, _venue, _promo):
        with pytest.raises(PosError, match=r"name is needed|Type a"):
            store(house, nothing)
    with pytest.raises(PosError, match="Type a title"):
        _event(house, nothing, "", "")
    with pytest.raises(PosError, match="name is needed"):
        _till(house, name=nothing)


@SQLITE
def test_what_is_no_zone_and_no_currency_is_stored_by_no_service(house: OpenHouse) -> None:
    for zone in ("localtime", "Factory", "right/Europe/Paris", "../../etc/passwd"):
        with pytest.raises(PosError, match="no time zone"):
            _venue(house, "Barn", zone=zone)
        with pytest.raises(PosError, match="no time zone"):
            _found(house, time_zone=zone)
    for currency in ("XXX", "XTS", "XAU", "DEM"):
        with pytest.raises(PosError, match="no currency"):
            _venue(house, "Barn", currency=currency)
        with pytest.raises(PosError, match="no currency"):
            _found(house, currency=currency)
        with pytest.raises(PosError, match="no currency"):
            _house(house, currency=currency)
