"""What stands in the place of the basket after a sale: the change, the tickets, the next customer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.selling.performance_seats import seats_of_faces
from pos_app.ui.announce import announce
from pos_app.ui.pages import page_image
from pos_app.ui.screens.selling.payment.done_words import sale_words
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, FittedLabel, IconLabel, rule, say, set_tone, text_label
from pos_app.ui.widgets.page_preview import PagePreview
from pos_app.ui.widgets.performance_line import PerformanceLines
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.widgets.spinner import Spinner
from pos_app.ui.words.lists import following, labelled

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import Sale
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.selling.payment.done_words import DoneWords

_ICON_PIXELS: Final = 22
_ROWS: Final = 3
_BREAK_HERE: Final = "\N{ZERO WIDTH SPACE}"


class PrintStage(StrEnum):
    """How far the tickets are."""

    NOTE = "note"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


_LOOKS: Final = {
    PrintStage.NOTE: ("printer", "muted", ""),
    PrintStage.WORKING: ("printer", "muted", ""),
    PrintStage.DONE: ("check-circle", "ok", "ok"),
    PrintStage.FAILED: ("warning-circle", "danger", "danger"),
}


class PrintLine(QWidget):
    """A turning arc or an icon, and words. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("printer", _ICON_PIXELS, "muted")
        self._spinner = Spinner(_ICON_PIXELS)
        self._sign = QStackedWidget()
        self._sign.setFixedSize(_ICON_PIXELS, _ICON_PIXELS)
        self._sign.addWidget(self._icon)
        self._sign.addWidget(self._spinner)
        self._words = text_label("", "body", wrap=True)
        # A long path must not make the panel wider.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._words.setSizePolicy(policy)
        self._words.setMinimumHeight(38)
        row((self._sign, 0, Qt.AlignmentFlag.AlignVCenter), (self._words, 1), inside=self, spacing=10)

    @property
    def words(self) -> str:
        """Return what it says."""
        return self._words.text().replace(_BREAK_HERE, "")

    def show_state(self, words: str, stage: PrintStage) -> None:
        """Say something else."""
        icon, role, tone = _LOOKS[stage]
        self._icon.show_icon(icon, role)
        self._sign.setCurrentWidget(self._spinner if stage is PrintStage.WORKING else self._icon)
        self._words.setText(words.replace("/", f"/{_BREAK_HERE}").replace("\\", f"\\{_BREAK_HERE}"))
        self._words.setToolTip(words)
        set_tone(self._words, tone)


