"""Seats side by side stand in one line, evening by evening, and unfold to be changed or given back one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.promo_codes.rules import PromoKind, PromoRule, PromoScope
from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.basket_lines import MOST_SINGLE_LINES, TIMES
from pos_app.ui.screens.selling.basket.panel import basket_width
from pos_app.ui.screens.selling.basket.row import Fold
from pos_app.ui.screens.selling.basket.rows import BasketRows
from pos_app.ui.widgets.boxes import column
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from tests.hands import PatientHands
    from tests.ui.screens.selling.conftest import Till

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ADULT, CHILD = TypeOffer(1, "Adult", "A", ""), TypeOffer(2, "Child", "C", "")
PLAY: Final = PerformanceOffer(
    7,
    1,
    "Play",
    "UTC",
    "EUR",
    900,
    0,
    0,
    (CategoryOffer(1, "A", ""),),
    (ADULT, CHILD),
    {(1, 1): 1000, (1, 2): 500},
    starts_at=datetime(2026, 11, 28, 19, 30, tzinfo=UTC),
)
GALA: Final = replace(PLAY, performance_id=8, title="Gala", starts_at=datetime(2026, 11, 29, 18, 0, tzinfo=UTC))


def seat(number: int, offer: PerformanceOffer = PLAY) -> SeatKey:
    return SeatKey(offer.performance_id, number)


def sit(basket: Basket, *numbers: int, offer: PerformanceOffer = PLAY) -> None:
    for number in numbers:
        basket.add(offer, seat(number, offer), Place("Stalls", "C", str(number)), 1, "A", position=number)


@pytest.fixture
def basket() -> Basket:
    made = Basket()
    sit(made, 18, 19, 20)
    return made


@pytest.fixture
def lines(qtbot: PatientHands, themed: QApplication, basket: Basket) -> Iterator[BasketRows]:
    """Give the lines, doing at once what they ask for."""
    window, lines = QWidget(), BasketRows()
    column(lines, inside=window)

    def change(seats: tuple[SeatKey, ...], kind: int) -> None:
        for one in seats:
            basket.change_type(one, kind)
        show(lines, basket)

    def remove(seats: tuple[SeatKey, ...]) -> None:
        basket.remove(seats)
        show(lines, basket)

    lines.type_chosen.connect(change)
    lines.removed.connect(remove)
    qtbot.addWidget(window)
    show(lines, basket)
    window.resize(360, 500)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield lines
    window.close()


def show(lines: BasketRows, basket: Basket, on_map: int | None = 7) -> None:
    lines.show_lines(basket, lambda _category: QColor("teal"), on_map)


def told(lines: BasketRows) -> list[str]:
    return [f"{row.where.words}, {row.kind.toolTip()}" for row in lines.rows()]


def unfold(lines: BasketRows) -> None:
    button = lines.rows()[0].fold_button
    assert button is not None
    button.click()


def test_three_seats_side_by_side_are_one_line_with_their_sum(lines: BasketRows) -> None:
    assert told(lines) == [f"Row C \u00b7 Seats 18\u201320, 3 {TIMES} Adult"]
    assert "€30.00" in [label.text() for label in lines.rows()[0].findChildren(QLabel)]


@pytest.mark.parametrize(("width", "is_told"), [(310, False), (480, True)])
def test_no_seat_is_cut_for_what_a_code_saves(
    qtbot: PatientHands, lines: BasketRows, basket: Basket, width: int, *, is_told: bool
) -> None:
    rule = PromoRule(1, "TEN", PromoKind.AMOUNT, PromoScope.ORDER, 1001, currency="EUR")
    basket.apply_promo([rule], datetime(2026, 11, 28, tzinfo=UTC))
    show(lines, basket)
    lines.window().resize(width, 500)
    qtbot.waitUntil(lambda: lines.rows()[0].isVisible() and lines.rows()[0].saved.text() != "")
    first = lines.rows()[0]
    qtbot.waitUntil(lambda: first.width() > width - 40 and first.remove.x() > width - 90)
    # The words get the room of what is hidden with the next layout.
    qtbot.waitUntil(lambda: first.saved.isVisible() is is_told and first.where.text() == first.where.words)
    assert first.where.words == "Row C \u00b7 Seats 18\u201320"


@pytest.mark.parametrize("name", ["Complimentary", "Wheelchair companion", "Student under 26"])
def test_no_ticket_type_is_cut_in_a_basket_as_narrow_as_it_gets(
    qtbot: PatientHands, lines: BasketRows, name: str
) -> None:
    kind = TypeOffer(3, name, "W", "")
    offer = replace(PLAY, ticket_types=(kind,), prices={(1, 3): 1000})
    basket = Basket()
    sit(basket, *range(1, 13), offer=offer)
    lines.resize(basket_width(1280) - 28, 300)
    show(lines, basket)
    (line,) = lines.rows()
    qtbot.waitUntil(lambda: line.remove.x() > 0)
    assert name in line.kind.text()
    assert line.kind.text().startswith(f"12 {TIMES} ")
    words = line.kind.fontMetrics().horizontalAdvance(line.kind.text())
    assert words <= line.kind.width() - 16
    assert line.kind.geometry().right() < line.remove.x()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_finger_above_the_ticket_type_opens_the_others_and_unfolds_nothing(lines: BasketRows) -> None:
    first = lines.rows()[0]
    price = next(label for label in first.findChildren(QLabel) if label.text() == "€30.00")
    at = price.mapTo(first, price.rect().center())
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    menu = first.kind.menu()
    assert menu.isVisible()
    menu.close()
    assert [row.fold for row in lines.rows()] == [Fold.FOLDED]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first.where.geometry().center())
    assert lines.rows()[0].fold is Fold.UNFOLDED


def test_it_unfolds_to_its_seats_and_folds_again(lines: BasketRows) -> None:
    unfold(lines)
    single = [f"Row C \u00b7 Seat {number}, Adult" for number in (18, 19, 20)]
    assert told(lines) == [f"Row C \u00b7 Seats 18\u201320, 3 {TIMES} Adult", *single]
    assert [row.fold for row in lines.rows()] == [Fold.UNFOLDED, *(Fold.WITHIN,) * 3]
    unfold(lines)
    assert len(told(lines)) == 1


def test_a_click_on_its_words_unfolds_it_too(lines: BasketRows) -> None:
    QTest.mouseClick(lines.rows()[0].where, Qt.MouseButton.LeftButton)
    assert len(lines.rows()) == 4
    QTest.mouseClick(lines.rows()[2].where, Qt.MouseButton.LeftButton)
    assert len(lines.rows()) == 4, "a single seat does not fold"
    QTest.mouseClick(lines.rows()[0], Qt.MouseButton.LeftButton)
    assert len(lines.rows()) == 1


@pytest.mark.parametrize(
    ("keys", "lines_then"),
    [
        ([Qt.Key.Key_Right], 4),
        ([Qt.Key.Key_Return], 4),
        ([Qt.Key.Key_Space], 4),
        ([Qt.Key.Key_Left], 1),
        ([Qt.Key.Key_Right, Qt.Key.Key_Right], 4),
        ([Qt.Key.Key_Right, Qt.Key.Key_Left], 1),
        ([Qt.Key.Key_Enter, Qt.Key.Key_Enter], 1),
    ],
)
def test_keys_unfold_and_fold_it_and_the_keyboard_stays(lines: BasketRows, keys: list[Qt.Key], lines_then: int) -> None:
    for key in keys:
        button = lines.rows()[0].fold_button
        assert button is not None
        if not button.hasFocus():
            button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, key)
        button = lines.rows()[0].fold_button
        assert button is not None
        assert button.hasFocus()
    assert len(lines.rows()) == lines_then


def test_another_type_on_the_folded_line_is_for_all_of_it(lines: BasketRows, basket: Basket) -> None:
    lines.rows()[0].kind.menu().actions()[1].trigger()
    assert told(lines) == [f"Row C \u00b7 Seats 18\u201320, 3 {TIMES} Child"]
    assert basket.totals().total_minor == 1500


def test_another_type_for_one_of_them_parts_the_line_and_the_rest_stays_unfolded(lines: BasketRows) -> None:
    unfold(lines)
    lines.rows()[3].kind.menu().actions()[1].trigger()
    assert told(lines) == [
        f"Row C \u00b7 Seats 18\u201319, 2 {TIMES} Adult",
        "Row C \u00b7 Seat 18, Adult",
        "Row C \u00b7 Seat 19, Adult",
        "Row C \u00b7 Seat 20, Child",
    ]


def test_one_of_them_or_all_of_them_are_given_back(lines: BasketRows, basket: Basket) -> None:
    unfold(lines)
    lines.rows()[1].remove.click()
    assert basket.seats == (seat(19), seat(20))
    lines.rows()[0].remove.click()
    assert not basket.lines
    assert told(lines) == []


def test_the_seats_of_the_line_that_has_the_keyboard_are_told(lines: BasketRows) -> None:
    assert lines.focused_seats() == ()
    lines.rows()[0].kind.setFocus(Qt.FocusReason.TabFocusReason)
    assert lines.focused_seats() == (seat(18), seat(19), seat(20))
    unfold(lines)
    lines.rows()[2].remove.setFocus(Qt.FocusReason.TabFocusReason)
    assert lines.focused_seats() == (seat(19),)


def test_evenings_are_named_and_the_one_that_is_not_on_the_map_in_words(lines: BasketRows, basket: Basket) -> None:
    assert lines.named() == ["Play \u00b7 Sat 28 Nov, 19:30"]
    sit(basket, 1, offer=GALA)
    show(lines, basket)
    assert lines.named() == [
        "Play \u00b7 Sat 28 Nov, 19:30",
        "Gala \u00b7 Sun 29 Nov, 18:00\nNot the one on the map",
    ]
    assert told(lines) == [f"Row C \u00b7 Seats 18\u201320, 3 {TIMES} Adult", "Row C \u00b7 Seat 1, Adult"]
    show(lines, basket, on_map=None)
    assert not any("map" in name for name in lines.named())


def test_the_evening_of_the_first_lines_in_sight_is_always_named(
    qtbot: PatientHands, lines: BasketRows, basket: Basket
) -> None:
    def in_sight() -> list[str]:
        """Return the evenings that are named above the lines."""
        return [one.words.split(" ", maxsplit=1)[0] for one in lines._evenings if one.isVisible()]

    sit(basket, *range(30, 50, 2))
    sit(basket, *range(1, 20, 2), offer=GALA)
    show(lines, basket)
    bar = lines.verticalScrollBar()
    qtbot.waitUntil(lambda: len(lines.rows()) == 21 and bar.value() == bar.maximum() > 0)
    qtbot.waitUntil(lambda: in_sight() == ["Gala"])
    bar.setValue(bar.maximum() // 3)
    qtbot.waitUntil(lambda: in_sight() == ["Play"])
    bar.setValue(0)
    assert qtbot.waitStill(in_sight) == ["Play"]
    assert lines.viewport().y() >= lines._evenings[0].height()


def test_another_basket_begins_folded(lines: BasketRows) -> None:
    unfold(lines)
    other = Basket()
    sit(other, 18, 19, 20)
    show(lines, other)
    assert len(lines.rows()) == 1


def test_a_line_of_very_many_does_not_unfold(lines: BasketRows) -> None:
    many = Basket()
    sit(many, *range(MOST_SINGLE_LINES + 1))
    show(lines, many)
    assert len(lines.rows()) == 1
    assert lines.rows()[0].fold_button is None


@SQLITE
def test_another_performance_on_the_map_is_told_from_the_one_in_the_basket(till: Till) -> None:
    small = till.house.small
    till.hold(small.seat(1, 3))
    lines = till.screen.basket_panel.lines
    assert "map" not in lines.named()[0]
    till.open(small.gala_id)
    assert lines.named()[0].endswith("Not the one on the map")
    till.open(small.performance_id)
    assert "map" not in lines.named()[0]
