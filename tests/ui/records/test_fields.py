from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option, SwitchField
from pos_app.ui.records.fields.many_field import ManyField
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import MoneyField, PercentField, WholeNumberField
from pos_app.ui.records.fields.option_sheets import ChoosingSheet
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.form import RecordForm
from tests.wheels import scroll_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.ui.records.fields.base import FieldEditor

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]
NONE = Qt.KeyboardModifier.NoModifier
OPTIONS = (Option(1, "Hamlet", "2026"), Option(2, "Hamlet", "2027"), Option(3, "Macbeth"))


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., QMainWindow]:
    windows: list[QMainWindow] = []

    def show(widget: QWidget) -> QMainWindow:
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        middle = QWidget()
        QVBoxLayout(middle).addWidget(widget)
        window.setCentralWidget(middle)
        window.resize(700, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


def counting(editor: FieldEditor) -> list[object]:
    """Return a list that grows with each edit by a person."""
    edits: list[object] = []
    editor.edited.connect(lambda: edits.append(editor.typed()))
    return edits


@pytest.mark.parametrize(
    ("editor", "values"),
    [
        (TextField, ["", "Main House"]),
        (TextAreaField, ["", "two\nlines"]),
        (lambda: WholeNumberField(empty="None"), [None, 0, 12_345]),
        (lambda: MoneyField("EUR", empty="None"), [None, 0, 123_456]),
        (lambda: MoneyField("JPY", empty="None"), [None, 500]),
        (lambda: MoneyField("KWD", empty="None"), [1_234]),
        (PercentField, [0, 1050, 10_000]),
        (lambda: ChoiceField(OPTIONS), [None, 2, 99]),
        (lambda: SwitchField([Option("a", "A"), Option("b", "B")]), ["a", "b"]),
        (lambda: CheckField("Heated"), [True, False]),
        (lambda: ManyField("Shows", "All", OPTIONS), [frozenset(), frozenset({1, 3}), frozenset({1, 99})]),
        (
            lambda: MomentField("Europe/Berlin", none="No end"),
            [None, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)],
        ),
    ],
)
def test_a_value_that_is_shown_is_read_back_and_is_no_edit(
    editor: Callable[[], FieldEditor], values: list[Any]
) -> None:
    made = editor()
    edits = counting(made)
    for value in values:
        made.show_value(value)
        assert made.value() == value
        assert isinstance(made.words_of(value), str)
    assert edits == []


def test_a_number_says_between_which_two_it_must_be() -> None:
    field = WholeNumberField(least=1, most=5000)
    for wrong in ("", "0", "5001", "1.5", "two", "-3", "1e3"):
        field.show_value(wrong)
        with pytest.raises(InvalidInput, match="from 1 to 5,000"):
            field.value()
    field.show_value("4 000")
    assert field.value() == 4000


@pytest.mark.parametrize(
    ("typed", "hundredths"), [("10", 1000), ("10.5", 1050), ("10,5", 1050), ("10.5 %", 1050), ("0,25", 25)]
)
def test_a_percentage_may_have_a_part(typed: str, hundredths: int) -> None:
    field = PercentField()
    field.line.setText(typed)
    assert field.value() == hundredths
    field.show_value(hundredths)
    assert field.value() == hundredths
    assert field.words_of(1050) == "10.5 %"


def test_a_percentage_says_what_it_must_be() -> None:
    field = PercentField(least=1)
    for wrong, told in (("0", "from 0.01 to 100"), ("100.01", "from 0.01 to 100"), ("9.999", "two"), ("", "12.5")):
        field.line.setText(wrong)
        with pytest.raises(InvalidInput, match=told):
            field.value()


def test_an_amount_beyond_32_bits_is_shown_and_read() -> None:
    field = MoneyField("IDR")
    field.show_value(150_000_000_000)
    assert field.line.text() == "1500000000.00"
    assert field.value() == 150_000_000_000
    field.line.setText("Rp 1.500.000")
    assert field.value() == 150_000_000


def test_an_amount_is_read_in_the_currency_that_is_chosen() -> None:
    field = MoneyField("EUR")
    field.show_value(1250)
    assert field.line.text() == "12.50"
    with pytest.raises(InvalidAmount):
        MoneyField("EUR").value()
    field.set_currency("JPY")
    with pytest.raises(InvalidAmount, match="0 decimal places"):
        field.value()
    assert field.unit.text() == "JPY"


