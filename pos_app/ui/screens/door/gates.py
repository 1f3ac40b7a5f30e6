"""Which gate this is: chosen from a list, and never changed by a key that was meant for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.door.check_in import gate_name
from pos_app.domain.texts import clean_line, name_key
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.menu_button import MenuButton, MenuChoice
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_GATE: Final = 40
MOST_GATES: Final = 10
"""In the list: as many as a window of 720 pixels shows."""
MOST_REMEMBERED: Final = 8
_OTHER: Final = -1
_GATE_KEY: Final = "door/gate"
_GATES_KEY: Final = "door/gates"


class GateButton(MenuButton):
    """Shows the gate, and offers the gates of the house and a name of one's own; remembered on this computer.

    As long as nobody chose another one, the gate is called like the till.
    Signals: gate_changed(str): another gate was chosen.
    """

    gate_changed = Signal(str)

    def __init__(self, settings: QSettings, till_name: str) -> None:
        super().__init__("door-open")
        self._settings = settings
        self._own = _sound(till_name) or self.tr("Main entrance")
        stored = settings.value(_GATES_KEY, [])
        self._used = _names(stored if isinstance(stored, list) else [stored])
        self._house: tuple[str, ...] = ()
        self._gate = next(iter(_names([settings.value(_GATE_KEY, "")])), self._own)
        self._offered: tuple[str, ...] = ()
        self.set_name(self.tr("Gate"))
        self._offer()
        self.chosen.connect(self._on_chosen)

    @property
    def gate(self) -> str:
        """The gate's name as it is recorded; never empty."""
        return self._gate

    @property
    def offered(self) -> tuple[str, ...]:
        """The names to choose from."""
        return self._offered

    def show_gates(self, names: Iterable[str]) -> None:
        """Offer the gates of the house, too."""
        self._house = _names(names)
        self._offer()

    def use(self, name: str) -> None:
        """Stand at another gate from now on; a name that is known in another spelling is that one."""
        wanted = next(iter(_names([name])), "")
        if not wanted:
            return
        known = {name_key(one): one for one in reversed((self._own, *self._used, *self._house))}
        gate = known.get(name_key(wanted), wanted)
        if gate != self._own:
            self._used = (gate, *(one for one in self._used if one != gate))[:MOST_REMEMBERED]
            self._settings.setValue(_GATES_KEY, list(self._used))
        # The till's own name is not remembered: it goes on to be the gate's when the till is called otherwise.
        self._settings.setValue(_GATE_KEY, gate if gate != self._own else "")
        is_new = gate != self._gate
        self._gate = gate
        self._offer()
        if is_new:
            self.gate_changed.emit(gate)

    def ask_name(self) -> GateSheet:
        """Let a person type a name."""
        sheet = GateSheet(self)
        sheet.given.connect(self.use)
        sheet.open()
        return sheet

    def _offer(self) -> None:
        names = dict.fromkeys((self._own, self._gate, *self._used, *self._house))
        self._offered = tuple(names)[:MOST_GATES]
        choices = [MenuChoice(at, name) for at, name in enumerate(self._offered)]
        choices.append(MenuChoice(_OTHER, self.tr("Another name…")))
        self.show_choices(choices, self._offered.index(self._gate))

    def _on_chosen(self, at: int) -> None:
        if at == _OTHER:
            self.choose(self._offered.index(self._gate))
            self.ask_name()
        else:
            self.use(self._offered[at])


class GateSheet(Sheet):
    """Asks what the gate is called. Signals: given(str)."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("What is this gate called?"))
        about = self.tr("Its name is told at every gate where a ticket is shown that was used here.")
        self.body.addWidget(text_label(about, "muted", wrap=True))
        self.field = QLineEdit(placeholderText=self.tr("For example: Balcony"))
        bound_line(self.field, LONGEST_GATE)
        self.field.setAccessibleName(self.tr("Name of the gate"))
        self.body.addWidget(self.field)
        self.yes, _no = self.add_answers(self.tr("Use this name"), self._on_yes)
        self.yes.setEnabled(False)
        self.field.textChanged.connect(self._on_typed)

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.field.setFocus()

    def _on_typed(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes(self) -> None:
        name = self.field.text()
        self.close_sheet()
        self.given.emit(name)


def _names(texts: Iterable[object]) -> tuple[str, ...]:
    """Return texts as names of gates, without those that are empty."""
    return tuple(dict.fromkeys(filter(None, (_sound(str(text or "")) for text in texts))))


def _sound(text: str) -> str:
    return clean_line(gate_name(text), LONGEST_GATE)
