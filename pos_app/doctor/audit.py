"""The audit chains: each entry's hash is SHA-256 over the hash before it (hex) and its text, as UTF-8 bytes.

A chain cut at its end together with its head verifies: the hashes on Z reports and in backups tell that.
"""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import AuditEntry, AuditHead
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import Entry, Trail, strange_entry
from pos_app.domain.sentences import NOTHING, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence

_AT_ONCE: Final = 2000
_UNREADABLE: Final = say("its text cannot be read")
_FAR_BACK: Final = timedelta(days=1)
"""Clocks are put right by seconds, and by an hour where somebody took winter time for a fault."""


def judge_audit(session: Session, trail: Trail) -> Iterator[Finding]:
    """Recompute each chain from its first entry to its head; the trail is told each entry on the way."""
    heads = {
        row.chain: (row.seq, row.hash)
        for row in session.execute(select(AuditHead.chain, AuditHead.seq, AuditHead.hash))
    }
    ends: dict[str, tuple[int, str]] = {}
    times: dict[str, datetime] = {}
    entries = session.execute(
        select(
            AuditEntry.id,
            AuditEntry.chain,
            AuditEntry.seq,
            AuditEntry.recorded_at,
            AuditEntry.action,
            AuditEntry.body,
            AuditEntry.hash,
        ).order_by(AuditEntry.chain, AuditEntry.seq),
        execution_options={"yield_per": _AT_ONCE},
    )
    for entry in entries:
        seq, before = ends.get(entry.chain, (0, ""))
        subject = say("Audit chain {chain}, entry {entry}", chain=entry.chain, entry=str(entry.seq))
        if entry.seq != seq + 1:
            yield Finding(Rule.AUDIT, _missing(seq + 1, entry.seq - 1), subject)
        elif sha256(before.encode() + entry.body.encode()).hexdigest() != entry.hash:
            yield Finding(Rule.AUDIT, say("its text was changed: the hash does not fit"), subject)
        text = _read(entry.body)
        told = (
            _UNREADABLE if text is None else _differing(text, entry.chain, entry.seq, entry.action, entry.recorded_at)
        )
        if told:
            yield Finding(Rule.AUDIT, told, subject)
        if text is not None:
            read = Entry(entry.id, entry.chain, entry.seq, entry.recorded_at, str(text.get("action")), text)
            if not trail.add(read):
                yield strange_entry(read)
        if entry.recorded_at < times.get(entry.chain, entry.recorded_at) - _FAR_BACK:
            yield Finding(
                Rule.AUDIT,
                say("it is more than a day older than the entry before it"),
                subject,
                advice=say("The server's clock was set back, or the chain was written anew: compare a backup."),
            )
        times[entry.chain] = entry.recorded_at
        ends[entry.chain] = (entry.seq, entry.hash)
    for chain in sorted(ends.keys() | heads.keys()):
        if chain not in heads:
            yield Finding(Rule.AUDIT, say("the chain has entries and no head"), say("Audit chain {chain}", chain=chain))
        elif heads[chain] != ends.get(chain, (0, "")):
            seq, _ = ends.get(chain, (0, ""))
            yield Finding(
                Rule.AUDIT,
                say(
                    "its head stands at entry {head} and is not the last one, {last}: entries are missing, or were "
                    "changed",
                    head=str(heads[chain][0]),
                    last=str(seq),
                ),
                say("Audit chain {chain}", chain=chain),
            )


def _missing(first: int, last: int) -> Sentence:
    if first == last:
        return say("entry {entry} is missing before it", entry=str(first))
    return say("entries {first} to {last} are missing before it", first=str(first), last=str(last))


def _read(body: str) -> dict[str, Any] | None:
    """Return what a text tells; None: it cannot be read."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _differing(told: dict[str, Any], chain: str, seq: int, action: str, recorded_at: datetime) -> Sentence:
    """Compare the columns, which the hash does not cover, with the text, which it covers; NOTHING: they agree."""
    columns = {"chain": chain, "seq": seq, "action": action, "at": recorded_at.isoformat()}
    wrong = [name for name, value in columns.items() if told.get(name) != value]
    return say("it differs from its text in: {columns}", columns=", ".join(wrong)) if wrong else NOTHING
