"""A person asks what is known of them, and gets it as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.ui import save_file
from pos_app.ui.screens.customers.privacy.export_sheet import ExportSheet
from tests.kinds import SQLITE
from tests.pages import page_text
from tests.ui.screens.customers.conftest import words_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.screens.customers.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Answer the question where to with the name that is offered; note it."""
    names: list[str] = []

    def ask_path(_parent: object, _title: str, name: str, _kind: str) -> str:
        names.append(name)
        return str(tmp_path / name)

    monkeypatch.setattr(save_file, "ask_path", ask_path)
    return names


def _anna(office: Desk) -> int:
    anna = office.add("Anna Novak", email="anna@example.org", note="Side balcony")
    office.buy(anna.customer_id, 1, 1, 2)
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    office.press(Qt.Key.Key_F7)
    return anna.customer_id


def _ask(office: Desk) -> ExportSheet:
    office.press(Qt.Key.Key_F10)
    sheet = office.sheet()
    assert isinstance(sheet, ExportSheet)
    return sheet


def test_all_that_is_known_is_written_for_people_and_for_machines(
    office: Desk, asked: list[str], tmp_path: Path
) -> None:
    number = _anna(office)
    _ask(office)
    office.press(Qt.Key.Key_Return)
    office.settle()
    pdf, machine = tmp_path / f"customer-{number}.pdf", tmp_path / f"customer-{number}.json"
    office.wait(pdf.exists)
    office.settle()
    assert "All that is known of Anna Novak was exported." in words_in(office.page.banner)
    assert "Side balcony" in page_text(pdf.read_bytes())
    _ask(office)
    office.control(Qt.Key.Key_J)
    office.wait(machine.exists)
    assert json.loads(machine.read_text("utf-8"))["customer_number"] == number
    assert asked == [pdf.name, machine.name], "no name of a person in the name of a file"


def test_no_file_is_chosen_and_nothing_is_collected(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _anna(office)
    monkeypatch.setattr(save_file, "ask_path", lambda *_: "")
    monkeypatch.setattr(office.page._operations, "known", lambda *_: pytest.fail("nobody asked for it"))
    _ask(office)
    office.press(Qt.Key.Key_Return)
    assert office.page.banner.isHidden()


@pytest.mark.usefixtures("asked")
def test_a_silent_server_and_a_folder_that_is_gone_are_told(
    office: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _anna(office)
    office.line.cut = True
    _ask(office)
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert "cannot be reached" in words_in(office.page.banner)
    office.line.cut = False
    monkeypatch.setattr(save_file, "ask_path", lambda *_: str(tmp_path / "gone" / "customer.pdf"))
    _ask(office)
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert "could not be written" in words_in(office.page.banner)


@pytest.mark.usefixtures("asked")
def test_what_takes_long_is_told_to_be_under_way(office: Desk) -> None:
    _anna(office)
    exporting = office.page.exporting
    _ask(office)
    office.press(Qt.Key.Key_Return)
    assert exporting._slow.isActive()
    exporting._slow.timeout.emit()
    assert "Collecting all that is known of Anna Novak" in words_in(office.page.banner)
    office.wait(lambda: "was exported" in words_in(office.page.banner))
    assert not exporting._slow.isActive()
