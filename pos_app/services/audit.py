"""Audit entries: appended in the transaction that they tell about, chained by hashes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import AuditEntry, AuditHead, AuditText
from pos_app.db.results import inserted_key

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

JOBS_CHAIN = "jobs"

_ENTRY = table_of(AuditEntry)
_HEAD = table_of(AuditHead)
_TEXT = table_of(AuditText)

# Built once: an entry is made with every sale, and building them takes longer than asking the server.
_LOCK_HEAD = (
    select(_HEAD.c.seq, _HEAD.c.hash, utc_now().label("moment"))
    .where(_HEAD.c.chain == bindparam("of_chain"))
    .with_for_update()
)
_MAKE_ENTRY = insert(_ENTRY)
_MAKE_TEXT = insert(_TEXT)
_MOVE_HEAD = (
    update(_HEAD)
    .where(_HEAD.c.chain == bindparam("of_chain"))
    .values(seq=bindparam("number"), hash=bindparam("digest"))
)


def till_chain(till_id: int) -> str:
    """Return the name of a till's chain."""
    return f"till:{till_id}"


def entry_hash(previous: str, body: str) -> str:
    """Return SHA-256 over the hash before (hex) and the stored text's UTF-8 bytes, hex."""
    return hashlib.sha256(previous.encode() + body.encode()).hexdigest()


class FreeText(str):
    """What a person typed, among the details of an entry: it is kept beside the hashed text, where it may be erased.

    No personal word stands in the other details: a customer is "customer:ID" there.
    """

    __slots__ = ()


def record(session: Session, actor: Actor, action: str, **details: Any) -> None:
    """Append an entry to the chain of the actor's till. Call it last: it locks the head until the commit."""
    append(session, till_chain(actor.till_id), action, staff=actor.staff_id, name=actor.name, **details)


def append(session: Session, chain: str, action: str, **details: Any) -> None:
    """Append an entry to a chain; the time in it is the server's. details: see FreeText."""
    texts = {name: text for name, text in details.items() if isinstance(text, FreeText)}
    if texts:
        details = {name: value for name, value in details.items() if name not in texts}
    connection = session.connection()
    row = connection.execute(_LOCK_HEAD, {"of_chain": chain}).one_or_none()
    if row is None:
        open_chain(session, chain)
        row = connection.execute(_LOCK_HEAD, {"of_chain": chain}).one()
    moment: datetime = row.moment
    body = json.dumps(
        {"chain": chain, "seq": row.seq + 1, "at": moment.isoformat(), "action": action, **details},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    digest = entry_hash(row.hash, body)
    number = row.seq + 1
    entry = {"chain": chain, "seq": number, "recorded_at": moment, "action": action, "body": body, "hash": digest}
    made = connection.execute(_MAKE_ENTRY, entry)
    if any(texts.values()):
        document = json.dumps(texts, ensure_ascii=False, sort_keys=True)
        connection.execute(_MAKE_TEXT, {"entry_id": inserted_key(made), "texts": document})
    connection.execute(_MOVE_HEAD, {"of_chain": chain, "number": number, "digest": digest})


def open_chain(session: Session, chain: str) -> None:
    """Make the head of a new chain; harmless where it is there."""
    if session.get(AuditHead, chain) is None:
        session.execute(insert(AuditHead).values(chain=chain, seq=0, hash=""))
