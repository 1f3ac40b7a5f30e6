"""What is typed is not lost: one change at a time, a question before it is left, two people's changes put together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.records.conflict_sheet import ConflictSheet, Difference
from pos_app.ui.records.leave_sheet import LeaveSheet
from pos_app.ui.widgets.sheets.confirm import confirm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtWidgets import QWidget

    GoOn = Callable[[], object]

Values = dict[str, object]
"""What a form holds, by the names of its fields."""


class ChangeGuard(QObject):
    """Guards what is unsaved on a page, and knows whether a change of it is on its way.

    question: asked before it is left. unsaved: names what would be lost. save: saves it, then does what it is given;
    None where it can only be given up. discard: takes it back.
    Signals: busy_changed(bool): a change is on its way, or has come to its end, well or not.
    """

    busy_changed = Signal(bool)

    def __init__(
        self,
        page: QWidget,
        question: str,
        *,
        unsaved: Callable[[], tuple[str, ...]],
        save: Callable[[GoOn | None], object] | None,
        discard: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self.question = question
        self.unsaved = unsaved
        self.is_busy = False
        self._page = page
        self._save = save
        self._discard = discard
        self._waiting: GoOn | None = None

    def begin(self) -> None:
        """Take note that a change is on its way: nothing else is to be changed meanwhile."""
        self.is_busy = True
        self.busy_changed.emit(True)

    def end(self, *, stay: bool = False) -> None:
        """Take note that it has come to its end; who asked to leave meanwhile goes on, unless they are to stay."""
        self.is_busy = False
        self.busy_changed.emit(False)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not stay:
            waiting()

    def save(self, then: GoOn | None = None) -> None:
        """Save what is unsaved; then: what to do once it is stored."""
        if self._save is not None:
            self._save(then)

    def leave(self, go_on: GoOn) -> None:
        """Go on when nothing is unsaved; else ask, and go on when it was saved or given up. Waits for a change."""
        if self.is_busy:
            self._waiting = partial(self.leave, go_on)
        elif not self.unsaved():
            go_on()
        elif self._save is None:
            self._ask_to_give_up(go_on)
        else:
            sheet = LeaveSheet(self._page, self.question, self.unsaved())
            sheet.save_chosen.connect(lambda: self.save(go_on))
            sheet.discard_chosen.connect(lambda: self._give_up(go_on))
            sheet.open()

    def settle(
        self,
        sentence: str,
        base: Mapping[str, object],
        mine: Mapping[str, object],
        theirs: Mapping[str, object],
        *,
        label: Callable[[str], str],
        words: Callable[[str, object], str],
        take: Callable[[Values], object],
    ) -> None:
        """Put together what somebody else saved and what was typed here; ask, by `sentence`, about what they changed.

        base: before either change. label: what a field is called. words: a value of a field, put into words. take:
        what to do with the values that hold then.
        """
        names = contested(base, mine, theirs)
        if not names:
            take(merged(base, mine, theirs, ()))
            return
        differences = [
            Difference(
                name,
                label(name),
                words(name, mine[name]),
                words(name, theirs.get(name)),
                touched=mine[name] != base.get(name),
            )
            for name in names
        ]
        sheet = ConflictSheet(self._page, self.tr("Changed meanwhile"), sentence, differences)
        sheet.settled.connect(lambda keep: take(merged(base, mine, theirs, keep)))
        sheet.open()

    def _ask_to_give_up(self, go_on: GoOn) -> None:
        sheet = confirm(
            self._page,
            self.question,
            "",
            yes=self.tr("Give it up"),
            no=self.tr("Stay here"),
            lost=self.unsaved(),
        )
        sheet.confirmed.connect(lambda: self._give_up(go_on))

    def _give_up(self, go_on: GoOn) -> None:
        self._discard()
        go_on()


def contested(base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]) -> list[str]:
    """Return the fields that they changed and in which mine is something else; what only I changed is not contested."""
    return [name for name in mine if theirs.get(name) != base.get(name) and theirs.get(name) != mine[name]]


def merged(
    base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object], keep: Collection[str]
) -> Values:
    """Return theirs with my own changes; keep: the contested fields in which mine holds."""
    disputed = set(contested(base, mine, theirs))
    return {
        name: value if name in keep or (name not in disputed and value != base.get(name)) else theirs.get(name)
        for name, value in mine.items()
    }