class SoldPanel(QFrame):
    """Shows one sale. Enter calls the next customer while the keyboard is here, and it comes here when shown.

    Signals:
        next_customer_asked(): by Enter or the large button.
        print_asked(): by F6; the same tickets, not a reprint.
        open_asked(): by "Open PDF".
    """

    next_customer_asked = Signal()
    print_asked = Signal()
    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._number = ""
        self.performances = PerformanceLines()
        self.number = FittedLabel(pixels=26, figures=False)
        self._caption = text_label("", "muted")
        self._rows = [(text_label("", "muted"), ElidedLabel("", "strong")) for _ in range(_ROWS)]
        for _name, value in self._rows:
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._sentence = text_label("", "strong", wrap=True)
        self.change = FittedLabel(pixels=58, tone="ok")
        self.preview = PagePreview()
        self.preview.enlarge_asked.connect(self._on_enlarge)
        self.print_line = PrintLine()
        self.print_button = KeyButton(self.tr("Print"), "F6", icon_name="printer")
        self.print_button.clicked.connect(self.print_asked)
        self.open_button = KeyButton(self.tr("Open PDF"), icon_name="file-pdf")
        self.open_button.clicked.connect(self.open_asked)
        self.next_button = KeyButton(self.tr("Next customer"), icon_name="arrow-right", variant="primary", size="large")
        self.next_button.print_key("Return")
        self.next_button.clicked.connect(self.next_customer_asked)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(
                QKeySequence(key),
                self,
                self.next_button.click,
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )
        self._change_well = self._well()
        self._arrange()

    def show_sale(
        self,
        sale: Sale,
        performances: tuple[PerformanceSeats, ...] = (),
        done: DoneWords | None = None,
        *,
        setting: str = "",
    ) -> None:
        """Show a sale whose tickets are not set yet. performances: what it is for, as far as that is known.

        done: where it is none, but something else that was done. setting: what is said while its paper is set.
        """
        told = done or sale_words(sale)
        self.performances.show_seats(performances)
        self._number = sale.number
        self.number.show_text(grouped(sale.number))
        self._caption.setText(told.caption)
        for at, (name, value) in enumerate(self._rows):
            words, shown = told.rows[at] if at < len(told.rows) else ("", "")
            say(name, words)
            value.show_words(shown)
            value.setVisible(bool(shown))
        self._well_caption.setText(told.well)
        self.change.show_text(told.amount, "faint" if told.is_quiet else "ok")
        self._change_well.setVisible(bool(told.well))
        say(self._sentence, told.sentence)
        self.preview.show_images(())
        self.open_button.setEnabled(False)
        self.print_button.setEnabled(False)
        self.show_print_state(setting or self.tr("Setting the tickets…"), PrintStage.WORKING)
        if done is None:
            announce(self, self.tr("Sold. Change due: {0}").format(self.change.text), urgent=True)
        else:
            back = labelled(told.well, told.amount) if told.well else ""
            announce(self, following(told.caption, back, told.sentence), urgent=True)

    def show_tickets(self, printed: PrintedTickets, pages: tuple[RasterPage, ...]) -> None:
        """Show the tickets of this sale; those of another one are ignored."""
        if printed.order_number != self._number:
            return
        if not self.performances.words:
            self.performances.show_seats(seats_of_faces(printed.faces))
        self.preview.show_images([page_image(page) for page in pages])
        self.open_button.setEnabled(printed.path is not None)
        self.open_button.setToolTip("" if printed.path is None else printed.path.name)
        self.print_button.setEnabled(True)

    def show_print_state(self, words: str, stage: PrintStage = PrintStage.NOTE) -> None:
        """Say how the printing stands: "Printing on HALL-1…" (WORKING), "Printed on HALL-1." (DONE)."""
        self.print_line.show_state(words, stage)
        self.print_button.set_words(self.tr("Print"))

    def show_problem(self, words: str) -> None:
        """Say that the tickets were not set or not printed; the sale stands, and Print tries again."""
        self.print_line.show_state(words, PrintStage.FAILED)
        self.print_button.setEnabled(True)
        self.print_button.set_words(self.tr("Print again"))
        announce(self, words, urgent=True)

    def show_unopened(self, words: str) -> None:
        """Say that the tickets could not be looked at; whether they are on paper is not changed by that."""
        self.print_line.show_state(words, PrintStage.FAILED)
        announce(self, words, urgent=True)

    def _well(self) -> QFrame:
        well = QFrame()
        well.setProperty("role", "well")
        self._well_caption = text_label("", "strong", tone="muted")
        column(self._well_caption, self.change, inside=well, margins=(16, 12, 16, 8), spacing=0)
        return well

    def _arrange(self) -> None:
        words = column(self._caption, self.number, spacing=0)
        column(
            row(IconLabel("check-circle", 52, "ok"), (words, 1), spacing=12),
            self.performances,
            rule(),
            *(row(name, (value, 1)) for name, value in self._rows),
            self._change_well,
            self._sentence,
            Gap(2),
            (self.preview, 1),
            self.print_line,
            row((self.print_button, 1), (self.open_button, 1), spacing=8),
            self.next_button,
            inside=self,
            margins=(18, 16, 18, 18),
            spacing=8,
        )

    def _on_enlarge(self) -> None:
        sheet = PreviewSheet(self, grouped(self._number), self.preview.images, self.preview.page)
        sheet.open_asked.connect(self.open_asked)
        sheet.open()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, so that Enter calls the next customer."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
