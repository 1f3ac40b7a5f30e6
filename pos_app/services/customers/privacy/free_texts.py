"""Texts that belong to nobody's order and may name a person all the same: a reason, a note, what a gate scanned.

The person is cut out of them, and the rest stays: they are about something else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update

from pos_app.db.models import (
    AuditText,
    CashMovement,
    CheckIn,
    Customer,
    Hold,
    KeptBack,
    OutboxEmail,
    Performance,
    PromoCode,
    WaitingEntry,
    WaitingList,
    WaitingOffer,
    WorkItem,
    WorkList,
)
from pos_app.domain.letters.kinds import LetterKind
from pos_app.services.customers.privacy.tracing import texts_naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from pos_app.domain.customers.mentions import Mentions

_FEW: Final = 2_000
BEFORE_ORDERS: Final[tuple[InstrumentedAttribute[str], ...]] = (WorkList.reason,)
"""Whose rows are locked before an order's."""
BEFORE_CUSTOMER: Final[tuple[InstrumentedAttribute[str], ...]] = (Hold.extend_reason, KeptBack.reason)
"""Whose rows are locked before a customer's."""
BEHIND: Final[tuple[InstrumentedAttribute[str], ...]] = (
    Performance.cancel_reason,
    PromoCode.note,
    CashMovement.reason,
    CheckIn.scanned,
    WaitingList.reason,
    WaitingEntry.moved_reason,
    WaitingOffer.reason,
)
EVERYWHERE: Final = (*BEFORE_ORDERS, *BEFORE_CUSTOMER, *BEHIND)
_SHORTEST: Final = 4
"""Bytes of a text that may name somebody."""


def sure_of(session: Session, mentions: Mentions, customer_ids: tuple[int, ...]) -> Mentions:
    """Return by what a person is recognised where it stands for itself: not by a name that another customer has."""
    others = (
        select(func.count())
        .select_from(Customer)
        .where(Customer.name.in_(mentions.names), Customer.id.not_in(customer_ids), Customer.merged_into_id.is_(None))
    )
    if mentions.names and session.execute(others).scalar_one():
        return mentions.without_names()
    return mentions


def naming(
    session: Session, mentions: Mentions, columns: tuple[InstrumentedAttribute[str], ...]
) -> Iterator[tuple[InstrumentedAttribute[str], int, str]]:
    """Give each text of these columns that names the person: its column, the id of its row, and itself."""
    for column in columns:
        key = _key(column)
        rows = select(key, column).where(func.length(column) >= _SHORTEST)
        if column is CheckIn.scanned:
            # Codes of tickets are digits alone: of a million scans only what was typed is looked at.
            rows = rows.where(CheckIn.ticket_id.is_(None))
        last = 0
        while some := session.execute(rows.where(key > last).order_by(key).limit(_FEW)).all():
            yield from ((column, row[0], row[1]) for row in some if mentions.are_in(row[1]))
            last = some[-1][0]


def cut_out(session: Session, mentions: Mentions, columns: tuple[InstrumentedAttribute[str], ...]) -> None:
    """Cut the person out of the texts of these columns."""
    for column, key, text in list(naming(session, mentions, columns)):
        session.execute(update(column.class_).where(_key(column) == key).values({column.key: mentions.cut_from(text)}))


def _key(column: InstrumentedAttribute[str]) -> Any:
    """Return the key of the table that a text stands in."""
    table: Any = column.class_
    return table.performance_id if table is WaitingList else table.id


def cut_out_of_work(session: Session, mentions: Mentions) -> None:
    """Cut the person out of what is noted of work that failed; it is data, and stays readable."""
    rows = session.execute(
        select(WorkItem.work_list_id, WorkItem.order_id, WorkItem.failure).where(WorkItem.failure != "")
    ).all()
    for row in rows:
        if mentions.are_in(row.failure):
            session.execute(
                update(WorkItem)
                .where(WorkItem.work_list_id == row.work_list_id, WorkItem.order_id == row.order_id)
                .values(failure=mentions.cut_from(row.failure) if '"' in mentions.cut_from(row.failure) else "")
            )


def cut_out_of_notes(session: Session, mentions: Mentions) -> None:
    """Cut the person out of what the house wrote to others by hand; its facts are data, and stay readable."""
    notes = select(OutboxEmail.id, OutboxEmail.subject, OutboxEmail.body, OutboxEmail.facts).where(
        OutboxEmail.kind == LetterKind.NOTE
    )
    last = 0
    while some := session.execute(notes.where(OutboxEmail.id > last).order_by(OutboxEmail.id).limit(_FEW)).all():
        for row in some:
            told = {"subject": row.subject, "body": row.body, "facts": row.facts}
            named = {name: mentions.cut_from(text) for name, text in told.items() if text and mentions.are_in(text)}
            if "facts" in named:
                named["facts"] = _readable(named["facts"])
            if named:
                session.execute(update(OutboxEmail).where(OutboxEmail.id == row.id).values(**named))
        last = some[-1].id


def _readable(text: str) -> str:
    try:
        json.loads(text)
    except ValueError:
        return "{}"
    return text


def cut_out_of_audit(session: Session, mentions: Mentions) -> None:
    """Cut the person out of free texts beside entries that are about something else."""
    for entry_id, texts in list(texts_naming(session, mentions)):
        left = mentions.cut_from(texts)
        changed = update(AuditText).where(AuditText.entry_id == entry_id)
        session.execute(changed.values(texts=left if left.startswith("{") else "{}"))
