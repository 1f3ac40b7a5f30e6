"""What a benchmark tells: a number, its goal, and what else is worth knowing about it."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Figure:
    """One line of the table. goal: None where the number is only stated; at_least: whether more is better.

    value: None where it could not be measured. A time is told as a multiple of a yardstick ("x") that was measured
    beside it, so that it says the same on every machine; the milliseconds themselves are facts.
    """

    name: str
    value: float | None
    unit: str
    goal: float | None = None
    at_least: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """Say whether the goal is met."""
        if self.value is None:
            return "NOT MEASURED"
        if self.goal is None:
            return ""
        met = self.value >= self.goal if self.at_least else self.value <= self.goal
        return "met" if met else "MISSED"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text, what else is known of each below it."""
    wide = max((len(figure.name) for figure in figures), default=0)
    lines = [f"{'figure':{wide}}  {'measured':>12}  {'goal':>12}"]
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        goal = "" if figure.goal is None else f"{sign} {figure.goal:g} {figure.unit}"
        measured = "" if figure.value is None else f"{figure.value:.4g} {figure.unit}"
        lines.append(f"{figure.name:{wide}}  {measured:>12}  {goal:>12}  {figure.verdict}".rstrip())
        lines += [f"    {name}: {_spoken(fact)}" for name, fact in figure.facts.items()]
    return "\n".join(lines)


def _spoken(fact: Any) -> str:
    if isinstance(fact, dict):
        return ", ".join(f"{name} {_spoken(value)}" for name, value in fact.items())
    if isinstance(fact, list):
        return " ".join(_spoken(one) for one in fact)
    return f"{fact:.4g}" if isinstance(fact, float) else str(fact)


def milliseconds(deed: Callable[[], object]) -> float:
    """Return how long a deed takes."""
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def p95(values: Sequence[float]) -> float:
    """Return what 95 of 100 values do not pass."""
    return quantiles(values, n=20, method="inclusive")[-1]