class TestMoment:
    def _at(self, year: int, month: int, day: int, hour: int, minute: int) -> MomentField:
        field = MomentField("Europe/Berlin")
        field.date.setDate(QDate(year, month, day))
        field.time.setTime(QTime(hour, minute))
        return field

    def test_the_venue_s_clock_counts_and_not_the_till_s(self) -> None:
        field = self._at(2026, 7, 1, 19, 30)
        assert field.value() == datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
        assert "Wednesday, 1 July 2026, Berlin (UTC+02:00)" in field._words.text()

    def test_a_time_that_a_clock_change_leaves_out_is_refused_with_the_reason(self) -> None:
        field = self._at(2026, 3, 29, 2, 30)
        with pytest.raises(InvalidInput, match="does not exist"):
            field.value()
        assert "the clock goes from 02:00 to 03:00. Choose a later time." in field._words.text()

    @pytest.mark.parametrize("typed", ["2027-12-09", "20271209", "2027 12 09"])
    def test_a_date_is_typed_as_it_is_written(self, show: Callable[..., QMainWindow], typed: str) -> None:
        field = self._at(2026, 7, 1, 19, 30)
        show(field)
        field.date.setFocus()
        field.date.setSelectedSection(field.date.sectionAt(0))
        QTest.keyClicks(field.date, typed)
        assert field.date.date() == QDate(2027, 12, 9)

    def test_a_time_that_comes_twice_asks_which(self, show: Callable[..., QMainWindow]) -> None:
        field = self._at(2026, 10, 25, 2, 30)
        show(field)
        assert field.which.isVisible()
        assert field.value() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        edits = counting(field)
        field.which._buttons["second"].click()
        assert field.value() == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        assert len(edits) == 1
        field.time.setTime(QTime(4, 30))
        assert not field.which.isVisible()

    def test_no_date_is_a_choice_where_it_may_be(self, show: Callable[..., QMainWindow]) -> None:
        suggested = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)
        field = MomentField("Europe/Berlin", none="No end", suggest=lambda: suggested)
        show(field)
        assert field.value() is None
        assert not field.date.isEnabled()
        edits = counting(field)
        field.wanted.click()
        assert field.value() == suggested
        assert len(edits) == 1
        field.wanted.click()
        assert field.value() is None


class TestMany:
    def test_it_is_searched_ticked_and_taken_by_keys(self, show: Callable[..., QMainWindow], qtbot: QtBot) -> None:
        field = ManyField("Shows", "All shows", OPTIONS)
        show(field)
        edits = counting(field)
        sheet = field.open_sheet()
        QTest.keyClicks(sheet.search, "hamlet 2027")
        qtbot.waitUntil(lambda: sheet.list.item(0).isHidden())
        QTest.keyClick(sheet.search, Qt.Key.Key_Down)
        QTest.keyClick(sheet.list, Qt.Key.Key_Space)
        assert edits == []
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
        assert field.value() == frozenset({2})
        assert field._summary.text() == "Hamlet · 2027"
        assert len(edits) == 1

    def test_it_is_searched_by_what_any_keyboard_types(self, show: Callable[..., QMainWindow], qtbot: QtBot) -> None:
        field = ManyField("Shows", "All shows", [Option(1, "Orphée aux Enfers"), Option(2, "L\u2019Étoile")])
        show(field)
        sheet = field.open_sheet()
        QTest.keyClicks(sheet.search, "l'etoile")
        qtbot.waitUntil(lambda: sheet.list.item(0).isHidden())
        assert not sheet.list.item(1).isHidden()
        sheet.search.setText("orphee")
        qtbot.waitUntil(lambda: sheet.list.item(1).isHidden())
        assert not sheet.list.item(0).isHidden()

    def test_esc_leaves_everything_as_it_was(self, show: Callable[..., QMainWindow]) -> None:
        field = ManyField("Shows", "All shows", OPTIONS)
        field.show_value({1})
        show(field)
        sheet = field.open_sheet()
        sheet.clear_button.click()
        assert sheet.ticked == frozenset()
        QTest.keyClick(sheet.search, Qt.Key.Key_Escape)
        assert not sheet.is_open
        assert field.value() == frozenset({1})

    def test_a_click_on_the_words_ticks(self, show: Callable[..., QMainWindow]) -> None:
        field = ManyField("Shows", "All shows", OPTIONS)
        show(field)
        sheet = field.open_sheet()
        spot = sheet.list.visualItemRect(sheet.list.item(2)).center()
        QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, NONE, spot)
        assert sheet.ticked == frozenset({3})
        QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, NONE, spot)
        assert sheet.ticked == frozenset()
        box = sheet.list.visualItemRect(sheet.list.item(2)).topLeft()
        box.setX(box.x() + 22)
        box.setY(box.y() + 20)
        QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, NONE, box)
        assert sheet.ticked == frozenset({3})

    def test_what_is_chosen_is_offered_even_where_it_is_left_out_or_gone(
        self, show: Callable[..., QMainWindow]
    ) -> None:
        field = ManyField("Shows", "All shows", OPTIONS, offered=lambda options: options[:1])
        field.show_value({2, 77})
        show(field)
        sheet = field.open_sheet()
        assert isinstance(sheet, ChoosingSheet)
        words = [sheet.list.item(at).text() for at in range(sheet.list.count())]
        assert words == ["Hamlet · 2026", "Hamlet · 2027", "No longer there (77)"]
        assert field.words_of({2, 77}) == "Hamlet · 2027, 1 that is no longer there"
        assert field.words_of(set()) == "All shows"


