"""Records that are too many to be read: the server finds them, and late answers change nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.found_page import FoundPage
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.table.columns import Column
from tests.ui.replies import Later, Now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication, QLineEdit
    from pytestqt.qtbot import QtBot


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@dataclass(frozen=True)
class Ship:
    ship_id: int
    name: str
    archived: bool = False


@dataclass(frozen=True)
class Ships:
    rows: tuple[Ship, ...]
    more: bool = False


@dataclass
class Harbour:
    """Ships in memory; with `slow`, answers wait until the test lets them arrive."""

    ships: list[Ship] = field(default_factory=list)
    slow: bool = False
    waiting: list[Later[Any]] = field(default_factory=list)
    broken: Exception | None = None

    def answer(self, outcome: Any) -> Later[Any]:
        if not self.slow:
            return Now(self.broken or outcome)
        self.waiting.append(Later(self.broken or outcome))
        return self.waiting[-1]

    def find(self, words: str) -> Later[Ships]:
        fitting = [ship for ship in self.ships if words.lower() in ship.name.lower()]
        return self.answer(Ships(tuple(fitting[:3]), more=len(fitting) > 3))

    def load(self, ship_id: int) -> Later[Ship]:
        return self.answer(next(ship for ship in self.ships if ship.ship_id == ship_id))

    def save(self, owner: QObject, before: Ship | None, values: Mapping[str, object]) -> Later[Ship]:
        made = Ship(before.ship_id if before else 99, str(values["name"]))
        self.ships = [made, *(ship for ship in self.ships if ship.ship_id != made.ship_id)]
        return self.answer(made)

    def archive(self, owner: QObject, record: Ship) -> Later[Ship]:
        return self.answer(record)

    def restore(self, owner: QObject, record: Ship) -> Later[Ship]:
        return self.answer(record)


class ShipsPage(FoundPage):
    def __init__(self, harbour: Harbour) -> None:
        self.harbour = harbour
        kind: RecordKind[Ship] = RecordKind(
            name="ships",
            icon="house",
            words=RecordWords("Ships", "New ship", "A new ship", "No ships yet", "Build one.", "Choose a ship."),
            columns=(Column("name", "Name", lambda ship: ship.name),),
            key=lambda ship: ship.ship_id,
            title=lambda ship: ship.name,
            search=lambda ship: (ship.name,),
            values=lambda ship: {"name": ship.name},
            is_archived=lambda ship: ship.archived,
        )
        fields = (Field("name", "Name", TextField()),)
        super().__init__(kind, harbour, lambda: fields, lambda ship: ship, nothing_fits="Try fewer letters.")

    def ask_for_rows(self) -> Later[Ships]:
        return self.harbour.find(self.found.text)

    def load(self, key: Any) -> Later[Ship]:
        return self.harbour.load(key)


NAMES = ("Amphitrite", "Nymph", "Nautilus", "Northern Light", "Nereid")


@pytest.fixture
def page(qtbot: QtBot, themed: QApplication) -> ShipsPage:
    made = ShipsPage(Harbour([Ship(number, name) for number, name in enumerate(NAMES, 1)]))
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _line(page: ShipsPage) -> QLineEdit:
    editor = page.form.editor("name")
    assert isinstance(editor, TextField)
    return editor.line


def _names(page: ShipsPage) -> list[str]:
    return [ship.name for ship in page.found.table.shown]


def test_the_best_are_listed_in_the_order_in_which_they_come_and_it_is_told_that_there_are_more(
    qtbot: QtBot, page: ShipsPage
) -> None:
    assert _names(page) == list(NAMES[:3])
    assert "more of them fit" in page.found.count.text()
    QTest.keyClicks(page.found.search, "n")
    qtbot.waitUntil(lambda: _names(page) == ["Nymph", "Nautilus", "Northern Light"])
    QTest.keyClicks(page.found.search, "e")
    qtbot.waitUntil(lambda: _names(page) == ["Nereid"])
    assert page.found.count.text() == "1 found"
    QTest.keyClicks(page.found.search, "x")
    qtbot.waitUntil(lambda: _names(page) == [])
    page.found.empty.asked.emit()
    assert _names(page) == list(NAMES[:3])


def test_of_two_that_are_walked_to_the_last_one_is_shown_whichever_is_read_first(page: ShipsPage) -> None:
    page.harbour.slow = True
    for row in (0, 1):
        page.found.table.selectRow(row)
    first, second = page.harbour.waiting
    second.arrive()
    assert page.record.name == "Nymph"
    first.arrive()
    assert page.record.name == "Nymph"


def test_of_several_that_fit_enter_chooses_none_and_the_arrow_keys_do(page: ShipsPage) -> None:
    search, table = page.found.search, page.found.table
    search.setFocus()
    assert len(table.shown) > 1
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert table.hasFocus()
    assert not table.currentIndex().isValid()
    search.setFocus()
    for key, row in ((Qt.Key.Key_Down, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0)):
        QTest.keyClick(search, key)
        assert (search.hasFocus(), table.currentIndex().row()) == (True, row)


def test_enter_waits_for_the_record_before_it_leads_into_the_form(page: ShipsPage) -> None:
    page.harbour.slow = True
    page.found.table.setFocus()
    page.found.table.selectRow(0)
    QTest.keyClick(page.found.table, Qt.Key.Key_Return)
    assert page.found.table.hasFocus()
    page.harbour.waiting.pop().arrive()
    assert _line(page).hasFocus()


def test_what_is_typed_while_another_one_is_read_stays_in_front(page: ShipsPage) -> None:
    page.found.table.selectRow(0)
    page.harbour.slow = True
    page.found.table.selectRow(1)
    line = _line(page)
    line.setFocus()
    QTest.keyClicks(line, "!")
    page.harbour.waiting.pop().arrive()
    assert page.record.name == "Amphitrite"
    assert line.text() == "!Amphitrite"
    assert page.found.table.current == 1


def test_one_that_cannot_be_read_leaves_the_one_before_and_says_why(page: ShipsPage) -> None:
    page.found.table.selectRow(0)
    page.harbour.broken = ServerUnreachable(say("The server cannot be reached."))
    page.found.table.selectRow(1)
    assert page.record.name == "Amphitrite"
    assert page.found.table.current == 1
    assert page.banner.message.text == "The server cannot be reached."
    page.harbour.broken = None
    assert page.banner.message.on_action is not None
    page.banner.message.on_action()
    assert page.banner.isHidden()
    assert page.record.name == "Nymph"


def test_a_new_one_stands_first_and_one_that_was_changed_stays_in_its_place(page: ShipsPage) -> None:
    page.found.table.selectRow(1)
    page.form.change_values({"name": "Nymphea"})
    page.save()
    assert _names(page) == ["Amphitrite", "Nymphea", "Nautilus"]
    page.start_new()
    page.form.change_values({"name": "Zephyr"})
    page.save()
    assert _names(page)[0] == "Zephyr"
    assert page.record.name == "Zephyr"


def test_what_somebody_else_made_of_it_is_shown_when_it_is_read_again(page: ShipsPage) -> None:
    page.found.table.selectRow(0)
    page.harbour.ships[0] = Ship(1, "Amphion")
    page.found.table.setFocus()
    QTest.keyClick(page.found.table, Qt.Key.Key_F5)
    assert page.record.name == "Amphion"
    line = _line(page)
    line.setFocus()
    QTest.keyClicks(line, "!")
    page.harbour.ships[0] = Ship(1, "Argo")
    page.refresh()
    assert page.record.name == "Amphion", "not while something is typed"
