"""Two versions of one record put together. Values are by name of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Values = dict[str, object]


def contested(base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]) -> list[str]:
    """Return the fields that they changed and in which mine is something else; what only I changed is not contested."""
    return [name for name in mine if theirs.get(name) != base.get(name) and theirs.get(name) != mine[name]]


def merged(
    base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object], keep: Collection[str]
) -> Values:
    """Return theirs with my own changes; keep: the contested fields in which mine holds."""
    disputed = set(contested(base, mine, theirs))
    return {
        name: value if name in keep or (name not in disputed and value != base.get(name)) else theirs.get(name)
        for name, value in mine.items()
    }
