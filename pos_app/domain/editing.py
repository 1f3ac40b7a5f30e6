"""Two people at work on one record, and fields that hold what cannot be.

A service that saves is told what the person had before (`before`), what is wanted, and looks at what is stored now:

    def save_venue(session: Session, actor: Actor, before: VenueRecord, wanted: VenueDraft) -> VenueRecord:
        now = _VENUES.locked(session, actor, before.venue_id)
        if _VENUES.is_stored(before, now, wanted):    # ChangedMeanwhile
            return now                                # asked for twice: done already
        problems = FieldProblems()
        if not wanted.name:
            problems.add("name", say("Type a name."))
        problems.require_none()                       # FieldRefused
        return _VENUES.change(session, actor, now, wanted, venue=now.venue_id)
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pos_app.domain.card_numbers import has_card_number, tell_card_number
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, Sentence, say, say_in_turn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from _typeshed import DataclassInstance


class FieldRefused(PosError):
    """Some fields hold what cannot be saved; nothing was saved. fields: by their names, the sentence beside each."""

    def __init__(self, refused: Mapping[str, Sentence], *, advice: Sentence = NOTHING) -> None:
        super().__init__(say_in_turn(*refused.values()), advice=advice)
        self.fields: Mapping[str, Sentence] = MappingProxyType(dict(refused))


@dataclass(frozen=True, slots=True)
class Change:
    """A field that somebody changed. before: what it was when it was read here; now: what is stored."""

    field: str
    before: object
    now: object


class ChangedMeanwhile(PosError):
    """Somebody else saved the same record after it was read here; nothing was saved.

    current: the record as it is stored now. changes: what is different from the one read here.
    """

    def __init__(
        self, message: Sentence, *, current: object, changes: tuple[Change, ...], advice: Sentence = NOTHING
    ) -> None:
        super().__init__(message, advice=advice)
        self.current = current
        self.changes = changes


class FieldProblems:
    """Collects what is wrong with a draft, so that it is said all at once; the first sentence on a field stays."""

    def __init__(self) -> None:
        self._found: dict[str, Sentence] = {}

    def add(self, field: str, sentence: Sentence) -> None:
        """Say what is wrong with a field."""
        self._found.setdefault(field, sentence)

    def refuse_card_numbers(self, **texts: str) -> None:
        """Say in which fields a whole card number stands, which is kept nowhere. texts: by the names of the fields."""
        for field, text in texts.items():
            if has_card_number(text):
                self.add(field, tell_card_number(field))

    def require_none(self) -> None:
        """Raise FieldRefused when there is any."""
        if self._found:
            raise FieldRefused(self._found)


def changes_between(
    before: DataclassInstance, now: DataclassInstance, *, leaving_out: Collection[str] = ()
) -> tuple[Change, ...]:
    """Compare two records field by field, in the order of the first one's fields; fields that one lacks are passed."""
    return tuple(
        Change(field.name, getattr(before, field.name), getattr(now, field.name))
        for field in fields(before)
        if field.name not in leaving_out
        and hasattr(now, field.name)
        and getattr(before, field.name) != getattr(now, field.name)
    )


def same_fields(one: DataclassInstance, other: DataclassInstance) -> bool:
    """Tell whether the fields that both have hold the same: a draft that is stored already."""
    return not changes_between(one, other)


def require_unchanged(before: DataclassInstance, now: DataclassInstance, *, leaving_out: Collection[str] = ()) -> None:
    """Raise ChangedMeanwhile when the stored record is no longer the one read. leaving_out: what nobody edits here."""
    changes = changes_between(before, now, leaving_out=leaving_out)
    if changes:
        raise ChangedMeanwhile(
            say("Somebody else changed this in the meantime."),
            current=now,
            changes=changes,
            advice=say("Nothing was saved. Choose what is to hold."),
        )


def values_of(record: Any, names: Collection[str]) -> dict[str, object]:
    """Return fields of a record by name, as a form shows them."""
    return {name: getattr(record, name) for name in names}