class TestForm:
    @pytest.mark.parametrize("editor", [lambda: TextField(longest=160), lambda: TextAreaField(longest=160)])
    def test_more_than_fits_is_not_cut_but_told_with_its_length_and_refused(
        self, show: Callable[..., QMainWindow], editor: Callable[[], TextField | TextAreaField]
    ) -> None:
        made = editor()
        form = RecordForm((Field("title", "Title", made),))
        show(form)
        form.begin()
        QApplication.clipboard().setText("x" * 400)
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        told = "This is too long: 400 characters, of at most 160. Shorten it."
        assert form.problem("title") == told
        assert made.typed() == "x" * 400
        with pytest.raises(FieldRefused, match=told):
            form.values()
        QApplication.clipboard().setText("y" * 160)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert form.problem("title") == ""
        assert form.values() == {"title": "y" * 160}

    def test_an_accent_typed_apart_from_its_letter_is_not_counted(self) -> None:
        field = TextField(longest=4)
        field.show_value("Cafe\u0301")
        assert field.value() == "Cafe\u0301"

    def test_a_number_that_is_pasted_is_not_cut_to_another_number(self) -> None:
        number = WholeNumberField()
        number.show_value("1" * 13)
        with pytest.raises(InvalidInput, match="whole number"):
            number.value()
        assert "whole number" in number.overlong()

    def test_a_field_that_is_not_shown_is_not_judged_and_keeps_its_value(self) -> None:
        form = RecordForm(
            (
                Field("use", "Use", SwitchField([Option("theatre", "Theatre"), Option("hall", "Hall")])),
                Field("seats", "Seats", WholeNumberField(), shown_if=lambda values: values["use"] == "theatre"),
            )
        )
        form.show_values({"use": "theatre", "seats": 50})
        seats = form.editor("seats")
        assert isinstance(seats, WholeNumberField)
        seats.line.setText("many")
        with pytest.raises(FieldRefused):
            form.values()
        form.change_values({"use": "hall"})
        assert form.values() == {"use": "hall", "seats": 50}

    def test_a_problem_without_a_field_here_is_handed_back(self) -> None:
        form = RecordForm((Field("name", "Name", TextField()),))
        assert form.show_problems({"name": "Type a name.", "fees": "Too high."}) == ("Too high.",)
        assert form.problem("name") == "Type a name."

    def test_the_wheel_scrolls_the_form_and_changes_no_field(self, show: Callable[..., QMainWindow]) -> None:
        choice, moment = ChoiceField(OPTIONS), MomentField("Europe/Berlin")
        form = RecordForm((Field("a", "A", TextField()), Field("b", "B", choice), Field("c", "C", moment)))
        form.show_values({"b": 1, "c": datetime(2026, 11, 1, tzinfo=UTC)})
        form.inside.setMinimumHeight(2000)
        show(form)
        bar = form.verticalScrollBar()
        for widget in (choice.box, moment.date, moment.time):
            for focused in (False, True):
                widget.setFocus() if focused else form.begin()
                bar.setValue(0)
                scroll_over(widget)
                assert bar.value() > 0
        assert not form.is_dirty
