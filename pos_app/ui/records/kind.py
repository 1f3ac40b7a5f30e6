"""What a page of records needs to know about its records, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.sentences import Sentence
    from pos_app.ui.records.table.columns import Column

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Answer(Protocol[R_co]):
    """The promise of an outcome; the callbacks run on the GUI thread."""

    def then(self, on_done: Callable[[R_co], object], on_error: Callable[[Exception], object], /) -> object:
        """Say what to do with the result, and with an error."""
        ...


class RecordKeeper(Protocol[R]):
    """Where records go to; `owner` is who wants the answer."""

    def save(self, owner: QObject, before: R | None, values: Mapping[str, object]) -> Answer[R]:
        """Save the values of a form; before: the record as it was read, None for a new one.

        The answer is the record as it is stored now. Errors: FieldRefused, ChangedMeanwhile, any PosError.
        """
        ...

    def archive(self, owner: QObject, record: R) -> Answer[R]:
        """Put a record away; nothing is really deleted."""
        ...

    def restore(self, owner: QObject, record: R) -> Answer[R]:
        """Bring a record back."""
        ...


class RecordSource(RecordKeeper[R], Protocol[R]):
    """Where records come from and go to."""

    def read_all(self, owner: QObject) -> Answer[Sequence[R]]:
        """Read all records, archived ones too."""
        ...


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What a page of records says. All translated by the screen.

    title: above the table ("Promo codes"). new: the button ("New code"). unsaved: what is lost with a new one ("A new
    promo code that is not saved"). nothing, first: what is said while there are none, and what to do first. choose:
    what is said beside the table while none is chosen.
    """

    title: str
    new: str
    unsaved: str
    nothing: str
    first: str
    choose: str


@dataclass(frozen=True)
class View(Generic[R]):
    """A part of the records that can be looked at by itself: "Valid", "Ended"."""

    key: str
    words: str
    wanted: Callable[[R], bool]


@dataclass(frozen=True)
class RecordKind(Generic[R]):
    """What records are, for a page of them.

    key: tells records apart. title: what a record is called in a sentence. search: the texts to search in. values:
    what the form shows of a record, by name of the field. fresh: what it shows for a new one. status: words and tone
    ("ok", "warn", "danger", "accent", "muted") of a chip beside the title. views: below the title; without any, the
    records that are in use and those that are archived. can_archive, can_make: whether there are buttons for it.
    problems: by the record as it was read (None: a new one) and the values that can be read, what is impossible, by
    field; said at once with what cannot be read, and before anything is asked; the service has the last word.
    warning: by the record as it was read (None: a new one) and what is to be saved, a sentence to be agreed to before,
    "" for none. archived_advice: what is to be known of a record that was archived just now. is_faded: written in
    grey; None: the archived ones. many: several can be chosen at once.
    """

    name: str
    icon: str
    words: RecordWords
    columns: Sequence[Column[R]]
    key: Callable[[R], object]
    title: Callable[[R], str]
    search: Callable[[R], Sequence[str]]
    values: Callable[[R], Mapping[str, object]]
    is_archived: Callable[[R], bool]
    fresh: Callable[[], Mapping[str, object]] = field(default=dict[str, object])
    status: Callable[[R], tuple[str, str]] = field(default=lambda _record: ("", ""))
    views: Sequence[View[R]] = ()
    can_make: bool = True
    can_archive: bool = True
    problems: Callable[[R | None, Mapping[str, object]], Mapping[str, Sentence]] = field(
        default=lambda _record, _values: {}
    )
    warning: Callable[[R | None, Mapping[str, object]], str] = field(default=lambda _record, _values: "")
    archived_advice: Callable[[R], str] = field(default=lambda _record: "")
    is_faded: Callable[[R], bool] | None = None
    many: bool = False


AnyKind = RecordKind[Any]
AnyKeeper = RecordKeeper[Any]
AnySource = RecordSource[Any]
