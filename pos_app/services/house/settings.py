"""Reading and changing what a house decides once, kept as JSON in the table of settings."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from babel import Locale, UnknownLocaleError
from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.models import Setting, Venue
from pos_app.domain.editing import FieldProblems, require_unchanged
from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import (
    LONGEST_BEFORE_MINUTES,
    LONGEST_HOLD_MINUTES,
    MOST_OF_A_CUSTOMER,
    MOST_RESERVED,
    SHORTEST_HOLD_MINUTES,
    WHOLE_PRICE,
    HouseSettings,
)
from pos_app.domain.money import MOST_IN_TILL_MINOR, MOST_MINOR, require_currency
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say, say_in_turn
from pos_app.domain.staff.pins import LONGEST_PIN, SHORTEST_PIN
from pos_app.domain.texts import clean_line
from pos_app.domain.waiting.entries import LONGEST_OFFER_MINUTES, SHORTEST_OFFER_MINUTES
from pos_app.services.audit import record
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

HOUSE_SETTING: Final = "house"
LONGEST_ORGANISATION: Final = 120
_VENUE = table_of(Venue)
_ZONE: Final = select(_VENUE.c.time_zone).where(_VENUE.c.deleted_at.is_(None)).order_by(_VENUE.c.id).limit(1)
_FEES: Final = ("ticket_fee_minor", "order_fee_minor", "exchange_fee_minor")


def load_house_settings(session: Session) -> HouseSettings:
    """Return what is decided; what is missing or cannot be read is as in a new house."""
    return _read(session.execute(select(Setting.value).where(Setting.name == HOUSE_SETTING)).scalar_one_or_none())


def load_house_zone(session: Session) -> str:
    """Return the IANA name of the first venue's zone; UTC where there is no venue yet."""
    return session.connection().execute(_ZONE).scalar_one_or_none() or "UTC"


def lock_house(session: Session) -> None:
    """Let one change of the house follow the other: a row that is not there yet is made."""
    stored = select(Setting.value).where(Setting.name == HOUSE_SETTING).with_for_update()
    if session.execute(stored).first() is None:
        session.execute(insert(Setting).values(name=HOUSE_SETTING, value="{}"))


def save_house_settings(session: Session, actor: Actor, before: HouseSettings, wanted: HouseSettings) -> HouseSettings:
    """Decide anew; what is there keeps what it has. Raises NotPermitted, FieldRefused, ChangedMeanwhile."""
    require(session, actor, Permission.MANAGE)
    wanted = sound_settings(wanted)
    stored = select(Setting.value).where(Setting.name == HOUSE_SETTING).with_for_update()
    value = session.execute(stored).scalar_one_or_none()
    now = _read(value)
    if now == wanted:
        return now
    require_unchanged(before, now)
    document = json.dumps(asdict(wanted), ensure_ascii=False)
    if value is None:
        session.execute(insert(Setting).values(name=HOUSE_SETTING, value=document))
    else:
        session.execute(update(Setting).where(Setting.name == HOUSE_SETTING).values(value=document))
    record(session, actor, "house_settings_changed", before=asdict(now), after=asdict(wanted))
    return wanted


def sound_settings(wanted: HouseSettings) -> HouseSettings:
    """Return the settings with their texts cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    organisation = clean_line(wanted.organisation, LONGEST_ORGANISATION + 1)
    currency = wanted.currency.strip().upper()
    if len(organisation) > LONGEST_ORGANISATION:
        problems.add(
            "organisation",
            say("That name is too long ({longest} letters at the most).", longest=LONGEST_ORGANISATION),
        )
    problems.refuse_card_numbers(organisation=organisation)
    try:
        require_currency(currency)
    except InvalidInput as refused:
        problems.add("currency", say_in_turn(refused.message, refused.advice))
    _judge_amounts(wanted, problems)
    _judge_reservations(wanted, problems)
    _judge_waiting(wanted, problems)
    if not SHORTEST_HOLD_MINUTES <= wanted.hold_minutes <= LONGEST_HOLD_MINUTES:
        problems.add(
            "hold_minutes",
            say(
                "Seats are held for {shortest} to {longest} minutes.",
                shortest=SHORTEST_HOLD_MINUTES,
                longest=LONGEST_HOLD_MINUTES,
            ),
        )
    if not SHORTEST_PIN <= wanted.pin_digits <= LONGEST_PIN:
        problems.add("pin_digits", say("A PIN has four to eight digits."))
    if wanted.language and not _is_locale(wanted.language):
        problems.add("language", say("This language is not known."))
    problems.require_none()
    return replace(wanted, organisation=organisation, currency=currency)


def _judge_amounts(wanted: HouseSettings, problems: FieldProblems) -> None:
    for field in _FEES:
        if not 0 <= getattr(wanted, field) <= MOST_MINOR:
            problems.add(field, say("This fee is too large, or negative."))
    if wanted.refund_limit_minor < 0:
        problems.add("refund_limit_minor", say("An amount cannot be negative."))
    if wanted.refund_limit_minor > MOST_IN_TILL_MINOR:
        problems.add("refund_limit_minor", say("No till holds so much. Type what a cashier may give back alone."))


def _judge_reservations(wanted: HouseSettings, problems: FieldProblems) -> None:
    for field in ("release_before_doors", "reservation_ends"):
        if not 0 <= getattr(wanted, field) <= LONGEST_BEFORE_MINUTES:
            problems.add(field, say("From 0 minutes to 7 days."))
    if not 1 <= wanted.reservation_seats <= MOST_RESERVED:
        problems.add("reservation_seats", say("From 1 to {most} seats.", most=MOST_RESERVED))
    if not 0 <= wanted.customer_tickets <= MOST_OF_A_CUSTOMER:
        problems.add("customer_tickets", say("From 0 (no limit) to {most} tickets.", most=MOST_OF_A_CUSTOMER))


def _judge_waiting(wanted: HouseSettings, problems: FieldProblems) -> None:
    if not SHORTEST_OFFER_MINUTES <= wanted.offer_minutes <= LONGEST_OFFER_MINUTES:
        problems.add("offer_minutes", say("From {shortest} minutes to 7 days.", shortest=SHORTEST_OFFER_MINUTES))
    if not 0 <= wanted.resale_percent <= WHOLE_PRICE:
        problems.add("resale_percent", say("From 0 to {most} %.", most=WHOLE_PRICE))


def _is_locale(name: str) -> bool:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def _read(document: str | None) -> HouseSettings:
    usual = asdict(HouseSettings())
    try:
        stored: Any = json.loads(document or "{}")
    except ValueError:
        stored = {}
    if isinstance(stored, dict):
        usual.update({name: value for name, value in stored.items() if type(value) is type(usual.get(name))})
    return HouseSettings(**usual)
