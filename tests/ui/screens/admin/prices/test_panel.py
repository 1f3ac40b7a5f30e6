from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.prices import load_price_grid, save_prices
from pos_app.ui import office as ui_office
from pos_app.ui.screens.admin.prices.changes_sheet import ChangesSheet
from pos_app.ui.screens.admin.prices.operations import PriceOperations
from pos_app.ui.screens.admin.prices.panel import PricesPanel
from pos_app.ui.screens.admin.prices.saving import draft_of
from pos_app.ui.screens.admin.screen import Section
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.other_hall import add_other_evening
from tests.services.stories import change_performance, hold, sold

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.season.prices import PriceGrid
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

CTRL = Qt.KeyboardModifier.ControlModifier
A, B = 0, 1
ADULT, CHILD, COMPLIMENTARY, COMPANION = range(4)


class Desk:
    """The panel of prices on screen."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.house = office.house
        self.small = office.house.small
        self.panel: PricesPanel = office.open("prices")
        self.show(self.small.performance_id)

    def show(self, performance_id: int) -> None:
        self.panel.show_performance(self.house.database.read(load_performance_record, performance_id))
        self.office.settle()

    def stored(self, performance_id: int | None = None) -> PriceGrid:
        return self.house.database.read(
            load_price_grid, self.small.manager, performance_id or self.small.performance_id
        )

    def stored_rows(self, performance_id: int | None = None) -> list[list[int | None]]:
        grid = self.stored(performance_id)
        return [
            [grid.amounts.get((one.category_id, kind.ticket_type_id)) for kind in grid.ticket_types]
            for one in grid.categories
        ]

    def rows(self) -> list[list[str]]:
        model = self.panel.form.model
        return [[model.text_at(r, c) for c in range(model.columnCount())] for r in range(model.rowCount())]

    def go_to(self, row: int, column: int) -> None:
        self.panel.form.table.setFocus()
        self.panel.form.table.setCurrentIndex(self.panel.form.model.index(row, column))

    def type(self, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        self.begin(text)
        QTest.keyClick(focused(), key)

    def begin(self, text: str) -> None:
        """Type; the first letter opens the cell."""
        for letter in text:
            QTest.keyClicks(focused(), letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, modifier)

    def save(self) -> Any:
        """Press Ctrl+S; returns the sheet that asks, if any."""
        self.press(Qt.Key.Key_S, CTRL)
        self.office.settle()
        return self.office.sheet()

    def agree(self) -> None:
        sheet = self.save()
        assert isinstance(sheet, ChangesSheet)
        sheet.yes.click()
        self.office.settle()

    def another_sets(self, category_id: int, type_id: int, amount: int, performance_id: int | None = None) -> None:
        grid = self.stored(performance_id)
        draft = draft_of(grid)
        draft = replace(draft, amounts={**draft.amounts, (category_id, type_id): amount})
        self.house.database.transact(save_prices, self.small.manager, grid, draft)

    @property
    def said(self) -> str:
        return f"{self.panel.banner.message.text} {self.panel.banner.message.advice}"


def focused() -> Any:
    return QApplication.focusWidget()


@pytest.fixture
def desk(make_office: Callable[..., Office], house: OpenHouse) -> Desk:
    return Desk(
        make_office(
            lambda background: (
                Section(
                    "prices",
                    "Prices",
                    "money",
                    lambda: PricesPanel(PriceOperations(ui_office.Office(background, house.small.manager))),
                ),
            )
        )
    )


@SQLITE_FIRST
def test_prices_are_typed_like_in_a_spreadsheet_and_what_changes_is_told_before(desk: Desk) -> None:
    sold(desk.house, desk.small.seats_of(1, (1, 2)))
    hold(desk.house, desk.small.seats_of(2, (1,)))
    desk.go_to(A, ADULT)
    desk.type("45")
    desk.type("27,5", Qt.Key.Key_Tab)
    desk.type("13.75", Qt.Key.Key_Tab)
    assert desk.rows() == [["45.00", "20.00", "0.00", "0.00"], ["27.50", "13.75", "0.00", "0.00"]]
    sheet = desk.save()
    assert isinstance(sheet, ChangesSheet)
    assert sheet.lines == [
        ("A, Adult", "€40.00", "€45.00", "2 tickets sold, 1 place in a basket"),
        ("B, Adult", "€25.00", "€27.50", ""),
        ("B, Child", "€12.50", "€13.75", ""),
    ]
    sheet.yes.click()
    desk.office.settle()
    assert desk.stored_rows() == [[4500, 2000, 0, 0], [2750, 1375, 0, 0]]
    assert not desk.panel.unsaved()
    assert desk.panel.banner.press_action()
    desk.office.settle()
    assert desk.stored_rows() == [[4000, 2000, 0, 0], [2500, 1250, 0, 0]]


@SQLITE
def test_a_performance_that_is_not_on_sale_yet_is_priced_without_a_question(desk: Desk) -> None:
    later = desk.stored()
    record = desk.house.database.read(load_performance_record, desk.small.performance_id)
    change_performance(desk.house, on_sale_at=record.starts_at)
    desk.go_to(B, COMPANION)
    desk.press(Qt.Key.Key_Delete)
    assert desk.save() is None
    assert desk.stored_rows()[B] == [2500, 1250, 0, None]
    assert len(desk.stored().amounts) == len(later.amounts) - 1


@SQLITE
def test_a_block_from_a_spreadsheet_is_pasted_with_its_currency_and_separators(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("€ 1.234,50\t17,00 EUR\r\n1,234.50\t-\r\n9\t9\r\n")
    desk.go_to(A, ADULT)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.rows() == [["1234.50", "17.00", "0.00", "0.00"], ["1234.50", "", "0.00", "0.00"]]
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.rows()[A][ADULT] == "40.00"
    desk.panel.form.table.selectAll()
    desk.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "40.00\t20.00\t0.00\t0.00\n25.00\t12.50\t0.00\t0.00"
    QGuiApplication.clipboard().setText("7")
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.rows() == [["7.00"] * 4] * 2


@SQLITE
def test_what_is_no_amount_is_said_at_its_cell_and_not_saved(desk: Desk) -> None:
    desk.go_to(A, CHILD)
    desk.type("abc")
    assert "A, Child: “abc” is not an amount." in desk.panel.form.wrong.text()
    assert desk.save() is None
    assert desk.panel.form.table.currentIndex() == desk.panel.form.model.index(A, CHILD)
    assert desk.stored_rows()[A] == [4000, 2000, 0, 0]
    desk.type("12.3456")
    assert "2 decimal places" in desk.panel.form.wrong.text()
    desk.panel.discard_button.click()
    assert not desk.panel.form.wrong.isVisible()
    assert not desk.panel.unsaved()


@SQLITE
def test_a_column_is_a_percentage_of_another_and_filled_down(desk: Desk) -> None:
    desk.go_to(A, ADULT)
    desk.type("35.55")
    desk.panel.filling.ask_percent()
    sheet = desk.office.sheet()
    assert sheet.form.words_of("target", sheet.form.values()["target"]) == "Child"
    sheet.yes.click()
    assert [row[CHILD] for row in desk.rows()] == ["17.78", "12.50"]
    desk.go_to(B, CHILD)
    desk.press(Qt.Key.Key_D, CTRL)
    assert [row[CHILD] for row in desk.rows()] == ["17.78", "17.78"]


@SQLITE
def test_a_column_may_be_a_part_of_a_percent_more_than_another(desk: Desk) -> None:
    desk.go_to(A, CHILD)
    desk.panel.filling.ask_percent()
    sheet = desk.office.sheet()
    sheet.form.editor("percent").line.setText("102,5")
    sheet.yes.click()
    assert [row[CHILD] for row in desk.rows()] == ["41.00", "25.63"]


@SQLITE
@pytest.mark.parametrize(
    ("typed", "shown"), [("1,250", "1250.00"), ("1.250", "1250.00"), ("€ 1.234,50", "1234.50"), ("1'000", "1000.00")]
)
def test_thousands_that_are_typed_are_thousands(desk: Desk, typed: str, shown: str) -> None:
    desk.panel.form.model.put({(A, ADULT): typed})
    assert desk.rows()[A][ADULT] == shown


@SQLITE_FIRST
def test_prices_and_fees_are_copied_from_another_plan_and_the_unmatched_category_is_named(desk: Desk) -> None:
    event = desk.house.database.read(load_performance_record, desk.small.gala_id).event_id
    other = desk.house.database.transact(add_other_evening, desk.small, event)
    desk.show(other)
    assert desk.rows() == [[""] * 4] * 2
    desk.panel._on_copy()
    desk.office.settle()
    sheet = desk.office.sheet()
    assert sheet.list.count() == 3
    at = next(at for at, one in enumerate(sheet._options) if one.key == desk.small.gala_id)
    sheet.list.setCurrentRow(at)
    sheet.yes.click()
    desk.office.settle()
    assert "“B”" in desk.said
    assert desk.rows()[0][:2] == ["40.00", "20.00"]
    desk.agree()
    saved = desk.stored(other)
    assert (len(saved.amounts), saved.ticket_fee_minor, saved.order_fee_minor) == (4, 50, 150)


@SQLITE
def test_the_same_prices_are_saved_on_other_performances_of_the_plan(desk: Desk) -> None:
    desk.panel._on_also()
    desk.office.settle()
    sheet = desk.office.sheet()
    assert sheet.list.count() == 2
    sheet.list.item(1).setCheckState(Qt.CheckState.Checked)
    sheet.yes.click()
    assert desk.panel.also.text() == "Also for 1 other performance"
    desk.go_to(A, ADULT)
    desk.type("50")
    sheet = desk.save()
    assert ("Fee a ticket", "€0.50", "€0.00", "") in sheet.lines
    sheet.yes.click()
    desk.office.settle()
    assert desk.stored_rows(desk.small.gala_id) == desk.stored_rows() == [[5000, 2000, 0, 0], [2500, 1250, 0, 0]]
    assert desk.panel.also.text() == ""


@SQLITE_FIRST
def test_two_managers_choose_what_holds_where_both_changed_and_the_rest_is_put_together(desk: Desk) -> None:
    small = desk.small
    desk.go_to(A, ADULT)
    desk.type("45")
    desk.type("30")
    desk.another_sets(small.category_a_id, small.adult_id, 4200)
    desk.another_sets(small.category_a_id, small.child_id, 2100)
    sheet = desk.save()
    chosen = {choice.accessibleName(): choice.current for choice in sheet.choices.values()}
    assert chosen == {"A, Adult": "mine", "A, Child": "theirs"}
    sheet.yes.click()
    desk.office.settle()
    sheet = desk.office.sheet()
    assert [line[:3] for line in sheet.lines] == [("A, Adult", "€42.00", "€45.00"), ("B, Adult", "€25.00", "€30.00")]
    sheet.yes.click()
    desk.office.settle()
    assert desk.stored_rows() == [[4500, 2100, 0, 0], [3000, 1250, 0, 0]]


@SQLITE_FIRST
def test_nothing_typed_is_lost_without_the_server_nor_on_leaving(desk: Desk) -> None:
    desk.go_to(A, ADULT)
    desk.begin("61")
    assert desk.panel.unsaved()
    desk.office.line.blind = True
    assert desk.save() is None
    assert "cannot be reached" in desk.said
    assert desk.rows()[A][ADULT] == "61.00"
    desk.office.line.blind = False
    left: list[bool] = []
    desk.panel.leave(lambda: left.append(True))
    desk.office.sheet().cancel()
    assert not left
    desk.panel.leave(lambda: left.append(True))
    desk.office.sheet().save.click()
    desk.office.settle()
    desk.office.sheet().yes.click()
    desk.office.settle()
    assert left
    assert desk.stored_rows()[A][ADULT] == 6100


@SQLITE
def test_a_fee_that_is_none_is_refused_beside_its_field(desk: Desk) -> None:
    line = desk.panel.form._fees[0].line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "x")
    assert desk.save() is None
    assert "not an amount" in desk.panel.form.fees.problem("ticket_fee_minor")
    assert desk.stored().ticket_fee_minor == 0


@SQLITE
def test_the_cell_under_the_keyboard_is_there_from_the_start_and_stays_when_prices_are_saved(desk: Desk) -> None:
    desk.panel.setFocus()
    desk.type("31", Qt.Key.Key_Tab)
    assert desk.rows()[A][ADULT] == "31.00"
    desk.agree()
    at = desk.panel.form.table.currentIndex()
    assert (at.row(), at.column(), focused()) == (A, CHILD, desk.panel.form.table)


@SQLITE
@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", extend=True)
@pytest.mark.parametrize("copied", ["9" * 1_000_000, "9\t" * 100_000, "9\n" * 100_000, "9" * 25])
def test_a_paste_that_no_grid_has_room_for_changes_nothing_and_is_told(desk: Desk, copied: str) -> None:
    desk.go_to(A, ADULT)
    QGuiApplication.clipboard().setText(copied)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.rows()[A] == ["40.00", "20.00", "0.00", "0.00"]
    assert QToolTip.text() == "What you copied is far too much for this field. Nothing was pasted."
