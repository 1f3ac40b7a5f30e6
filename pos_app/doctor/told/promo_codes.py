"""Promo codes: what they take off, and whether an entry of the audit tells who decided that.

Where a code may be used only for some price categories, a new version of a seating plan widens it by its own ones; so
much more is let pass.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import PromoCode
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import agreed, replay
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Entry, Found, Trail
    from pos_app.domain.sentences import Sentence

_ADVICE: Final = say(
    "End the code under Manage, Promo codes, unless the managers know of it, and look at its redemptions. Then "
    "change the password of the database."
)
_COLUMNS: Final = (
    "code", "kind", "scope", "value", "hundredths", "currency", "valid_from", "valid_until", "most_uses",
    "most_uses_each", "least_spend_minor", "combinable", "verified_only",
)  # fmt: skip


@dataclass(slots=True)
class _Code:
    """What the audit tells of a code. rule: by column, None: it does not tell (yet)."""

    rule: Mapping[str, Any] | None
    ended: bool = False
    archived: bool = False


@dataclass(slots=True)
class _Codes:
    """What the audit tells of codes, by their ids, and of batches: how many, and what each is.

    batch_of: the batch of each code that is there.
    """

    trail: Trail
    batch_of: Mapping[int, str]
    of: dict[int, _Code] = field(default_factory=dict)
    batches: dict[str, tuple[int, _Code]] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)

    def begin(self) -> None:
        for key, batch, ended, archived, rule in self.trail.noted("promo_codes"):
            self.of[int(key)] = _Code(dict(rule), bool(ended), bool(archived))
            if batch:
                count, code = self.batches.get(str(batch), (0, _Code(None)))
                self.batches[str(batch)] = count + 1, code

    def step(self, entry: Entry) -> None:
        told = entry.told
        if entry.action.startswith("promo_code_") and "promo_code" not in told:
            self.untold.add(str(told["code"]))
            return
        match entry.action:
            case "promo_code_added":
                self.of[int(told["promo_code"])] = _Code(dict(told["stored"]))
            case "promo_code_changed":
                if code := self._code(told):
                    code.rule = dict(told["stored"])
            case "promo_code_ended" | "promo_code_reopened":
                if code := self._code(told):
                    code.ended = entry.action == "promo_code_ended"
            case "promo_code_archived" | "promo_code_restored":
                if code := self._code(told):
                    code.archived = entry.action == "promo_code_archived"
            case "promo_batch_made":
                rule = {name: value for name, value in told["stored"].items() if name != "code"}
                self.batches[str(told["batch"])] = int(told["codes"]), _Code(rule)
            case "promo_batch_ended":
                batch = str(told["batch"])
                self.batches[batch][1].ended = True
                for key, code in self.of.items():
                    code.ended = code.ended or self.batch_of.get(key) == batch

    def _code(self, told: Mapping[str, Any]) -> _Code | None:
        key = int(told["promo_code"])
        if key not in self.of and (as_its_batch := self.of_batch(key)):
            self.of[key] = as_its_batch
        return self.of.get(key)

    def of_batch(self, key: int) -> _Code | None:
        """Return what is told of a code as one of its batch, to be its own from then on."""
        batch = self.batches.get(self.batch_of.get(key, ""))
        return None if batch is None or batch[1].rule is None else replace(batch[1])


def judge_told_codes(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the promo codes with what the audit tells of them."""
    if trail.opened is None:
        return
    columns = [getattr(PromoCode, name) for name in (*_COLUMNS, "only", "ended_at", "deleted_at", "batch")]
    query = select(PromoCode.id, *columns).order_by(PromoCode.id)
    rows = {row["id"]: row for row in session.execute(query).mappings()}
    batch_of = {key: row["batch"] for key, row in rows.items() if row["batch"]}

    def look(entries: Sequence[Entry]) -> Found:
        codes = _Codes(trail, batch_of)
        found = replay(trail, entries, codes.begin, codes.step)
        for key, row in rows.items():
            if row["code"] in codes.untold:
                continue
            if told := _told(row, codes.of.get(key) or codes.of_batch(key)):
                subject = say("Promo code {code}", code=row["code"])
                found["code", key] = Finding(Rule.TOLD_SEASON, told, subject, _ADVICE)
        for gone in codes.of.keys() - rows.keys():
            subject = say("Promo code {code}", code=str(gone))
            found["code", gone] = Finding(Rule.TOLD_SEASON, say("it is gone, and the audit tells of it"), subject)
        for batch, (count, _code) in codes.batches.items():
            here = sum(one == batch for one in batch_of.values())
            if here != count:
                sentence = say("{here} codes are there; the audit tells of {told}", here=here, told=count)
                subject = say("Batch of promo codes {batch}", batch=batch)
                found["batch", batch] = Finding(Rule.TOLD_SEASON, sentence, subject, _ADVICE)
        return found

    yield from agreed(trail, look)


def _told(row: Any, code: _Code | None) -> Sentence | None:
    """Say what is not as it is told; None: nothing."""
    if code is None:
        is_taken = row["ended_at"] is None and row["deleted_at"] is None
        return say("no entry of the audit tells who made it") if is_taken else None
    if code.rule is not None:
        wrong = [name for name in _COLUMNS if name in code.rule and _plain(row[name]) != code.rule[name]]
        if not _same_limits(row["only"], code.rule.get("only", {})):
            wrong.append("only")
        if wrong:
            return say(
                "its rule is another one than the audit tells: {fields}", fields=", ".join(_word(one) for one in wrong)
            )
    if (row["ended_at"] is not None) != code.ended:
        return say("by the audit it was ended, and it is taken again") if code.ended else say("by the audit it runs")
    if (row["deleted_at"] is not None) != code.archived:
        return say("by the audit it was put away") if code.archived else say("by the audit it was not put away")
    return None


def _same_limits(stored: str, told: Any) -> bool:
    try:
        only = {name: set(ids) for name, ids in json.loads(stored).items() if ids}
        wanted = {name: set(ids) for name, ids in told.items() if ids}
    except (ValueError, AttributeError, TypeError):
        return False
    categories, wanted_categories = only.pop("categories", set()), wanted.pop("categories", set())
    return only == wanted and bool(categories) == bool(wanted_categories) and categories >= wanted_categories


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _word(name: str) -> str:
    return name.removesuffix("_minor").replace("_", " ")
