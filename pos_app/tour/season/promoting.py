"""Promo codes in the manager's tour: one for everybody, and a batch of codes for one use each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.tour.stage import fail
from pos_app.ui.screens.admin.promo_codes.batch_sheet import BatchSheet
from pos_app.ui.screens.admin.promo_codes.page import PromoCodesPage
from pos_app.ui.screens.admin.promo_codes.redemptions_sheet import RedemptionsSheet

if TYPE_CHECKING:
    from pos_app.tour.season.manager import Manager

OPENING: Final = "OPENING10"
_BATCH: Final = "Letters to friends"
_CODES: Final = 40


class Promoting:
    """Makes promo codes."""

    def __init__(self, manager: Manager) -> None:
        self._manager = manager

    @property
    def _page(self) -> PromoCodesPage:
        page = self._manager.open("Promo codes", "promo_codes")
        if not isinstance(page, PromoCodesPage):
            fail("these are not the promo codes")
        return page

    def look(self) -> None:
        """Open the section: it says what to do first."""
        page = self._page
        self._manager.stage.wait_for("the codes are read", page.list.empty.isVisible)

    def begin_code(self) -> None:
        """Ctrl+N, and a rule."""
        self._manager.hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._manager.hands.fill(code="Opening 10", takes="Percent", percent="10", most_uses="200", note="First night")

    def refuse_code(self) -> None:
        """A rule that cannot be is refused beside the field."""
        hands, page = self._manager.hands, self._page
        hands.fill(percent="140")
        hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self._manager.stage.wait_for("the percentage is refused", lambda: page.form.problem("percent"))

    def save_code(self) -> None:
        """Mend it and save."""
        self._manager.hands.fill(percent="10")
        self._manager.hands.save()
        self._manager.stage.wait_for("it is in the table", lambda: OPENING in self._codes())

    def begin_batch(self) -> None:
        """A rule for many codes."""
        hands = self._manager.hands
        hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        hands.fill(takes="Off each ticket", amount="5.00", most_uses="1")
        hands.press("Many codes…")
        hands.wait_for_sheet(BatchSheet)
        hands.fill(name=_BATCH, prefix="FRIEND-", count=str(_CODES))

    def make_batch(self) -> None:
        """Enter makes them."""
        self._manager.hands.press("Make them")
        self._manager.hands.wait_for_no_sheet()
        self._manager.stage.wait_for("they are in the table", lambda: len(self._codes()) > _CODES)

    def export_batch(self) -> None:
        """Write the batch to a file."""
        path = self._manager.stage.folder / "tour-codes.csv"
        self._manager.hands.choose_file("Export batch…", path)
        self._manager.stage.wait_for("the file is there", path.is_file)

    def show_uses(self) -> None:
        """See who used a code."""
        self._manager.hands.choose_row(self._page.list.table, OPENING)
        self._manager.hands.press("Uses")
        self._manager.hands.wait_for_sheet(RedemptionsSheet)

    def _codes(self) -> list[str]:
        return [one.code for one in self._page.list.table.records]
