"""What the signs of a map say: which of them are on it now, and the one category that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PySide6.QtCore import QRectF, QSize, Signal

from pos_app.domain.seats import MapState
from pos_app.ui.seat_map.canvas import SeatCanvas
from pos_app.ui.seat_map.model.board import RETURNED
from pos_app.ui.seat_map.model.view import fitted
from pos_app.ui.seat_map.painting.sprites import COMPANION, PLAIN, WHEELCHAIR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

    from pos_app.services.seats.map_data import SeatPlan, SeatStates
    from pos_app.ui.seat_map.model.prepared import PreparedPlan

Sign: TypeAlias = "tuple[int, int]"
"""How a seat is drawn: its state (MapState or RETURNED), and for a free one its kind (a value of SeatPlan.kind)."""


class SignedMap(SeatCanvas):
    """A map that tells its legend what is to be seen on it.

    Signals: signs_changed(frozenset): the signs (Sign) that are on the map are others than before.
    whole_shown(): the whole plan is shown now.
    """

    signs_changed = Signal(object)
    whole_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: frozenset[Sign] = frozenset()
        self._clear = 0

    @property
    def signs(self) -> frozenset[Sign]:
        """Return the signs that are on the map."""
        return self._signs

    def show_plan(self, plan: SeatPlan, prices: Mapping[int, str], prepared: PreparedPlan | None = None) -> None:
        """Show a plan, all seats free until states arrive. prices: by category index, ready to read ("€52.00")."""
        super().show_plan(plan, prices, prepared)
        self._tell_signs()

    def show_states(self, states: SeatStates) -> None:
        """Show the states of all seats, or the changed ones only. Without a plan nothing happens."""
        super().show_states(states)
        self._tell_signs()

    def mark_own(self, returned: Sequence[int] = (), kept: Sequence[int] = ()) -> None:
        """Show sold seats as the customer's own: given back by an exchange, or kept by it; no others from now on."""
        if self._scene is not None:
            self._mend(self._scene.board.mark_own(returned, kept))
            self._tell_signs()

    def age_claims(self) -> None:
        """Show seats as free whose claim has run out by the steady clock."""
        super().age_claims()
        self._tell_signs()

    def clear(self, sentence: str) -> None:
        """Show no plan, only a sentence."""
        super().clear(sentence)
        self._tell_signs()

    def fit(self) -> None:
        """Show the whole plan."""
        super().fit()
        self.whole_shown.emit()

    def covered_by(self, rects: Sequence[QRect], *, clear: int | None = None) -> list[int]:
        """Return how many seats, areas, names and row letters each of some rectangles of the widget hides.

        clear: what they would hide of the whole plan beside such a strip; None: of what is shown now.
        """
        if self._scene is None:
            return [0] * len(rects)
        view = self._view if clear is None else fitted(self._scene.scenery.bounds, self._beside(clear))
        return self._scene.covered_by([view.plan_rect(QRectF(rect)) for rect in rects], view.scale)

    def keep_clear(self, pixels: int) -> None:
        """Leave a strip at the right free of the plan where the whole of it is shown."""
        if pixels != self._clear:
            self._clear = pixels
            if self._is_fitted:
                self.fit()

    def _room(self) -> QSize:
        return self._beside(self._clear)

    def _beside(self, clear: int) -> QSize:
        return QSize(max(1, self.width() - clear), self.height())

    def single_out(self, category: int | None) -> None:
        """Dim the places of all categories but one, told by its index; None: of none."""
        if self._scene is not None and self._scene.single_out(category):
            self._repaint_all()

    def _tell_signs(self) -> None:
        signs = self._read_signs()
        if signs != self._signs:
            self._signs = signs
            self.signs_changed.emit(signs)

    def _read_signs(self) -> frozenset[Sign]:
        if self._scene is None or not len(self._scene.plan.kind):
            return frozenset()
        board, kinds = self._scene.board, self._scene.plan.kind
        states = board.states
        shown: set[Sign] = {(MapState(state), PLAIN) for state in np.flatnonzero(np.bincount(states)).tolist()}
        free = states == MapState.FREE
        for kind in (WHEELCHAIR, COMPANION):
            if bool((free & (kinds == kind)).any()):
                shown.add((MapState.FREE, kind))
        shown.update((look, PLAIN) for look in (MapState.MINE, RETURNED) if bool((board.looks == look).any()))
        return frozenset(shown)
