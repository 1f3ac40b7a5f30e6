"""The audit chains: each entry's hash is SHA-256 over the hash before it (hex) and its text, as UTF-8 bytes.

A chain cut at its end together with its head verifies: the hashes on Z reports and in backups tell that.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import AuditEntry, AuditHead
from pos_app.doctor.findings import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_AT_ONCE: Final = 2000


def judge_audit(session: Session, _names: Names) -> Iterator[Finding]:
    """Recompute each chain from its first entry to its head."""
    heads = {
        row.chain: (row.seq, row.hash)
        for row in session.execute(select(AuditHead.chain, AuditHead.seq, AuditHead.hash))
    }
    ends: dict[str, tuple[int, str]] = {}
    entries = session.execute(
        select(
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
        subject = f"Audit chain {entry.chain}, entry {entry.seq}"
        if entry.seq != seq + 1:
            missing = f"entry {seq + 1} is" if entry.seq == seq + 2 else f"entries {seq + 1} to {entry.seq - 1} are"
            yield Finding(Rule.AUDIT, f"{missing} missing before it", subject)
        elif sha256(before.encode() + entry.body.encode()).hexdigest() != entry.hash:
            yield Finding(Rule.AUDIT, "its text was changed: the hash does not fit", subject)
        told = _differing(entry.body, entry.chain, entry.seq, entry.action, entry.recorded_at)
        if told:
            yield Finding(Rule.AUDIT, told, subject)
        ends[entry.chain] = (entry.seq, entry.hash)
    for chain in sorted(ends.keys() | heads.keys()):
        if chain not in heads:
            yield Finding(Rule.AUDIT, "the chain has entries and no head", f"Audit chain {chain}")
        elif heads[chain] != ends.get(chain, (0, "")):
            seq, _ = ends.get(chain, (0, ""))
            yield Finding(
                Rule.AUDIT,
                f"its head stands at entry {heads[chain][0]} and is not the last one, {seq}: entries are missing, "
                "or were changed",
                f"Audit chain {chain}",
            )


def _differing(body: str, chain: str, seq: int, action: str, recorded_at: datetime) -> str:
    """Compare the columns, which the hash does not cover, with the text, which it covers; empty: they agree."""
    try:
        told = json.loads(body)
    except ValueError:
        return "its text cannot be read"
    if not isinstance(told, dict):
        return "its text cannot be read"
    columns = {"chain": chain, "seq": seq, "action": action, "at": recorded_at.isoformat()}
    wrong = [name for name, value in columns.items() if told.get(name) != value]
    return f"it differs from its text in: {', '.join(wrong)}" if wrong else ""
