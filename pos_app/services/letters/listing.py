"""Letters found by state, kind, order and customer, and one with all that became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from pos_app.db.base import table_of
from pos_app.db.models import Customer, Order, OutboxEmail, StaffMember, Venue
from pos_app.domain.codes import looks_like_order_number, normalise_code
from pos_app.domain.customers.contact import email_key
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.errors import NotFound
from pos_app.domain.letters.kept_body import read_body
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.listing import (
    LONGEST_SEARCH,
    STATES_OF,
    LetterDetails,
    LetterQuery,
    LetterRow,
    LettersPage,
    LetterView,
    read_failure,
    read_files,
)
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.customers.finding import find_customers
from pos_app.services.letters.history import load_readdressed, load_stopper, load_tries
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

PAGE: Final = 50
_MOST_CUSTOMERS: Final = 200
"""The letters of so many who fit what is typed are looked for."""

_NOT_SENT: Final = tuple(state for state in LetterState if state not in STATES_OF[LetterView.SENT])

_LETTER = table_of(OutboxEmail)
_CUSTOMER = table_of(Customer)
_ORDER = table_of(Order)
_STAFF = table_of(StaffMember)
_VENUE = table_of(Venue)

_ZONE: Final = (
    select(_VENUE.c.time_zone).where(_VENUE.c.deleted_at.is_(None)).order_by(_VENUE.c.id).limit(1).scalar_subquery()
)
_ROW: Final[Select[Any]] = (
    select(
        _LETTER.c.id,
        _LETTER.c.kind,
        _LETTER.c.state,
        _LETTER.c.recipient,
        _LETTER.c.created_at,
        _LETTER.c.due_at,
        _LETTER.c.order_id,
        _ORDER.c.number,
        _LETTER.c.customer_id,
        _CUSTOMER.c.name.label("customer_name"),
        _LETTER.c.part,
        _LETTER.c.parts,
        _LETTER.c.tries,
        _LETTER.c.sent_at,
        _LETTER.c.closed_at,
        _LETTER.c.failure,
        _LETTER.c.may_be_twice,
        _LETTER.c.again_of_id,
    )
    .select_from(_LETTER)
    .outerjoin(_ORDER, _ORDER.c.id == _LETTER.c.order_id)
    .outerjoin(_CUSTOMER, _CUSTOMER.c.id == _LETTER.c.customer_id)
)


def list_letters(
    session: Session, actor: Actor, query: LetterQuery, *, before: int | None = None, limit: int = PAGE
) -> LettersPage:
    """Return letters, the newest first. before: go on below this id, as the last page says. Raises NotPermitted."""
    require(session, actor, Permission.LETTERS)
    asked = _ROW.order_by(_LETTER.c.id.desc()).limit(limit + 1)
    if query.view is LetterView.SENT:
        # Nearly all letters were sent. An index on their state would find them all, to be put in order: as they lie
        # they are in order, and a page of them is read at once.
        asked = asked.where(_LETTER.c.state.not_in(_NOT_SENT))
    elif query.view is not LetterView.ALL:
        asked = asked.where(_LETTER.c.state.in_(STATES_OF[query.view]))
    if query.kind is not None:
        asked = asked.where(_LETTER.c.kind == query.kind)
    if query.order_id is not None:
        asked = asked.where(_LETTER.c.order_id == query.order_id)
    if query.customer_id is not None:
        asked = asked.where(_LETTER.c.customer_id == query.customer_id)
    if text := clean_line(query.text, LONGEST_SEARCH):
        asked = asked.where(_told_by(session, actor, text))
    if before is not None:
        asked = asked.where(_LETTER.c.id < before)
    rows = tuple(map(letter_row, session.execute(asked)))
    return LettersPage(rows[:limit], rows[limit - 1].letter_id if len(rows) > limit else None)


def load_letter(session: Session, actor: Actor, letter_id: int) -> LetterDetails:
    """Return one letter with all that became of it. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.LETTERS)
    return read_letter(session, letter_id)


