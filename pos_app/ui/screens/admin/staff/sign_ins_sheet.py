"""When somebody signed in last, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget

from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.staff.members import SignInRecord

_HEIGHT: Final = 400


class SignInsSheet(Sheet):
    """A table of the last tries, the latest first. Signals: those of Sheet."""

    def __init__(self, parent: QWidget, name: str, tries: Sequence[SignInRecord], time_zone: str) -> None:
        super().__init__(parent, self.tr("Last sign-ins of {0}").format(name), width=760)
        columns: tuple[Column[tuple[int, SignInRecord]], ...] = (
            Column(
                "at",
                self.tr("When"),
                lambda one: shown_dated_moment(one[1].at, time_zone),
                lambda one: one[0],
                width=200,
            ),
            Column("till", self.tr("Till"), lambda one: one[1].till or "-"),
            Column("what", self.tr("What"), lambda one: self._what(one[1]), width=170),
            Column("outcome", self.tr("Outcome"), lambda one: self._outcome(one[1]), strong=True, width=150),
        )
        self.table = RecordTable(
            "sign_ins",
            columns,
            key=lambda one: one[0],
            search=lambda one: (one[1].till,),
            is_faded=lambda one: not one[1].succeeded,
        )
        self.table.show_records(tuple(enumerate(tries)))
        pages = QStackedWidget()
        pages.addWidget(self.table)
        nothing = self.tr("Each try to sign in appears here, the wrong ones too.")
        pages.addWidget(EmptyState("sign-in", self.tr("Nobody signed in yet"), nothing))
        pages.setCurrentIndex(0 if tries else 1)
        kept = self.tr("Tries are kept for a day; of older ones, the last sign-in at each till.")
        self.body.addWidget(text_label(kept, "muted", wrap=True))
        self.body.addWidget(pages)
        self.let_give_way(pages, _HEIGHT)
        self.add_button(self.tr("Close"), "Esc").clicked.connect(self.cancel)

    def _what(self, one: SignInRecord) -> str:
        if one.forgiven:
            return self.tr("A manager")
        return self.tr("Approval") if one.approval else self.tr("Sign-in")

    def _outcome(self, one: SignInRecord) -> str:
        if one.forgiven:
            return self.tr("Ended the wait")
        return self.tr("Right") if one.succeeded else self.tr("Wrong")
