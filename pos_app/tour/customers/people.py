"""Customers in the tour: made, found, merged, exported and erased by a manager."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.demo.customers import PRESS
from pos_app.tour.hands import Hands
from pos_app.tour.stage import fail
from pos_app.ui.screens.customers.merge.choosing_sheet import MergeChoosingSheet
from pos_app.ui.screens.customers.merge.comparing_sheet import ComparingSheet
from pos_app.ui.screens.customers.privacy.erase_sheet import EraseSheet
from pos_app.ui.screens.customers.privacy.export_sheet import ExportSheet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.customers.page import CustomerRecords

_NAME: Final = "Dariusz Wojcik"
"""As somebody writes it who does not find the letters; there is one with them already."""
_EMAIL: Final = "dariusz@home.example"


class People:
    """Works at the screen of customers."""

    def __init__(self, stage: Stage, foyer: Foyer) -> None:
        self._stage = stage
        self._foyer = foyer
        self._hands = Hands(stage, foyer.window)

    @property
    def _page(self) -> CustomerRecords:
        workplace = self._foyer.workplace
        if workplace is None or workplace.customers is None:
            fail("the customers are not open")
        return workplace.customers.page

    @property
    def _record(self) -> CustomerRecord:
        record: CustomerRecord | None = self._page.record
        if record is None:
            fail("no customer is shown")
        return record

    def open(self) -> None:
        """Go to the customers: those made last are listed."""
        self._hands.press("Customers")
        self._stage.wait_for("customers are listed", lambda: self._page.found.table.shown)

    def begin(self) -> None:
        """Press Ctrl+N, and type: who is alike is offered."""
        self._hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._stage.wait_for("the form is empty", lambda: self._page.is_new)
        self._hands.fill(name=_NAME, email=_EMAIL)
        self._stage.wait_for("who is alike is offered", self._page.alike.isVisible)

    def make(self) -> None:
        """Press Ctrl+S: it is another one, for all that."""
        self._hands.save()
        self._stage.wait_for("the customer is made", lambda: self._record.email == _EMAIL)

    def find(self) -> None:
        """Type the name without its accents: both are found."""
        self._look_for(PRESS, "wojcik")
        self._open_row(PRESS)

    def look_at_orders(self) -> None:
        """Press F4: what a regular has bought, and what that comes to."""
        self._look_for("Zuzana", "zuzana dvorak")
        self._hands.choose_first(self._page.found.table)
        self._stage.wait_for("the customer is shown", lambda: self._page.record is not None)
        self._hands.press(self._page.parts.buttons[1].words, self._page.parts)

    def ask_merge(self) -> None:
        """Open the first of the two, press F7 and F9: who is alike is offered."""
        self._look_for(PRESS, "wojcik")
        self._open_row(PRESS)
        self._show_office()
        self._hands.click(self._page.office.merge_button)
        sheet = self._hands.wait_for_sheet(MergeChoosingSheet)
        self._stage.wait_for("the other one is offered", lambda: any(row.email == _EMAIL for row in sheet.table.shown))

    def compare(self) -> None:
        """Press Enter: both side by side."""
        sheet = self._hands.wait_for_sheet(MergeChoosingSheet)
        self._hands.choose_row(sheet.table, _NAME)
        self._hands.click(sheet.yes)
        self._hands.wait_for_sheet(ComparingSheet)

    def merge(self) -> None:
        """Press Ctrl+Enter: one of them is left, with both numbers."""
        self._hands.click(self._hands.wait_for_sheet(ComparingSheet).yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("they are one", lambda: self._page.record and self._page.record.former_ids)

    def ask_export(self) -> None:
        """Press F10: PDF or JSON."""
        self._show_office()
        self._hands.click(self._page.office.export_button)
        self._hands.wait_for_sheet(ExportSheet)

    def export(self) -> None:
        """Both, one after the other, beside the pictures."""
        pdf, machine = (self._stage.folder / f"tour-customer.{kind}" for kind in ("pdf", "json"))
        self._hands.choose_file("PDF, to read", pdf)
        self._stage.wait_for("the PDF is written", pdf.exists)
        self._hands.click(self._page.office.export_button)
        self._hands.wait_for_sheet(ExportSheet)
        self._hands.choose_file("JSON, for machines", machine)
        self._stage.wait_for("the JSON is written", machine.exists)
        told = json.loads(machine.read_text(encoding="utf-8"))
        if told["customer_number"] != self._record.customer_id:
            fail("the file tells of somebody else")

    def ask_erase(self) -> None:
        """Of one with orders: press F11, and type the name."""
        self._look_for("Mary Kelly", "mary kelly")
        self._open_row("Mary Kelly")
        self._show_office()
        self._hands.click(self._page.office.erase_button)
        sheet = self._hands.wait_for_sheet(EraseSheet)
        self._hands.write(sheet.line, "Mary Kelly")

    def erase(self) -> None:
        """Press Ctrl+Enter: nothing personal is left, and the orders stay."""
        self._hands.click(self._hands.wait_for_sheet(EraseSheet).yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for(
            "the customer is erased", lambda: self._page.record is not None and self._page.record.erased_at is not None
        )
        if self._record.name or self._record.email:
            fail("a name is left")

    def _show_office(self) -> None:
        self._hands.press(self._page.parts.buttons[3].words, self._page.parts)
        self._stage.wait_for("the office's part is shown", self._page.office.export_button.isVisible)

    def _look_for(self, name: str, words: str) -> None:
        self._hands.write(self._page.found.search, words)
        self._stage.wait_for(
            f"“{words}” finds {name}", lambda: any(name in row.name for row in self._page.found.table.shown)
        )
        self._stage.rest()

    def _open_row(self, name: str) -> None:
        self._hands.choose_row(self._page.found.table, name)
        QTest.keyClick(self._page.found.table, Qt.Key.Key_Return)
        self._stage.wait_for(
            f"{name} is shown", lambda: self._page.record is not None and self._page.record.name == name
        )
