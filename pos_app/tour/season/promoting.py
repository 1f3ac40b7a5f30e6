"""Promo codes in the manager's tour: one for everybody, and a batch of codes for one use each."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from pos_app.tour.season.manager import Chapter
from pos_app.ui.screens.admin.promo_codes.batch_sheet import BatchSheet
from pos_app.ui.screens.admin.promo_codes.page import PromoCodesPage
from pos_app.ui.screens.admin.promo_codes.redemptions_sheet import RedemptionsSheet

OPENING: Final = "OPENING"
_BATCH: Final = "Letters to friends"
_CODES: Final = 40


class Promoting(Chapter):
    """Makes promo codes."""

    @property
    def _page(self) -> PromoCodesPage:
        self._manager.open("Promo codes", "promo_codes")
        return self._manager.section("promo_codes", PromoCodesPage)

    def look(self) -> None:
        """Open the section: it says what to do first."""
        page = self._page
        self._stage.wait_for("the codes are read", page.list.empty.isVisible)

    def begin_code(self) -> None:
        """Ctrl+N, and a rule."""
        self._hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._hands.fill(code="Opening", takes="Percent", percent="10", most_uses="200", note="First night")

    def refuse_code(self) -> None:
        """A rule that cannot be is refused beside the field."""
        hands, page = self._hands, self._page
        hands.fill(percent="140")
        hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self._stage.wait_for("the percentage is refused", lambda: page.form.problem("percent"))

    def save_code(self) -> None:
        """Mend it, with a part of a percent, and save."""
        self._hands.fill(percent="12.5")
        self._hands.save()
        self._stage.wait_for("it is in the table", lambda: OPENING in self._codes())

    def begin_batch(self) -> None:
        """A rule for many codes."""
        hands = self._hands
        hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        hands.fill(takes="Off each ticket", amount="5.00", most_uses="1")
        hands.press("Many codes…")
        hands.wait_for_sheet(BatchSheet)
        hands.fill(name=_BATCH, prefix="FRIEND-", count=str(_CODES))

    def make_batch(self) -> None:
        """Enter makes them."""
        self._hands.press("Make them")
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("they are in the table", lambda: len(self._codes()) > _CODES)

    def export_batch(self) -> None:
        """Write the batch to a file."""
        path = self._stage.folder / "tour-codes.csv"
        self._hands.choose_file("Export batch…", path)
        self._stage.wait_for("the file is there", path.is_file)

    def show_uses(self) -> None:
        """See who used a code."""
        self._hands.choose_row(self._page.list.table, OPENING)
        self._hands.press("Uses")
        self._hands.wait_for_sheet(RedemptionsSheet)

    def _codes(self) -> list[str]:
        return [one.code for one in self._page.list.table.records]