def read_letter(session: Session, letter_id: int) -> LetterDetails:
    """As load_letter, for a service that has looked at who asks."""
    row = read_row(session, letter_id)
    more = session.execute(
        select(
            _LETTER.c.language,
            _LETTER.c.message_id,
            _LETTER.c.subject,
            _LETTER.c.body,
            _LETTER.c.attachments,
            _LETTER.c.facts,
            _LETTER.c.failure,
            _CUSTOMER.c.email,
            _STAFF.c.name.label("staff_name"),
            _ZONE.label("time_zone"),
        )
        .select_from(_LETTER)
        .outerjoin(_CUSTOMER, _CUSTOMER.c.id == _LETTER.c.customer_id)
        .outerjoin(_STAFF, _STAFF.c.id == _LETTER.c.staff_id)
        .where(_LETTER.c.id == letter_id)
    ).one()
    tries = load_tries(session, letter_id)
    text, html = read_body(more.body)
    again = session.execute(
        select(_LETTER.c.id, _LETTER.c.recipient).where(*_repeats(row)).order_by(_LETTER.c.id.desc()).limit(1)
    ).one_or_none()
    return LetterDetails(
        row,
        more.language,
        more.message_id or "",
        more.email or "",
        more.time_zone or "UTC",
        staff_name=more.staff_name or "",
        till_name=tries[-1].till_name if tries and row.state is LetterState.SENDING else "",
        subject=more.subject,
        text=text,
        html=html,
        files=read_files(more.attachments),
        tries=tries,
        readdressed=load_readdressed(session, more.facts),
        again_id=again.id if again is not None else None,
        again_to=again.recipient if again is not None else "",
        stopped_by=load_stopper(session, more.failure) if row.state is LetterState.STOPPED else "",
    )


def read_row(session: Session, letter_id: int) -> LetterRow:
    """Return what is listed of one letter, as it is stored. Raises NotFound."""
    found = session.execute(_ROW.where(_LETTER.c.id == letter_id)).one_or_none()
    if found is None:
        raise NotFound(say("There is no letter of the number {number}.", number=letter_id))
    return letter_row(found)


def letter_row(row: Any) -> LetterRow:
    """Return what is listed of a letter, of what _ROW selects."""
    return LetterRow(
        row.id,
        LetterKind(row.kind),
        LetterState(row.state),
        row.recipient,
        row.created_at,
        row.due_at,
        row.order_id,
        row.number or "",
        row.customer_id,
        row.customer_name or "",
        row.part,
        row.parts,
        row.tries,
        row.sent_at,
        row.closed_at,
        read_failure(row.failure),
        row.may_be_twice,
        row.again_of_id,
    )


def _told_by(session: Session, actor: Actor, text: str) -> Any:
    """Ask for the letters of an order by its number, or of those customers whom a text finds, or to an address."""
    customers: Collection[int] = ()
    if actor.may(Permission.CUSTOMERS):
        page = find_customers(session, actor, CustomerQuery(text, archived=True), limit=_MOST_CUSTOMERS)
        customers = [one.customer_id for one in page.rows]
    ways: list[Any] = [_LETTER.c.customer_id.in_(customers)]
    if looks_like_order_number(text):
        order = select(_ORDER.c.id).where(_ORDER.c.number == normalise_code(text))
        ways.append(_LETTER.c.order_id.in_(list(session.execute(order).scalars())))
    if email_key(text):
        ways.append(_LETTER.c.recipient == text)
    return or_(*ways)


def _repeats(row: LetterRow) -> tuple[Any, ...]:
    """Ask for letters that repeat one; its order or its customer leads to them, for both are looked up by a key."""
    if row.order_id is not None:
        return _LETTER.c.order_id == row.order_id, _LETTER.c.again_of_id == row.letter_id
    return _LETTER.c.customer_id == row.customer_id, _LETTER.c.again_of_id == row.letter_id
