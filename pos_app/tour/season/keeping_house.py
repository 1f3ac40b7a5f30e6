"""Tills and the settings of the house in the manager's tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.tour.season.papers import write_logo
from pos_app.tour.stage import fail
from pos_app.ui.screens.admin.settings.page import SettingsPage
from pos_app.ui.screens.admin.tills.page import TillsPage
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet
from pos_app.ui.widgets.sheets.preview import PreviewSheet

if TYPE_CHECKING:
    from pos_app.tour.season.manager import Manager


class KeepingHouse:
    """Looks after tills and settings."""

    def __init__(self, manager: Manager) -> None:
        self._manager = manager

    @property
    def _tills(self) -> TillsPage:
        page = self._manager.screen.section("tills")
        if not isinstance(page, TillsPage):
            fail("these are not the tills")
        return page

    @property
    def _settings(self) -> SettingsPage:
        page = self._manager.screen.section("settings")
        if not isinstance(page, SettingsPage):
            fail("these are not the settings")
        return page

    def look_at_tills(self) -> None:
        """Open the tills, and the one that she works at."""
        self._manager.hands.leave_sheet()
        self._manager.open("Tills", "tills")
        self._manager.hands.choose_row(self._tills.list.table, "You work here")

    def change_till(self) -> None:
        """Name its drawer, and save."""
        self._manager.hands.fill(drawer="Drawer 1", kind="Office")
        self._manager.hands.save()

    def ask_to_revoke(self) -> None:
        """What revoking a key would do is said first."""
        self._manager.hands.press("Revoke…")
        self._manager.hands.wait_for_sheet(ConfirmSheet)

    def look_at_settings(self) -> None:
        """Keep the key, and open the settings: a ticket is drawn beside them."""
        self._manager.hands.leave_sheet()
        self._manager.open("Settings", "settings")
        self._wait_for_ticket()

    def change_settings(self) -> None:
        """Name the house, add a line and a logo: the ticket follows while she types."""
        self._manager.hands.fill(organisation="Harbour Stage Company", line="Doors close when the play begins.")
        self._manager.hands.choose_file("Choose a file…", write_logo(self._manager.stage.folder))
        self._manager.stage.wait_for("the logo is shown", lambda: self._settings.logo.value() is not None)
        self._wait_for_ticket()

    def save_settings(self) -> None:
        """Save."""
        self._manager.hands.save()
        self._wait_for_ticket()

    def enlarge_ticket(self) -> None:
        """Click the ticket to see it in large."""
        self._manager.hands.click(self._settings.preview.pages.view)
        self._manager.hands.wait_for_sheet(PreviewSheet)

    def close_ticket(self) -> None:
        """Esc goes back; the ticket on another paper."""
        self._manager.hands.leave_sheet()
        self._manager.hands.press("80 mm roll")
        self._wait_for_ticket()

    def _wait_for_ticket(self) -> None:
        preview = self._settings.preview
        self._manager.stage.wait_for("the ticket is drawn", lambda: preview.is_settled and preview.pages.images)
