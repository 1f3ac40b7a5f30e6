"""Taking a season over: choose a table, see what it would do, mend what is in the way, take it over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from pos_app.computer.files import FileTooLargeError, read_bounded
from pos_app.domain.codes import new_request_id
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import InvalidInput, OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.domain.sentences import say, say_count
from pos_app.domain.takeover.file import MOST_BYTES, SeasonFile, read_season_file, too_large
from pos_app.services.takeover.taking_over import preview_takeover, take_over
from pos_app.ui.screens.admin.takeover.tables import PerformancesPanel, ProblemsPanel
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import panel, text_label
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.widgets.spinner import Spinner
from pos_app.ui.words.amounts import shown_number, shown_sum
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.takeover.records import TakenOver, TakeoverPreview
    from pos_app.ui.office import Office
    from pos_app.ui.widgets.sheets.confirm import ConfirmSheet

_NOTHING, _FILE, _BUSY = range(3)
_UNSURE: Final = (OutcomeUnknown, ServerUnreachable, ServerBusy)


class TakeoverPage(QWidget):
    """Nothing is stored before everything was shown. Signals: taken(TakenOver): a file was taken over."""

    taken = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._file: SeasonFile | None = None
        self._file_name = ""
        self._request_id = ""
        self._chosen: dict[str, int] = {}
        self.banner = Banner()
        self.performances = PerformancesPanel()
        self.performances.decided.connect(self._on_decided)
        self.problems = ProblemsPanel()
        self.summary = text_label("", "strong", wrap=True)
        self.file_line = text_label("", "heading")
        self.take_button = text_button(self.tr("Take over"), variant="primary")
        self.take_button.clicked.connect(self._on_take)
        self.empty = EmptyState(
            "list",
            self.tr("A season that is on sale elsewhere"),
            self.tr(
                "Export its sales and reservations as a table (CSV): performance, zone, row, seat, name, e-mail, "
                "phone, price, old code, status, reserved until.\n"
                "You see everything before anything is stored, and guests come in with the tickets they have."
            ),
            action=self.tr("Choose a table…"),
        )
        self.empty.asked.connect(self.choose_file)
        self._pages = QStackedWidget()
        for page in (self._empty_page(), self._file_page(), self._busy_page()):
            self._pages.addWidget(page)
        column(self.banner, (self._pages, 1), inside=self, spacing=10)
        self.setFocusProxy(self.empty)

    def choose_file(self) -> None:
        """Ask for a table, and read it."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Sales of another box office"), "", self.tr("Tables (*.csv *.txt *.tsv);;All files (*)")
        )
        if path:
            self.open_file(path)

    def open_file(self, path: str) -> None:
        """Read a table and show what it would do."""
        self.banner.dismiss()
        self._file_name = Path(path).name
        self._show_busy(self.tr("Reading {0}…").format(self._file_name))
        self._office.background.compute(self, _read, Path(path)).then(self._on_file, self._on_unreadable)

    def _empty_page(self) -> QWidget:
        frame = panel()
        column(self.empty, inside=frame)
        return frame

    def _file_page(self) -> QWidget:
        other = text_button(self.tr("Another table…"))
        other.clicked.connect(self.choose_file)
        close = text_button(self.tr("Put it away"), variant="ghost")
        close.clicked.connect(self._put_away)
        head = row((self.file_line, 1), close, other)
        tables = row((self.performances, 1), (self.problems, 1), spacing=14)
        foot = row((self.summary, 1), self.take_button)
        frame = panel()
        column(head, (tables, 1), foot, inside=frame, margins=(18, 16, 18, 16), spacing=12)
        return frame

    def _busy_page(self) -> QWidget:
        page = panel()
        self._busy_words = text_label("", "muted")
        column(1, row(1, Spinner(22), self._busy_words, 1, spacing=14), 1, inside=page)
        return page

    def _show_busy(self, words: str) -> None:
        self._busy_words.setText(words)
        self._pages.setCurrentIndex(_BUSY)

    def _put_away(self) -> None:
        self._file = None
        self._chosen = {}
        self.banner.dismiss()
        self._pages.setCurrentIndex(_NOTHING)

    def _on_file(self, file: SeasonFile) -> None:
        self._file = file
        self._chosen = {}
        self._request_id = new_request_id()
        self.file_line.setText(self._file_name)
        self._look()

    def _on_unreadable(self, error: Exception) -> None:
        """The file is none that can be read; what was shown of another one goes."""
        self._put_away()
        message = message_for(error)
        self.banner.show_message(replace(message, text=self.tr("{0}: {1}").format(self._file_name, message.text)))

    def _on_not_looked(self, error: Exception) -> None:
        self._pages.setCurrentIndex(_FILE if self._file is not None else _NOTHING)
        self.banner.show_message(message_for(error))

    def _look(self) -> None:
        if self._file is not None:
            looked = self._office.read_latest(self, "preview", preview_takeover, self._file, dict(self._chosen))
            looked.then(self._on_preview, self._on_not_looked)

    def _on_preview(self, preview: TakeoverPreview) -> None:
        self._pages.setCurrentIndex(_FILE)
        self.performances.show_performances(preview.performances, preview.choices)
        self.problems.show_problems(preview.problems, preview.warnings)
        seats = preview.sold + preview.reserved
        ready = bool(seats) and not preview.problems
        self.take_button.setEnabled(ready)
        self.take_button.setText(
            spoken_count("Take {count} seat over", "Take {count} seats over", seats) if ready else self.tr("Take over")
        )
        self.summary.setText(self._summary(preview))

    def _summary(self, preview: TakeoverPreview) -> str:
        """Return what the file does, a sentence on each line."""
        if preview.problems:
            return spoken_count(
                "{count} line cannot be taken over yet. Mend the file, or choose the performance.",
                "{count} lines cannot be taken over yet. Mend the file, or choose the performances.",
                len(preview.problems),
            )
        lines = [self._sold(preview)] if preview.sold or not preview.reserved else []
        if preview.reserved:
            lines.append(
                self.tr("Reserved: {seats}, to be paid: {owed}.").format(
                    seats=_in_reservations(preview.reserved, preview.reservations), owed=_total(preview.owed_minor)
                )
            )
        if preview.customers or preview.known_customers:
            lines.append(
                self.tr("Customers: {new} are new, {known} are here already.").format(
                    new=shown_number(preview.customers), known=shown_number(preview.known_customers)
                )
            )
        if doubtful := sum(one.by_date_only for one in preview.performances):
            lines.append(
                spoken_count(
                    "{count} performance was found by its date only: look whether it is the one.",
                    "{count} performances were found by their dates only: look whether they are the ones.",
                    doubtful,
                )
            )
        return "\n".join(lines)

    def _sold(self, preview: TakeoverPreview) -> str:
        sold, paid = _in_orders(preview.sold, preview.orders), _total(preview.paid_minor)
        if not paid:
            return self.tr("Sold: {sold}.").format(sold=sold)
        return self.tr("Sold: {sold}, paid elsewhere: {paid}.").format(sold=sold, paid=paid)

    def _on_decided(self, name: str, performance_id: int) -> None:
        self._chosen[name] = performance_id
        self._look()

    def _on_take(self) -> ConfirmSheet:
        sheet = confirm(
            self,
            self.tr("Take “{0}” over?").format(self._file_name),
            self.tr(
                "Its seats are sold and reserved here from then on, and the old codes of what is paid are good at the "
                "gates."
            ),
            yes=self.take_button.text(),
            lost=(self.summary.text(),),
            danger=False,
        )
        sheet.confirmed.connect(self._take_over)
        return sheet

    def _take_over(self) -> None:
        if self._file is None:
            return
        self._show_busy(self.tr("Taking {0} over…").format(self._file_name))
        self._office.write(self, take_over, self._request_id, self._file, dict(self._chosen), self._file_name).then(
            self._on_taken, self._on_refused
        )

    def _on_taken(self, done: TakenOver) -> None:
        self._put_away()
        words = self.tr("Taken over: {0}.").format(_in_orders(done.sold, done.orders))
        if done.reservations:
            words = self.tr("Taken over: {0}, and {1}.").format(
                _in_orders(done.sold, done.orders), _in_reservations(done.reserved, done.reservations)
            )
        made = spoken_count("{count} customer was made.", "{count} customers were made.", done.customers)
        self.banner.show_message(Message(words, made if done.customers else "", Level.OK))
        self.taken.emit(done)

    def _on_refused(self, error: Exception) -> None:
        self._pages.setCurrentIndex(_FILE)
        self.banner.show_message(message_for(error))
        if not isinstance(error, _UNSURE):
            self._look()


def _in_orders(seats: int, orders: int) -> str:
    """Return "1 seat in 1 order", "20 seats in 8 orders"."""
    return spoken_count("{seats} in {count} order", "{seats} in {count} orders", orders, seats=_seats(seats))


def _in_reservations(seats: int, reservations: int) -> str:
    """Return "1 seat in 1 reservation", "20 seats in 8 reservations"."""
    return spoken_count(
        "{seats} in {count} reservation", "{seats} in {count} reservations", reservations, seats=_seats(seats)
    )


def _seats(count: int) -> Sentence:
    return say_count("{count} seat", "{count} seats", count)


def _total(by_currency: Sequence[tuple[str, int]]) -> str:
    return shown_sum((minor, currency) for currency, minor in by_currency)


def _read(path: Path) -> SeasonFile:
    """Read a table; one that is far too large is not read at all. Raises InvalidInput."""
    try:
        return read_season_file(read_bounded(path, MOST_BYTES))
    except FileTooLargeError:
        raise too_large() from None
    except OSError as error:
        raise InvalidInput(
            say("The file cannot be read: {reason}.", reason=why_disk(error)), advice=say("Choose another one.")
        ) from error
