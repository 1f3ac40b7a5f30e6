"""The number of an order is read from the ticket of a guest, so it stands at the door as it stands there."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.door.screen import DoorScreen
    from pos_app.ui.widgets.two_lines import TwoLines
    from tests.ui.screens.door.conftest import FakeDoor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


def find(screen: DoorScreen, qtbot: QtBot, query: str) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F3)
    screen.side.finder.field.setText(query)
    qtbot.waitUntil(lambda: screen._search.query == query)


def test_a_guest_who_is_found_is_told_with_it(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    door.tickets["QQ2RSTUV8W"] = dataclasses.replace(door.tickets["QQ2RSTUV8W"], customer_name="")
    find(screen, qtbot, "box c")
    finder = screen.side.finder
    assert finder._confirm.text() == "Box C · Seat 4\nSenior · MNP2-3456"
    assert finder.admit_button.text() == "Admit MNP2-3456"
    assert "MNP2-3456" in finder.results.item(0).text()


@pytest.mark.parametrize("code", ["7K4MXQ2R9T", "QQ2RSTUV8W"])
def test_a_verdict_is_told_with_it(screen: DoorScreen, door: FakeDoor, code: str) -> None:
    screen.scan(code)
    number = door.tickets[code].order_number
    assert screen.panel.words.detail.endswith(f"Order {number[:4]}-{number[4:]}")


def test_the_others_of_an_order_come_in_with_it(screen: DoorScreen) -> None:
    screen.scan("7K4MXQ2R9T")
    QTest.keyClick(screen, Qt.Key.Key_F6)
    assert screen.panel.words.detail == "Order 7K4M-XQ2R"


def test_no_place_is_so_long_that_the_list_of_guests_cuts_it_off(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    for code, ticket in door.tickets.items():
        place = dataclasses.replace(ticket.place, zone="Upper circle centre, restricted view")
        door.tickets[code] = dataclasses.replace(ticket, place=place)
    find(screen, qtbot, "upper circle")
    results = screen.side.finder.results
    rows: list[TwoLines] = [results.item(at).data(ROW_ROLE) for at in range(results.count())]
    assert [row.right for row in rows] == ["7K4M-XQ2R", "7K4M-XQ2R", "MNP2-3456", "ZZ23-4567"]
    assert [row.lower.split(" · ")[0] for row in rows[2:]] == ["inside", "void"]


def test_who_has_reserved_and_not_paid_is_found_and_not_let_in(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    reserved = dataclasses.replace(
        door.tickets["QQ2RSTUV8W"], customer_name="Zuzana Zelená", short_code="", unpaid=True
    )
    door.tickets["QQ2RSTUV8W"] = reserved
    find(screen, qtbot, "zuzana")
    finder = screen.side.finder
    qtbot.waitUntil(lambda: finder.results.count() == 1)
    row: TwoLines = finder.results.item(0).data(ROW_ROLE)
    assert (row.icon, row.tone) == ("hand-coins", "danger")
    assert row.lower.startswith("not paid · Box C")
    assert finder.admit_button.text() == "Not paid: to the box office"
    assert not finder.admit_button.isEnabled()
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    QTest.keyClick(finder.results, Qt.Key.Key_Return)
    QTest.keyClick(finder.admit_button, Qt.Key.Key_Return)
    assert door.scans == []
