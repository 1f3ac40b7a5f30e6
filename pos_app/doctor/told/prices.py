"""Prices: what a seat costs, and whether an entry of the audit tells who decided that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import Performance, Price, PriceCategory, SeatingPlan, TicketType, Venue
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import agreed, replay
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Entry, Found, Trail
    from pos_app.domain.sentences import Sentence

_ADVICE: Final = say(
    "Set the price under Manage, Events, and look at what was sold since. Then change the password of the database."
)

Kind = tuple[int, int]
"""A price category and a ticket type."""


class _Prices:
    """What each performance costs by the audit; one that is not in `of` is not judged."""

    def __init__(self, trail: Trail) -> None:
        self.of: dict[int, dict[Kind, int]] = {}
        self._trail = trail

    def begin(self) -> None:
        self.of |= {int(one[0]): {} for one in self._trail.noted("performances")}
        self.of |= {int(performance_id): _grid(some) for performance_id, some in self._trail.noted("prices")}

    def step(self, entry: Entry) -> None:
        told = entry.told
        match entry.action:
            case "performance_added":
                self.of[int(told["performance"])] = {}
            case "performance_repeated":
                self.of |= {int(one): _grid(told["prices"]) for one in told["made"] if "prices" in told}
            case "performance_changed" if told["before"]["plan_id"] != told["after"]["plan_id"]:
                self.of[int(told["performance"])] = {}
            case "prices_changed":
                grid = self.of.get(int(told["performance"]), {})
                for category, ticket_type, _before, after in told["changed"]:
                    if after is None:
                        grid.pop((int(category), int(ticket_type)), None)
                    else:
                        grid[int(category), int(ticket_type)] = int(after)
            case "plan_changed" | "plan_version_added" | "performances_moved":
                new = {int(old): int(now) for old, now in told.get("categories", ())}
                for performance_id in told["performances"]:
                    key = int(performance_id)
                    was_told, grid = key in self.of, self.of.pop(key, {})
                    if was_told and "categories" in told:
                        self.of[key] = {
                            (new[category], kind): amount
                            for (category, kind), amount in grid.items()
                            if category in new
                        }


def _grid(prices: Any) -> dict[Kind, int]:
    return {(int(category), int(ticket_type)): int(amount) for category, ticket_type, amount in prices}


def judge_prices(session: Session, names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the prices with what the audit tells of them."""
    now: dict[int, dict[Kind, int]] = {}
    rows = session.execute(
        select(Price.performance_id, Price.category_id, Price.ticket_type_id, Price.amount_minor),
        execution_options={"yield_per": 2000},
    )
    for performance_id, category_id, type_id, amount in rows:
        now.setdefault(performance_id, {})[category_id, type_id] = amount
    words = _Words(session, names)

    def look(entries: Sequence[Entry]) -> Found:
        told = _Prices(trail)
        found = replay(trail, entries, told.begin, told.step)
        for performance_id, grid in told.of.items():
            here = now.get(performance_id, {})
            for kind in sorted(grid.keys() | here.keys()):
                if grid.get(kind) != here.get(kind):
                    found["price", performance_id, kind] = words.finding(
                        performance_id, kind, here.get(kind), grid.get(kind)
                    )
        return found

    yield from agreed(trail, look)


class _Words:
    """Names of categories and ticket types; read when the first one is told."""

    def __init__(self, session: Session, names: Names) -> None:
        self._session = session
        self._names = names
        self._known: tuple[dict[int, str], dict[int, str], dict[int, str]] | None = None

    def _read(self) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
        pairs = (
            select(PriceCategory.id, PriceCategory.name),
            select(TicketType.id, TicketType.name),
            select(Performance.id, Venue.currency)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id),
        )
        first, second, third = ({row[0]: str(row[1]) for row in self._session.execute(query)} for query in pairs)
        return first, second, third

    def finding(self, performance_id: int, kind: Kind, here: int | None, told: int | None) -> Finding:
        if self._known is None:
            self._known = self._read()
        categories, types, currencies = self._known
        currency = currencies.get(performance_id, "")

        def amount(minor: int | None) -> Money | Sentence:
            return say("nothing") if minor is None else Money(minor, currency)

        subject = say(
            "{performance}, {category}, {ticket_type}",
            performance=self._names.performance(performance_id),
            category=categories.get(kind[0], str(kind[0])),
            ticket_type=types.get(kind[1], str(kind[1])),
        )
        sentence = say("it costs {now}; by the audit it costs {told}", now=amount(here), told=amount(told))
        return Finding(Rule.TOLD_SEASON, sentence, subject, _ADVICE)
