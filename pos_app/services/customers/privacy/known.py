"""All that the house knows of one person, collected to be handed out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import (
    CheckIn,
    Customer,
    EmailVerification,
    Event,
    Order,
    OrderChange,
    OrderLine,
    OutboxEmail,
    Payment,
    Performance,
    PromoCode,
    PromoRedemption,
    Refund,
    Setting,
    TicketType,
    Venue,
    WaitingEntry,
    WaitingOffer,
)
from pos_app.domain.customers.privacy import KnownOfCustomer, KnownTable
from pos_app.domain.customers.records import CustomerRefused, read_marks
from pos_app.domain.sentences import Money, Sentence, say
from pos_app.services.audit import record
from pos_app.services.customers.office import require_office
from pos_app.services.customers.privacy.tracing import Traced, in_parts, letters_of, read_told, texts_about, trace
from pos_app.services.customers.records import told_customer
from pos_app.services.customers.rows import read_record
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Row
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Fact

_ORDER = ("order", say("Order"))
_WHEN = ("at", say("When"))
_KIND = ("kind", say("Kind"))
_STATE = ("state", say("State"))
_AMOUNT = ("amount", say("Amount"))
_REASON = ("reason", say("Reason"))
_REFERENCE = ("reference", say("Reference"))
_METHOD = ("method", say("Method"))
_EMAIL = ("email", say("E-mail"))
_CODE = ("code", say("Code"))


def collect_known(session: Session, actor: Actor, customer_id: int) -> KnownOfCustomer:
    """Return all that is known of a customer, under each number; that it was handed out is on record.

    It writes the audit: run it in a transaction. Raises NotPermitted, RightsMissing (a counter's account), NotFound,
    CustomerRefused (nothing is known of one that was erased).
    """
    require_office(session, actor)
    stored = read_record(session, customer_id)
    if stored.erased_at is not None:
        raise CustomerRefused(say("Customer {number} was erased: nothing is known.", number=stored.customer_id))
    traced = trace(session, stored.customer_id)
    venue = session.execute(select(Venue.name, Venue.time_zone).order_by(Venue.id).limit(1)).one_or_none()
    tables = tuple(_tables(session, traced))
    moment = session.execute(select(utc_now())).scalar_one()
    record(session, actor, "customer_exported", customer=told_customer(stored.customer_id), orders=len(traced.orders))
    return KnownOfCustomer(
        stored.customer_id,
        stored.name,
        _organisation(session) or (venue.name if venue is not None else ""),
        moment,
        venue.time_zone if venue is not None else "UTC",
        tables,
    )


def _organisation(session: Session) -> str:
    """Return who knows it: the house's name, "" where it has decided on none."""
    decided = session.execute(select(Setting.value).where(Setting.name == "house")).scalar_one_or_none()
    return str(read_told(decided or "").get("organisation") or "")


def _tables(session: Session, traced: Traced) -> Iterator[KnownTable]:
    yield _person(session, traced)
    yield _orders(session, traced)
    yield _lines(session, traced)
    yield from _money(session, traced)
    yield _of_orders(
        session, traced, "changes", say("What was done"),
        (_ORDER, Order.number), (_WHEN, OrderChange.created_at), (_KIND, OrderChange.kind),
        (_REASON, OrderChange.reason), of=OrderChange,
    )  # fmt: skip
    yield _check_ins(session, traced)
    yield _promo_uses(session, traced)
    yield _letters(session, traced)
    yield from _waiting(session, traced)
    about = [
        (
            datetime.fromisoformat(str(told["at"])),
            told.get("action"),
            "; ".join(f"{name}: {text}" for name, text in texts.items()),
        )
        for _, told, texts in texts_about(session, traced)
        if texts and "at" in told
    ]
    yield KnownTable("audit", say("Typed beside the audit"), (_WHEN, _KIND, ("text", say("Text"))), tuple(about))


def _person(session: Session, traced: Traced) -> KnownTable:
    rows = session.execute(select(Customer).where(Customer.id.in_(traced.customer_ids)).order_by(Customer.id)).scalars()
    columns = (
        ("number", say("Number")), ("name", say("Name")), _EMAIL, ("verified_at", say("E-mail verified")),
        ("phone", say("Phone")), ("note", say("Note")), ("marks", say("Marks")),
        ("letters_since", say("Letters since")), ("language", say("Language of letters")),
        ("made_at", say("Known since")), ("merged_into", say("Merged into number")),
    )  # fmt: skip
    known = tuple(
        (
            str(one.id), one.name, one.email, one.email_verified_at, one.phone, one.note,
            ", ".join(read_marks(one.marks)), one.letters_at, one.language, one.created_at,
            str(one.merged_into_id or ""),
        )
        for one in rows
    )  # fmt: skip
    return KnownTable("customer", say("Customer"), columns, known)


def _orders(session: Session, traced: Traced) -> KnownTable:
    columns = (
        _ORDER, _WHEN, ("name", say("Name")), ("note", say("Note")), ("total", say("Total")),
        ("reserved_until", say("Reserved until")),
    )  # fmt: skip
    chosen = (Order.number, Order.created_at, Order.customer_name, Order.note, Order.total_minor, Order.release_at)
    rows = _each(session, traced, select(*chosen, Order.currency).order_by(Order.id), Order.id)
    known = tuple(
        (row.number, row.created_at, row.customer_name, row.note, Money(row.total_minor, row.currency), row.release_at)
        for row in rows
    )
    return KnownTable("orders", say("Orders"), columns, known)


def _lines(session: Session, traced: Traced) -> KnownTable:
    statement = (
        select(
            Order.number, Order.currency, OrderLine.kind, OrderLine.state, OrderLine.price_minor,
            OrderLine.discount_minor, OrderLine.seat_id, Event.title, Performance.starts_at,
            TicketType.name.label("type"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(Performance, Performance.id == OrderLine.performance_id)
        .outerjoin(Event, Event.id == Performance.event_id)
        .outerjoin(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .order_by(OrderLine.id)
    )  # fmt: skip
    rows = list(_each(session, traced, statement, OrderLine.order_id))
    places = places_of(session, {row.seat_id for row in rows if row.seat_id is not None})
    columns = (
        _ORDER, _KIND, ("event", say("Event")), ("begins_at", say("Begins")), ("place", say("Place")),
        ("ticket_type", say("Ticket type")), ("price", say("Price")), ("taken_off", say("Taken off")), _STATE,
    )  # fmt: skip
    known = tuple(
        (
            row.number, row.kind, row.title, row.starts_at,
            places[row.seat_id].spoken() if row.seat_id in places else None, row.type,
            Money(row.price_minor, row.currency), Money(row.discount_minor, row.currency), row.state,
        )
        for row in rows
    )  # fmt: skip
    return KnownTable("lines", say("Seats and fees"), columns, known)


def _money(session: Session, traced: Traced) -> Iterator[KnownTable]:
    columns = (_ORDER, _WHEN, _METHOD, _AMOUNT, _STATE, _REFERENCE)
    for key, title, of in (("payments", say("Payments"), Payment), ("refunds", say("Refunds"), Refund)):
        told = (of.created_at, of.method, of.amount_minor, Order.currency, of.state, of.reference)
        statement = (
            select(Order.number, *told, *((Refund.reason,) if of is Refund else ()))
            .join(Order, Order.id == of.order_id)
            .order_by(of.id)
        )
        rows = _each(session, traced, statement, of.order_id)
        known = tuple((*row[:3], Money(row.amount_minor, row.currency), *row[5:]) for row in rows)
        yield KnownTable(key, title, (*columns, _REASON) if of is Refund else columns, known)


def _check_ins(session: Session, traced: Traced) -> KnownTable:
    rows: list[Row[Any]] = []
    for some in in_parts(sorted(traced.tickets)):
        scans = select(CheckIn.created_at, CheckIn.gate, CheckIn.verdict, CheckIn.reason, CheckIn.ticket_id)
        rows += session.execute(scans.where(CheckIn.ticket_id.in_(some)).order_by(CheckIn.id))
    columns = (_WHEN, ("gate", say("Gate")), ("verdict", say("Verdict")), _REASON, ("ticket", say("Ticket")))
    known = tuple((*row[:4], str(row.ticket_id)) for row in rows)
    return KnownTable("check_ins", say("At the door"), columns, known)


def _promo_uses(session: Session, traced: Traced) -> KnownTable:
    statement = (
        select(
            Order.number, PromoRedemption.created_at, PromoCode.code, PromoRedemption.saved_minor, Order.currency,
            PromoRedemption.undone_at,
        )
        .join(Order, Order.id == PromoRedemption.order_id)
        .join(PromoCode, PromoCode.id == PromoRedemption.promo_code_id)
        .order_by(PromoRedemption.id)
    )  # fmt: skip
    known = tuple(
        (row.number, row.created_at, row.code, Money(row.saved_minor, row.currency), row.undone_at)
        for row in _each(session, traced, statement, PromoRedemption.order_id)
    )
    columns = (_ORDER, _WHEN, _CODE, ("saved", say("Saved")), ("given_back_at", say("Given back")))
    return KnownTable("promo_uses", say("Uses of promo codes"), columns, known)


def _letters(session: Session, traced: Traced) -> KnownTable:
    statement = (
        select(
            OutboxEmail.created_at, OutboxEmail.kind, OutboxEmail.recipient, OutboxEmail.subject, OutboxEmail.body,
            OutboxEmail.state, OutboxEmail.sent_at, OutboxEmail.facts,
        )
        .where(letters_of(traced))
        .order_by(OutboxEmail.id)
    )  # fmt: skip
    columns = (
        _WHEN, _KIND, _EMAIL, ("subject", say("Subject")), ("text", say("Text")), _STATE, ("sent_at", say("Sent"))
    )  # fmt: skip
    known = []
    for row in session.execute(statement):
        # What somebody typed is the letter, also before it was sent.
        typed = json.loads(row.facts)
        subject, text = row.subject or typed.get("subject", ""), row.body or typed.get("text", "")
        known.append((row.created_at, row.kind, row.recipient, subject, text, row.state, row.sent_at))
    return KnownTable("letters", say("Letters"), columns, tuple(known))


def _waiting(session: Session, traced: Traced) -> Iterator[KnownTable]:
    waiting = (
        select(
            Event.title, Performance.starts_at, WaitingEntry.code, WaitingEntry.seats, WaitingEntry.state,
            WaitingEntry.created_at, WaitingEntry.until, WaitingEntry.moved_reason,
        )
        .join(Performance, Performance.id == WaitingEntry.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .where(WaitingEntry.customer_id.in_(traced.customer_ids))
        .order_by(WaitingEntry.id)
    )  # fmt: skip
    columns = (
        ("event", say("Event")), ("begins_at", say("Begins")), _CODE, ("seats", say("Seats")), _STATE, _WHEN,
        ("until", say("Until")), _REASON,
    )  # fmt: skip
    yield KnownTable("waiting", say("Waiting lists"), columns, tuple(map(tuple, session.execute(waiting))))
    offers = (
        select(
            WaitingEntry.code, WaitingOffer.created_at, WaitingOffer.expires_at, WaitingOffer.state,
            WaitingOffer.reason,
        )
        .join(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
        .where(WaitingEntry.customer_id.in_(traced.customer_ids))
        .order_by(WaitingOffer.id)
    )  # fmt: skip
    shown = (_CODE, _WHEN, ("until", say("Until")), _STATE, _REASON)
    yield KnownTable("offers", say("Seats offered"), shown, tuple(map(tuple, session.execute(offers))))
    codes = (
        select(EmailVerification.email, EmailVerification.created_at, EmailVerification.verified_at)
        .where(EmailVerification.customer_id.in_(traced.customer_ids))
        .order_by(EmailVerification.id)
    )
    sent = (_EMAIL, _WHEN, ("verified_at", say("E-mail verified")))
    yield KnownTable("verifications", say("Codes sent to an address"), sent, tuple(map(tuple, session.execute(codes))))


def _of_orders(
    session: Session,
    traced: Traced,
    key: str,
    title: Sentence,
    *columns: tuple[tuple[str, Sentence], InstrumentedAttribute[Any]],
    of: Any,
) -> KnownTable:
    statement = select(*(column for _, column in columns)).join(Order, Order.id == of.order_id).order_by(of.id)
    rows: Iterable[tuple[Fact | None, ...]] = map(tuple, _each(session, traced, statement, of.order_id))
    return KnownTable(key, title, tuple(named for named, _ in columns), tuple(rows))


def _each(session: Session, traced: Traced, statement: Any, of_order: InstrumentedAttribute[int]) -> Iterator[Row[Any]]:
    for some in in_parts(traced.order_ids):
        yield from session.execute(statement.where(of_order.in_(some))).all()
