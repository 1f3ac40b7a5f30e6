"""Keys of tills: which one gates trust, and whether an entry of the audit tells who enrolled it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import Till, TillKey
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import agreed, replay
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Entry, Found, Trail
    from pos_app.domain.sentences import Sentence

_ADVICE: Final = say(
    "Revoke the key under Manage, Tills, unless the managers know of it. Then change the password of the database."
)


@dataclass(slots=True)
class _Key:
    till_id: int
    public_key: str
    revoked: bool = False


def judge_till_keys(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the keys of tills with what the audit tells of them."""
    rows = session.execute(
        select(TillKey.id, TillKey.till_id, TillKey.public_key, TillKey.revoked_at, Till.name)
        .outerjoin(Till, Till.id == TillKey.till_id)
        .order_by(TillKey.id)
    ).all()

    def look(entries: Sequence[Entry]) -> Found:
        keys: dict[int, _Key] = {}

        def begin() -> None:
            for key, till_id, public_key, revoked in trail.noted("keys"):
                keys[int(key)] = _Key(int(till_id), str(public_key), bool(revoked))

        found = replay(trail, entries, begin, lambda entry: _step(keys, entry))
        for row in rows:
            if told := _told(row, keys.get(row.id)):
                subject = say("Key {key} of {till}", key=str(row.id), till=row.name or "?")
                found["key", row.id] = Finding(Rule.TOLD_STAFF, told, subject, _ADVICE)
        for gone in keys.keys() - {row.id for row in rows}:
            subject = say("Key {key}", key=str(gone))
            found["key", gone] = Finding(Rule.TOLD_STAFF, say("it is gone, and the audit tells of it"), subject)
        return found

    yield from agreed(trail, look)


def _step(keys: dict[int, _Key], entry: Entry) -> None:
    told = entry.told
    match entry.action:
        case "till_key_enrolled":
            keys[int(told["key"])] = _Key(int(told["till"]), str(told["public_key"]))
        case "till_key_revoked":
            if key := keys.get(int(told["key"])):
                key.revoked = True


def _told(row: Any, key: _Key | None) -> Sentence | None:
    """Say what is not as it is told; None: nothing."""
    if key is None:
        return say("no entry of the audit tells who enrolled it") if row.revoked_at is None else None
    if row.public_key != key.public_key:
        return say("it is another key than the one that was enrolled")
    if row.till_id != key.till_id:
        return say("it was enrolled for another till ({till})", till=str(key.till_id))
    if key.revoked and row.revoked_at is None:
        return say("by the audit it was revoked, and gates trust it again")
    if row.revoked_at is not None and not key.revoked:
        return say("it is revoked, and no entry of the audit tells who did it")
    return None
