"""Work lists that were begun and are not done, told to a manager who comes in: a run may have been cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.services.orders.work_lists.reading import list_work_lists
from pos_app.ui.window.reminder import Reminder
from pos_app.ui.words.evenings import shown_whole_when
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Ending, Level, Message
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.orders.work_lists import WorkListRow
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background
    from pos_app.ui.window.main_window import MainWindow


class BegunLists(QObject):
    """Names the first of them, and how much of it is left, in the banner of the window. No signals: it says so there.

    open_list: shows the list of a performance.
    """

    def __init__(self, window: MainWindow, open_list: Callable[[int], object], parent: QObject) -> None:
        super().__init__(parent)
        self._open_list = open_list
        self._reminder = Reminder(window.banner, self)

    def look(self, background: Background, actor: Actor) -> None:
        """Look whether there are any; that they cannot be read is no matter here, for nobody has asked."""
        background.read(self, list_work_lists, actor).then(self._on_lists, lambda _error: None)

    def _on_lists(self, rows: Sequence[WorkListRow]) -> None:
        begun = [row for row in rows if row.list_id is not None and 0 < row.left < row.orders]
        if not begun:
            return
        first = begun[0]
        words = spoken_count(
            "The work list of {title}, {when}, was begun and is not done: {count} order is left.",
            "The work list of {title}, {when}, was begun and is not done: {count} orders are left.",
            first.left,
            title=first.title,
            when=shown_whole_when(first),
        )
        done = self.tr("What was done of it stays done, and no order is done twice.")
        more = len(begun) - 1
        others = spoken_count("{count} other list is begun, too.", "{count} other lists are begun, too.", more)
        self._reminder.tell(
            Message(
                words,
                following(done, others if more else ""),
                Level.WARNING,
                self.tr("Open the list"),
                lambda: self._open_list(first.performance_id),
                ends=Ending(0),
            )
        )
