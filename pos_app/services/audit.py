"""Audit entries: appended in the transaction that they tell about, chained by hashes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import AuditEntry, AuditHead

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

JOBS_CHAIN = "jobs"


def till_chain(till_id: int) -> str:
    """Return the name of a till's chain."""
    return f"till:{till_id}"


def entry_hash(previous: str, body: str) -> str:
    """Return SHA-256 over the hash before (hex) and the stored text's UTF-8 bytes, hex."""
    return hashlib.sha256(previous.encode() + body.encode()).hexdigest()


def record(session: Session, actor: Actor, action: str, **details: Any) -> None:
    """Append an entry to the chain of the actor's till. Call it last: it locks the head until the commit."""
    append(session, till_chain(actor.till_id), action, staff=actor.staff_id, name=actor.name, **details)


def append(session: Session, chain: str, action: str, **details: Any) -> None:
    """Append an entry to a chain; the time in it is the server's."""
    head = select(AuditHead.seq, AuditHead.hash, utc_now().label("moment")).where(AuditHead.chain == chain)
    row = session.execute(head.with_for_update()).one_or_none()
    if row is None:
        open_chain(session, chain)
        row = session.execute(head.with_for_update()).one()
    moment: datetime = row.moment
    body = json.dumps(
        {"chain": chain, "seq": row.seq + 1, "at": moment.isoformat(), "action": action, **details},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    digest = entry_hash(row.hash, body)
    session.execute(
        insert(AuditEntry).values(
            chain=chain, seq=row.seq + 1, recorded_at=moment, action=action, body=body, hash=digest
        )
    )
    session.execute(update(AuditHead).where(AuditHead.chain == chain).values(seq=row.seq + 1, hash=digest))


def open_chain(session: Session, chain: str) -> None:
    """Make the head of a new chain; harmless where it is there."""
    if session.get(AuditHead, chain) is None:
        session.execute(insert(AuditHead).values(chain=chain, seq=0, hash=""))
