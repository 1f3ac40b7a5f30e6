"""Performances: when they are, what they are charged with, and whether an entry of the audit tells who decided that."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import Performance
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import agreed, replay
from pos_app.domain.sentences import Moment, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Entry, Found, Trail
    from pos_app.domain.sentences import Fact, Sentence

_ADVICE: Final = say(
    "Look at it under Manage, Events: guests hold tickets for what was announced. Then change the password of the "
    "database."
)
_FACTS: Final[dict[str, Callable[[Fact, Fact], Sentence]]] = {
    "event_id": lambda now, told: say("event {now}; by the audit {told}", now=now, told=told),
    "plan_id": lambda now, told: say("seating plan {now}; by the audit {told}", now=now, told=told),
    "starts_at": lambda now, told: say("begins {now} UTC; by the audit {told}", now=now, told=told),
    "doors_at": lambda now, told: say("doors {now} UTC; by the audit {told}", now=now, told=told),
    "ends_at": lambda now, told: say("ends {now} UTC; by the audit {told}", now=now, told=told),
    "on_sale_at": lambda now, told: say("on sale from {now} UTC; by the audit {told}", now=now, told=told),
    "off_sale_at": lambda now, told: say("on sale until {now} UTC; by the audit {told}", now=now, told=told),
    "ticket_fee_minor": lambda now, told: say("fee for each ticket {now}; by the audit {told}", now=now, told=told),
    "order_fee_minor": lambda now, told: say("fee for each order {now}; by the audit {told}", now=now, told=told),
}

Facts = dict[str, Any]


class _Performances:
    """What the audit tells of each performance. untold: those of which it does not tell all."""

    def __init__(self, trail: Trail) -> None:
        self.of: dict[int, Facts] = {}
        self.untold: set[int] = set()
        self._trail = trail

    def begin(self) -> None:
        for key, archived, facts in self._trail.noted("performances"):
            self.of[int(key)] = _known(facts) | {"state": str(facts["state"]), "archived": bool(archived)}

    def step(self, entry: Entry) -> None:
        told = entry.told
        match entry.action:
            case "performance_added":
                self._add(int(told["performance"]), told)
            case "performance_repeated" if "facts" in told:
                for key, facts in zip(told["made"], told["facts"], strict=True):
                    self._add(int(key), facts)
            case "performance_repeated":
                self.untold |= {int(one) for one in told["made"]}
            case "performance_changed":
                self._change(told["performance"], _known(told["after"]))
            case "performance_cancelled" | "performance_reinstated":
                state = "cancelled" if entry.action == "performance_cancelled" else "scheduled"
                self._change(told["performance"], {"state": state})
            case "performance_archived" | "performance_restored":
                self._change(told["performance"], {"archived": entry.action == "performance_archived"})
            case "prices_changed":
                ticket_fee, order_fee = told["fees_after"]
                fees = {"ticket_fee_minor": int(ticket_fee), "order_fee_minor": int(order_fee)}
                self._change(told["performance"], fees)
            case "plan_version_added" | "performances_moved":
                for key in told["performances"]:
                    self._change(key, {"plan_id": int(told["plan"])})

    def _add(self, key: int, facts: Any) -> None:
        self.of[key] = _known(facts) | {"state": "scheduled", "archived": False}

    def _change(self, key: Any, facts: Facts) -> None:
        if known := self.of.get(int(key)):
            known.update(facts)


def judge_performances(session: Session, names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the performances with what the audit tells of them."""
    columns = [getattr(Performance, name) for name in _FACTS]
    query = select(Performance.id, Performance.state, Performance.deleted_at, *columns).order_by(Performance.id)
    rows = {row["id"]: row for row in session.execute(query).mappings()}

    def look(entries: Sequence[Entry]) -> Found:
        told = _Performances(trail)
        found = replay(trail, entries, told.begin, told.step)
        for key in sorted(rows.keys() | told.of.keys()):
            if key not in told.untold and (sentence := _told(rows.get(key), told.of.get(key))):
                found["performance", key] = Finding(Rule.TOLD_SEASON, sentence, names.performance(key), _ADVICE)
        return found

    yield from agreed(trail, look)


def _told(row: Any, facts: Facts | None) -> Sentence | None:
    """Say what is not as it is told; None: nothing."""
    if row is None:
        return say("it is gone, and the audit tells of it")
    if facts is None:
        on_sale = row["state"] != "cancelled" and row["deleted_at"] is None
        return say("no entry of the audit tells who made it") if on_sale else None
    if row["state"] != facts["state"]:
        if row["state"] == "cancelled":
            return say("it is cancelled, and no entry of the audit tells who did it")
        return say("by the audit it is cancelled, and it is sold again")
    if (row["deleted_at"] is not None) != facts["archived"]:
        return say("by the audit it was put away") if facts["archived"] else say("by the audit it was not put away")
    for name, sentence in _FACTS.items():
        if name in facts and row[name] != facts[name]:
            return sentence(_fact(row[name]), _fact(facts[name]))
    return None


def _known(facts: Any) -> Facts:
    """Return what an entry tells, its times as moments."""
    return {
        name: _moment(value) if isinstance(value, str) else value for name, value in facts.items() if name in _FACTS
    }


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fact(value: Any) -> Fact:
    if value is None:
        return say("none")
    return Moment(value, "UTC", year=True) if isinstance(value, datetime) else str(value)
