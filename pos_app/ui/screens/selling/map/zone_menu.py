"""The house's zones in one button: a choice jumps there, and best seats are looked for there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.ui.widgets.menu_button import MenuButton, MenuChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE_HOUSE: Final = -1


class ZoneMenu(MenuButton):
    """Says which zone is looked at.

    Signals: chosen(int) of MenuButton: the index of a zone, WHOLE_HOUSE for all of it.
    """

    def __init__(self) -> None:
        super().__init__("map-pin")
        self.set_name(self.tr("Zone"))
        self.show_zones(())

    @property
    def zone(self) -> int:
        """Return the chosen zone, WHOLE_HOUSE for all of it."""
        return self.current

    def shown(self) -> int:
        """Return the same, for who asks again and again."""
        return self.zone

    def show_whole_house(self) -> None:
        """Choose the whole house, and say so where a zone was chosen."""
        if self.zone != WHOLE_HOUSE:
            self.choose(WHOLE_HOUSE)
            self.chosen.emit(WHOLE_HOUSE)

    def show_zones(self, names: Sequence[str]) -> None:
        """Show these zones in the house's order; the whole house is chosen."""
        choices = [MenuChoice(at, name) for at, name in enumerate(names)]
        self.show_choices([MenuChoice(WHOLE_HOUSE, self.tr("Whole house")), *choices], WHOLE_HOUSE)
        self.setVisible(len(names) > 1)
