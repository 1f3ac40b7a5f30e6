"""Tills and the settings of the house in the manager's tour."""

from __future__ import annotations

from pos_app.tour.season.manager import Chapter
from pos_app.tour.season.papers import write_logo
from pos_app.ui.screens.admin.settings.page import SettingsPage
from pos_app.ui.screens.admin.tills.page import TillsPage
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet
from pos_app.ui.widgets.sheets.preview import PreviewSheet


class KeepingHouse(Chapter):
    """Looks after tills and settings."""

    @property
    def _tills(self) -> TillsPage:
        return self._manager.section("tills", TillsPage)

    @property
    def _settings(self) -> SettingsPage:
        return self._manager.section("settings", SettingsPage)

    def look_at_tills(self) -> None:
        """Open the tills, and the one that she works at."""
        self._hands.leave_sheet()
        self._manager.open("Tills", "tills")
        self._hands.choose_row(self._tills.list.table, "You work here")

    def change_till(self) -> None:
        """Name its drawer, and save."""
        self._hands.fill(drawer="Drawer 1", kind="Office")
        self._hands.save()

    def ask_to_revoke(self) -> None:
        """What revoking a key would do is said first."""
        self._hands.press("Revoke…")
        self._hands.wait_for_sheet(ConfirmSheet)

    def look_at_settings(self) -> None:
        """Keep the key, and open the settings: a ticket is drawn beside them."""
        self._hands.leave_sheet()
        self._manager.open("Settings", "settings")
        self._wait_for_ticket()

    def change_settings(self) -> None:
        """Name the house, add a line and a logo: the ticket follows while she types."""
        self._hands.fill(organisation="Harbour Stage Company", line="Doors close when the play begins.")
        self._hands.choose_file("Choose a file…", write_logo(self._stage.folder))
        self._stage.wait_for("the logo is shown", lambda: self._settings.logo.value() is not None)
        self._wait_for_ticket()

    def save_settings(self) -> None:
        """Save."""
        self._hands.save()
        self._wait_for_ticket()

    def enlarge_ticket(self) -> None:
        """Click the ticket to see it in large."""
        self._hands.click(self._settings.preview.pages.view)
        self._hands.wait_for_sheet(PreviewSheet)

    def close_ticket(self) -> None:
        """Esc goes back; the ticket on another paper."""
        self._hands.leave_sheet()
        self._hands.press("80 mm roll")
        self._wait_for_ticket()

    def _wait_for_ticket(self) -> None:
        preview = self._settings.preview
        self._stage.wait_for("the ticket is drawn", lambda: preview.is_settled and preview.pages.images)
