"""The sheet of the free seats: words narrow it, the arrows choose, Enter takes what is meant for sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from pos_app.domain.searching import Searched, typed_words
from pos_app.domain.seats import SeatKind
from pos_app.domain.selling.place_search import PlaceFinder, SoughtPlace
from pos_app.domain.sentences import say
from pos_app.ui.announce import announce
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.seats import Place

_PAGE: Final = 8
_LETTERS_OF_AREA: Final = 3
_TYPED_WITH: Final = (
    Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
)


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """A row of the list; index: of the seat in the plan."""

    index: int
    place: Place
    category: str
    price: str

    @property
    def seat(self) -> str:
        """Return its number, and what it is for where that is something of its own: "12 (companion)"."""
        return number_with_kind(self.place.kind, self.place.number)


def number_with_kind(kind: SeatKind, number: str) -> str:
    """Return the number of a seat with what it is for; of an empty number what it is for alone."""
    match kind:
        case SeatKind.WHEELCHAIR:
            return spoken(say("{seat} (wheelchair)", seat=number))
        case SeatKind.COMPANION:
            return spoken(say("{seat} (companion)", seat=number))
        case SeatKind.RESTRICTED:
            return spoken(say("{seat} (restricted view)", seat=number))
        case _:
            return number


class FreeSeatSheet(Sheet):
    """The list over the window: type to narrow it; Enter takes the one seat that fits, or the one chosen, and stays.

    find: returns the places of the plan that fit what is typed, those that fit best first, by their indexes; without
    it only the seats of the list are looked at. place_of: names a seat of the plan, be it free or not. areas: names of
    where places have no numbers: none of them is in the list.
    Signals: chosen(int): the index of a seat in the plan.
    """

    chosen = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        seats: tuple[FreeSeat, ...],
        find: Callable[[str], Sequence[Sequence[int]]] | None = None,
        place_of: Callable[[int], Place] | None = None,
        areas: Sequence[str] = (),
    ) -> None:
        super().__init__(parent, parent.tr("Free seats"), width=640)
        self._find = find or _finder_of(seats)
        self._place_of = place_of or {seat.index: seat.place for seat in seats}.__getitem__
        self._areas = [(area, Searched.of(area)) for area in areas]
        self._seats: dict[int, FreeSeat] = {}
        self._order: dict[int, int] = {}
        self._picked: int | None = None
        self._only: int | None = None
        self._better: int | None = None
        self._at = 0
        self.search = SearchField(self.tr("Zone, row, seat or category"), "", leaves_at_once=True)
        self.search.textChanged.connect(self._on_searched)
        self.search.left.connect(self.cancel)
        columns: tuple[Column[FreeSeat], ...] = (
            Column("zone", self.tr("Zone"), lambda seat: seat.place.zone, lambda seat: self._order[seat.index]),
            Column("row", self.tr("Row"), lambda seat: seat.place.row),
            Column("seat", self.tr("Seat"), lambda seat: seat.seat),
            Column("category", self.tr("Category"), lambda seat: seat.category),
            Column("price", self.tr("Price"), lambda seat: seat.price),
        )
        self.table = RecordTable("free seats", columns, lambda seat: seat.index, lambda _seat: ())
        # They stay in the order of the house, those that fit best first.
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(self.tr("Free seats"))
        self.table.opened.connect(self._on_take)
        self.table.pressed.connect(lambda index: self._pick(index.row()))
        self.note = text_label("", wrap=True)
        for widget in (self.search, self.table, self.note):
            self.body.addWidget(widget)
        for watched in (self.search, self.table):
            watched.installEventFilter(self)
        self.let_give_way(self.table, 380)
        take = self.add_button(self.tr("Take this seat"), "Return", variant="primary")
        take.clicked.connect(self._on_take)
        done = self.add_button(self.tr("Close"), "Esc")
        done.clicked.connect(self.cancel)
        self.show_seats(seats)
        self.note.setMinimumHeight(self.note.fontMetrics().height())

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def show_seats(self, seats: Sequence[FreeSeat]) -> None:
        """Show the seats that are free now; what is typed goes on finding, and the one that is chosen stays chosen."""
        self._seats = {seat.index: seat for seat in seats}
        bar = self.table.verticalScrollBar()
        at = bar.value()
        is_any = self._show_found()
        if self._picked is None:
            bar.setValue(at)
        if not is_any and (self.search.text().strip() or not self._seats):
            self.tell(self._why_none())

    def tell(self, words: str) -> None:
        """Say something below the list, and to screen readers."""
        self.note.setText(words)
        announce(self, words)

    def _on_searched(self) -> None:
        self._picked, self._at = None, 0
        if self._show_found(is_typed=True):
            self.note.setText("")
        else:
            self.tell(self._why_none())

    def _show_found(self, *, is_typed: bool = False) -> bool:
        """Show the free seats that fit, and mark the one that Enter takes; tells whether there is any.

        is_typed: what is looked for is other words than before. Only then the single seat that fits is meant for sure:
        where the others have gone meanwhile, the person may have meant one of them.
        """
        is_searched = bool(self.search.text().strip())
        found = self._find(self.search.text()) if is_searched else (sorted(self._seats),)
        shown = [(rank, at) for rank, alike in enumerate(found) for at in alike if at in self._seats]
        self._order = {at: order for order, (_rank, at) in enumerate(shown)}
        self.table.show_records([self._seats[at] for _rank, at in shown])
        if self._picked not in self._order:
            self._picked = None
        before, self._only, self._better = self._only, None, None
        if is_searched and len(shown) == 1:
            ((rank, at),) = shown
            if rank:
                # The very seat that is typed is gone: what is left over is not meant.
                self._better = found[0][0]
            elif is_typed or at == before:
                self._only = at
        self.table.mark(self._picked if self._picked is not None else self._only)
        return bool(shown)

    def _on_take(self) -> None:
        """Take the seat that is chosen, or the only one that fits; else say what is missing."""
        taken = self._only if self._picked is None else self._picked
        if taken is None:
            self.tell(self._why_none())
            return
        # The arrows go on from here, and nothing is taken by pressing Enter once more.
        self._at = self._order[taken]
        is_by_words, self._picked, self._only = self._picked is None, None, None
        self._seats.pop(taken)
        if is_by_words or not self._show_found():
            self.search.clear()
            self._show_found()
        if not self.table.hasFocus():
            self.search.setFocus()
        self.chosen.emit(taken)

    def _why_none(self) -> str:
        shown, typed = len(self.table.shown), self.search.text().strip()
        if not self._seats:
            return self.tr("No seat is free. Places to stand are chosen on the map.")
        if not typed:
            return self.tr("Type which seat, or choose one with the arrow keys.")
        if not shown and (area := self._area_meant(typed)):
            return self.tr("{0}: places there are chosen on the map.").format(area)
        if not shown:
            return self.tr("No free seat fits \u201c{0}\u201d.").format(typed)
        if self._better is not None:
            gone = spoken(self._place_of(self._better).spoken())
            return self.tr("{0}: not free. Choose another one with the arrow keys.").format(gone)
        return spoken_count(
            "{count} seat fits: choose it with the arrow keys.",
            "{count} seats fit: choose one with the arrow keys, or type more.",
            shown,
        )

    def _area_meant(self, typed: str) -> str:
        """Return the area that is looked for here in vain, "" for none; a letter or two are a row."""
        if len(typed) < _LETTERS_OF_AREA:
            return ""
        words = typed_words(typed)
        return next((area for area, searched in self._areas if searched.fits(words)), "")

    def _pick(self, row: int) -> None:
        """Choose the seat of a row of the list."""
        shown = self.table.shown
        if shown:
            self._at = max(0, min(len(shown) - 1, row))
            self._picked = shown[self._at].index
            self.table.mark(self._picked)
            self.note.setText("")

    def _walk(self, key: int) -> bool:
        """Walk the list; tells whether this is a key to walk with. The first step chooses where the arrows stand."""
        last = len(self.table.shown) - 1
        start = self._at if self._picked is None and self._only is None else None
        match key:
            case Qt.Key.Key_Down:
                self._pick(self._at + 1 if start is None else start)
            case Qt.Key.Key_Up:
                self._pick(self._at - 1 if start is None else start)
            case Qt.Key.Key_PageDown:
                self._pick(self._at + _PAGE)
            case Qt.Key.Key_PageUp:
                self._pick(self._at - _PAGE)
            case Qt.Key.Key_Home:
                self._pick(0)
            case Qt.Key.Key_End:
                self._pick(last)
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list from the search too, and type into the search from the list too."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if watched is self.search and key not in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return self._walk(key)
        if watched is self.table and not self._walk(key):
            letters = event.text()
            if not letters.strip() or not letters.isprintable() or event.modifiers() & ~_TYPED_WITH:
                return False
            self.search.setFocus()
            self.search.insert(letters)
        return watched is self.table


def _finder_of(seats: Sequence[FreeSeat]) -> Callable[[str], Sequence[Sequence[int]]]:
    finder = PlaceFinder([sought_place(seat.place, seat.category) for seat in seats])

    def find(typed: str) -> Sequence[Sequence[int]]:
        return [[seats[at].index for at in alike] for alike in finder.find(typed)]

    return find


def sought_place(place: Place, category: str) -> SoughtPlace:
    """Return what a place is called where it is looked for."""
    return SoughtPlace(place.zone, place.row, place.number, category, number_with_kind(place.kind, ""))
