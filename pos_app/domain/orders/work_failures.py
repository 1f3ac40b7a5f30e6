"""Why an order of a work list could not be done, kept as data: it is said in the language of whoever looks at it.

An error is written down as its class, and its sentences as templates with typed facts; never as a text that was said.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.sentences import NOTHING, Moment, Money, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.errors import PosError
    from pos_app.domain.sentences import Fact

LONGEST_FAILURE: Final = 4_000
"""Characters; what is longer is cut to its class, which always fits."""


@dataclass(frozen=True, slots=True)
class WorkFailure:
    """What went wrong. error: the name of its class."""

    error: str
    message: Sentence = NOTHING
    advice: Sentence = NOTHING


def failure_of(error: PosError) -> WorkFailure:
    """Return what is kept of an error."""
    return WorkFailure(type(error).__name__, error.message, error.advice)


def write_failure(failure: WorkFailure) -> str:
    """Write a failure as it is stored."""
    told = _text([failure.error, _written(failure.message), _written(failure.advice)])
    return told if len(told) <= LONGEST_FAILURE else _text([failure.error])


def read_failure(text: str) -> WorkFailure | None:
    """Read a failure; "" is none, and of what is no such text nothing but that something failed is known."""
    if not text:
        return None
    try:
        error, *sentences = json.loads(text)
        message, advice = ([_read(one) for one in sentences] + [NOTHING, NOTHING])[:2]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return WorkFailure("")
    if not all(isinstance(one, Sentence) for one in (message, advice)):
        return WorkFailure(str(error))
    return WorkFailure(str(error), message, advice)


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _written(fact: Fact) -> object:
    """Write a fact so that it is told apart from every other kind: texts and numbers as they are, the rest named."""
    match fact:
        case Sentence():
            facts = {name: _written(one) for name, one in fact.facts.items()}
            return {"say": [fact.template, fact.many, facts]}
        case Money(minor, currency):
            return {"money": [minor, currency]}
        case Moment(at, time_zone, year, until):
            return {"moment": [_moment(at), time_zone, year, until and _moment(until)]}
        case Span(seconds):
            return {"span": [seconds]}
        case tuple():
            return {"list": [_written(one) for one in fact]}
        case date() if not isinstance(fact, datetime):
            return {"date": [fact.isoformat()]}
        case _:
            return fact if isinstance(fact, str | int | float) else str(fact)


def _read(told: Any) -> Any:
    """Read what _written wrote. Raises ValueError, TypeError, KeyError, AttributeError."""
    if not isinstance(told, dict):
        return told
    ((kind, values),) = told.items()
    return _READERS[kind](*values)


def _read_sentence(template: str, many: str, facts: dict[str, Any]) -> Sentence:
    return Sentence(template, many, {name: _read(one) for name, one in facts.items()})


def _read_moment(at: str, time_zone: str, year: bool, until: str | None) -> Moment:  # noqa: FBT001 - as it is written
    end = datetime.fromisoformat(until) if until else None
    return Moment(datetime.fromisoformat(at), time_zone, year=year, until=end)


_READERS: Final[dict[str, Callable[..., object]]] = {
    "say": _read_sentence,
    "money": Money,
    "moment": _read_moment,
    "span": Span,
    "list": lambda *facts: tuple(_read(one) for one in facts),
    "date": date.fromisoformat,
}


def _moment(at: datetime) -> str:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
