"""Everything that a letter tells, read from the books as they are when it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from babel.core import Locale, UnknownLocaleError
from sqlalchemy import select

from pos_app.catalogues import country_of
from pos_app.db.models import Customer, Order, OutboxEmail, Performance, Venue
from pos_app.domain.errors import NotFound
from pos_app.domain.letters.contents import LetterContent
from pos_app.domain.letters.facts import read_facts
from pos_app.domain.letters.kinds import OF_RESALE, OF_WAITING, WITH_TICKETS, LetterKind
from pos_app.domain.sentences import say
from pos_app.services.house.settings import load_house_settings
from pos_app.services.orders.letters.told_money import load_back, load_paid, load_reserved_fees, load_ticket_prices
from pos_app.services.orders.letters.told_places import load_evenings, load_told_places, places_on
from pos_app.services.orders.letters.told_resale import (
    load_expected_commission,
    load_kept_commission,
    load_resale_lines,
)
from pos_app.services.orders.letters.told_waiting import load_party
from pos_app.services.orders.ticket_faces import load_ticket_faces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.letters.contents import LetterEvening
    from pos_app.domain.letters.facts import LetterFacts

_USUAL_LANGUAGE: Final = "en_GB"
_RESERVED: Final = frozenset({LetterKind.RESERVATION, LetterKind.LAPSE_SOON, LetterKind.LAPSED})
_GIVES_BACK: Final = frozenset({LetterKind.REFUND, LetterKind.CANCELLED, LetterKind.EXCHANGE, LetterKind.RESOLD})


class _Letter(NamedTuple):
    """The row of a letter, with the order and the customer that it is about."""

    letter_id: int
    kind: str
    language: str
    order_id: int | None
    change_id: int | None
    performance_id: int | None
    facts: str
    parts: int
    customer: str | None
    number: str | None
    currency: str | None
    customer_name: str | None


def load_content(session: Session, letter_id: int) -> LetterContent:
    """Return what a letter tells now. Of its tickets those that are good, in the print that it was written for.

    A ticket that is void meanwhile, or was printed anew, is left out and counted (see LetterContent.is_untrue). Raises
    NotFound, and ValueError where the facts of the letter are damaged.
    """
    letter = _load(session, letter_id)
    if letter is None:
        raise NotFound(say("This letter is not there."))
    facts, house = read_facts(letter.facts), load_house_settings(session)
    kind = LetterKind(letter.kind)
    content = LetterContent(
        letter_id=letter.letter_id,
        kind=kind,
        language=letter_language(letter.language, house),
        organisation=house.organisation,
        customer_name=letter.customer or letter.customer_name or "",
        order_number=letter.number or "",
        currency=letter.currency or "",
        release_at=facts.release_at,
        code=facts.code,
        subject=facts.subject,
        text=facts.text,
    )
    if kind in OF_WAITING:
        content = load_party(session, facts, content)
    elif letter.order_id is not None and kind is not LetterKind.NOTE:
        content = _about_order(session, letter, letter.order_id, facts, content)
    content = replace(content, evenings=_evenings(session, letter, facts, content))
    if content.organisation:
        return content
    return replace(content, organisation=sender_of(session, content))


def _load(session: Session, letter_id: int) -> _Letter | None:
    row = session.execute(
        select(
            OutboxEmail.id,
            OutboxEmail.kind,
            OutboxEmail.language,
            OutboxEmail.order_id,
            OutboxEmail.change_id,
            OutboxEmail.performance_id,
            OutboxEmail.facts,
            OutboxEmail.parts,
            Customer.name,
            Order.number,
            Order.currency,
            Order.customer_name,
        )
        .outerjoin(Order, Order.id == OutboxEmail.order_id)
        .outerjoin(Customer, Customer.id == OutboxEmail.customer_id)
        .where(OutboxEmail.id == letter_id)
    ).one_or_none()
    return None if row is None else _Letter._make(row)


def _about_order(
    session: Session, letter: _Letter, order_id: int, facts: LetterFacts, content: LetterContent
) -> LetterContent:
    """Add the places, tickets and money of an order to what a letter tells."""
    if letter.change_id is not None and content.kind in _GIVES_BACK:
        back = load_back(session, order_id, letter.change_id)
        content = replace(content, back=back.money)
        changes = back.change_ids
    else:
        changes = frozenset(() if letter.change_id is None else (letter.change_id,))
    if content.kind in WITH_TICKETS and facts.tickets:
        return _with_tickets(session, letter, order_id, facts, content)
    of_resale = content.kind in OF_RESALE and bool(facts.lines)
    narrowed = load_resale_lines(session, content.kind, facts.lines) if of_resale else None
    places, lines = load_told_places(
        session,
        content.kind,
        order_id,
        change_ids=changes,
        seats=facts.seats,
        performance_id=letter.performance_id,
        line_ids=narrowed,
    )
    if content.kind in OF_RESALE:
        return _about_resale(session, letter, order_id, replace(content, places=places), lines)
    fees = load_reserved_fees(session, order_id, lines) if content.kind in _RESERVED else 0
    total = fees + sum(place.price_minor for place in places)
    return replace(content, places=places, fee_minor=fees, total_minor=total)


def _about_resale(
    session: Session, letter: _Letter, order_id: int, content: LetterContent, lines: frozenset[int]
) -> LetterContent:
    """Add what the house keeps of tickets on resale, and what goes back. Without a ticket nothing of it is true."""
    content = replace(
        content,
        places=tuple(replace(place, short_code="") for place in content.places),
        total_minor=sum(place.price_minor for place in content.places),
        is_over=not content.places,
    )
    match content.kind:
        case LetterKind.RESALE:
            kept = load_expected_commission(session, lines)
            return replace(content, commission_minor=kept, expected_minor=content.total_minor - kept)
        case LetterKind.RESOLD if letter.change_id is not None:
            return replace(content, commission_minor=load_kept_commission(session, order_id, letter.change_id))
        case _:
            return content


def _with_tickets(
    session: Session, letter: _Letter, order_id: int, facts: LetterFacts, content: LetterContent
) -> LetterContent:
    """Add the tickets that are good. What was sold stays told as it was sold, whatever became of it."""
    faces = tuple(
        face
        for face in load_ticket_faces(session, list(facts.tickets))
        if face.issue_count == facts.tickets[face.ticket_id]
    )
    paid = () if letter.change_id is None else load_paid(session, order_id, letter.change_id)
    total, fees = sum(money.amount_minor for money in paid), 0
    if content.kind is LetterKind.CONFIRMATION and letter.parts == 1:
        fees = max(0, total - load_ticket_prices(session, list(facts.tickets)))
    return replace(
        content,
        places=places_on(faces),
        faces=faces,
        left_out=len(facts.tickets) - len(faces),
        paid=paid,
        total_minor=total,
        fee_minor=fees,
    )


def _evenings(
    session: Session, letter: _Letter, facts: LetterFacts, content: LetterContent
) -> tuple[LetterEvening, ...]:
    """Return the performances of a letter: of its places, else the one that it is about."""
    told = {place.performance_id for place in content.places}
    if letter.performance_id is not None and (not told or content.kind is LetterKind.CANCELLED):
        told = {letter.performance_id}
    was = facts.starts_was
    if was is None and facts.from_performance is not None:
        of = select(Performance.starts_at).where(Performance.id == facts.from_performance)
        was = session.execute(of).scalar_one_or_none()
    return load_evenings(session, told, starts_was=was) if told else ()


def sender_of(session: Session, content: LetterContent) -> str:
    """Return who writes where the house has no name of its own: its venue, of this letter, else the first."""
    if content.evenings:
        return content.evenings[0].venue
    first = select(Venue.name).where(Venue.deleted_at.is_(None)).order_by(Venue.id).limit(1)
    return session.execute(first).scalar_one_or_none() or ""


def letter_language(asked: str, house: HouseSettings) -> str:
    """Return the locale of a letter: its own, else the house's."""
    return next(name for name in _locales(asked, house.language, _USUAL_LANGUAGE))


def _locales(*names: str) -> Iterator[str]:
    for name in names:
        try:
            Locale.parse(country_of(name.replace("-", "_")))
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        yield name.replace("-", "_")
