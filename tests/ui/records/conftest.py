"""A page of records of halls, kept in memory, for trying the pattern of all screens for managers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from pos_app.domain.editing import FieldProblems, require_unchanged, same_fields, values_of
from pos_app.domain.errors import NotFound
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option, SwitchField
from pos_app.ui.records.fields.many_field import ManyField
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import MoneyField, PercentField, WholeNumberField
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

R = TypeVar("R")
OPENED = datetime(2026, 11, 28, 18, 30, tzinfo=UTC)


@dataclass(frozen=True)
class HallDraft:
    name: str = ""
    seats: int = 0
    rent_minor: int | None = None
    share: int = 0
    opens_at: datetime | None = None
    floor: str = "ground"
    use: str = "theatre"
    shows: frozenset[int] = frozenset()
    heated: bool = False
    note: str = ""


@dataclass(frozen=True)
class Hall(HallDraft):
    hall_id: int = 0
    archived: bool = False


NAMES = ("name", "seats", "rent_minor", "share", "opens_at", "floor", "use", "shows", "heated", "note")


class Later(Generic[R]):
    """An answer that waits for its test: it comes with arrive(), at once where nothing else is asked for."""

    def __init__(self, outcome: Callable[[], R], waiting: list[Callable[[], None]] | None) -> None:
        self._outcome = outcome
        self._waiting = waiting

    def then(self, on_done: Callable[[R], object], on_error: Callable[[Exception], object], /) -> object:
        def arrive() -> None:
            try:
                outcome = self._outcome()
            except Exception as error:  # noqa: BLE001 - every error goes to the page
                on_error(error)
            else:
                on_done(outcome)

        if self._waiting is None:
            arrive()
        else:
            self._waiting.append(arrive)
        return self


@dataclass
class FakeHalls:
    """Halls in memory. broken: what every change answers. slow: answers wait in `waiting`."""

    halls: dict[int, Hall] = field(default_factory=dict)
    broken: Exception | None = None
    unreadable: Exception | None = None
    slow: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)
    saves: int = 0

    def change(self, hall_id: int, **values: Any) -> None:
        """Change a hall as somebody else would."""
        self.halls[hall_id] = replace(self.halls[hall_id], **values)

    def arrive(self) -> None:
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()

    def read_all(self, owner: QObject) -> Later[Sequence[Hall]]:
        return Later(self._all, None)

    def save(self, owner: QObject, before: Hall | None, values: Mapping[str, object]) -> Later[Hall]:
        return Later(lambda: self._save(before, HallDraft(**values)), self._queue())  # type: ignore[arg-type]

    def archive(self, owner: QObject, record: Hall) -> Later[Hall]:
        return Later(lambda: self._put(replace(self.halls[record.hall_id], archived=True)), self._queue())

    def restore(self, owner: QObject, record: Hall) -> Later[Hall]:
        return Later(lambda: self._put(replace(self.halls[record.hall_id], archived=False)), self._queue())

    def _queue(self) -> list[Callable[[], None]] | None:
        return self.waiting if self.slow else None

    def _all(self) -> Sequence[Hall]:
        if self.unreadable:
            raise self.unreadable
        return tuple(self.halls.values())

    def _put(self, hall: Hall) -> Hall:
        if self.broken:
            raise self.broken
        self.halls[hall.hall_id] = hall
        return hall

    def _save(self, before: Hall | None, wanted: HallDraft) -> Hall:
        self.saves += 1
        if self.broken:
            raise self.broken
        if before is None:
            hall_id, archived = max(self.halls, default=0) + 1, False
        else:
            now = self.halls.get(before.hall_id)
            if now is None:
                raise NotFound(say("This hall is not there any more."))
            if same_fields(wanted, now):
                return now
            require_unchanged(before, now)
            hall_id, archived = before.hall_id, now.archived
        problems = FieldProblems()
        if not wanted.name:
            problems.add("name", say("Type a name."))
        if any(other.name == wanted.name and other.hall_id != hall_id for other in self.halls.values()):
            problems.add("name", say("There is a hall of this name."))
        problems.require_none()
        return self._put(Hall(**vars(wanted), hall_id=hall_id, archived=archived))


SHOWS = tuple(Option(number, f"Show {number}", "Main House" if number % 2 else "") for number in range(1, 41))


def hall_fields() -> tuple[Field, ...]:
    return (
        Field("name", "Name", TextField(longest=40)),
        Field("seats", "Seats", WholeNumberField(least=0, most=60_000), half=True),
        Field("share", "Share", PercentField(), half=True),
        Field("rent_minor", "Rent", MoneyField("EUR", empty="Free"), hint="An evening, without heating."),
        Field("opens_at", "Opens", MomentField("Europe/Berlin", none="Always open", suggest=lambda: OPENED)),
        Field("floor", "Floor", ChoiceField([Option("ground", "Ground floor"), Option("first", "First floor")])),
        Field("use", "Use", SwitchField([Option("theatre", "Theatre"), Option("concert", "Concert")])),
        Field(
            "heated",
            "",
            CheckField("Heated"),
            section="Comfort",
            shown_if=lambda values: values.get("use") == "theatre",
        ),
        Field("shows", "Shows", ManyField("Shows", "All shows", SHOWS)),
        Field("note", "Note", TextAreaField()),
    )


def hall_kind() -> RecordKind[Hall]:
    return RecordKind(
        name="halls",
        icon="house",
        words=RecordWords(
            title="Halls",
            new="New hall",
            unsaved="A new hall that is not saved",
            nothing="No halls yet",
            first="Make the first one.",
            choose="Choose a hall in the table, or make a new one.",
        ),
        columns=(
            Column("name", "Name", lambda hall: hall.name, lower=lambda hall: hall.note, strong=True),
            Column("seats", "Seats", lambda hall: str(hall.seats), lambda hall: hall.seats, width=90, right=True),
            Column("opens", "Opens", lambda hall: str(hall.opens_at or ""), lambda hall: hall.opens_at, width=120),
        ),
        key=lambda hall: hall.hall_id,
        title=lambda hall: hall.name,
        search=lambda hall: (hall.name, hall.note),
        values=lambda hall: values_of(hall, NAMES),
        is_archived=lambda hall: hall.archived,
        fresh=lambda: {"seats": 100, "share": 0},
        status=lambda hall: ("Archived", "muted") if hall.archived else ("In use", "ok"),
    )


@pytest.fixture
def halls() -> FakeHalls:
    made = {
        1: Hall("Main House", 1200, 90_000, 10, OPENED, note="the old one", hall_id=1),
        2: Hall("Studio", 90, None, 0, None, "first", "concert", frozenset({1, 2}), hall_id=2),
        3: Hall("Foyer", 40, 5_000, 5, hall_id=3),
        4: Hall("Old Barn", 300, hall_id=4, archived=True),
    }
    return FakeHalls(made)


@dataclass
class Desk:
    """A page of halls in a window."""

    window: QMainWindow
    page: RecordPage
    halls: FakeHalls

    def open(self, hall_id: int) -> None:
        self.page.open_record(self.halls.halls[hall_id])

    def type(self, name: str, words: str) -> None:
        """Type into a field of one line, as a person would."""
        editor = self.page.form.editor(name)
        assert isinstance(editor, TextField)
        editor.line.selectAll()
        editor.line.insert(words)
        editor.line.textEdited.emit(words)

    def sheet(self) -> Any:
        """Return the sheet that waits for an answer."""
        found = [sheet for sheet in self.window.findChildren(Sheet) if sheet.is_open]
        return found[-1] if found else None

    @property
    def names(self) -> list[str]:
        return [hall.name for hall in self.page.list.table.shown]


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication, halls: FakeHalls) -> Desk:
    page = RecordPage(hall_kind(), halls, hall_fields)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(page)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Desk(window, page, halls)


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or desk.window, key, modifier)
