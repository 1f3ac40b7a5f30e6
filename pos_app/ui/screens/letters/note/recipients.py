"""Whom a note goes to: the guests of a performance, or one customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.domain.customers.finding import CustomerRow
from pos_app.ui.customers.finder import CustomerFinder
from pos_app.ui.customers.words import row_of
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.season.offers import PerformanceSummary
    from pos_app.ui.screens.letters.operations import LetterOperations

_GUESTS: Final = "guests"
_CUSTOMER: Final = "customer"
_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class NoteTarget:
    """Whom a note goes to; one of both. words: what the performance, or the customer, is called."""

    performance_id: int | None = None
    customer_id: int | None = None
    words: str = ""

    @property
    def is_chosen(self) -> bool:
        """Tell whether it goes to anybody."""
        return self.performance_id is not None or self.customer_id is not None


NOBODY: Final = NoteTarget()


class Recipients(QWidget):
    """A list of performances, for who may write to all guests of one, and the finder of customers.

    Signals: changed(): it is somebody else, or nobody yet. failed(Exception): the performances cannot be read.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, operations: LetterOperations, target: NoteTarget = NOBODY) -> None:
        super().__init__()
        self._operations = operations
        self._wanted = target
        self.ways = SegmentedButtons(
            [(_GUESTS, self.tr("Guests of a performance")), (_CUSTOMER, self.tr("One customer"))]
        )
        self.ways.chosen.connect(self._on_way)
        self.box = ComboBox()
        self.box.setAccessibleName(self.tr("Performance"))
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.addItem(self.tr("Choose a performance"), None)
        self.box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.finder = CustomerFinder(operations.customers, rows=_ROWS, only_known=True)
        self.finder.changed.connect(self.changed)
        # The text below takes what there is to spare.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column(self.ways, self.box, self.finder, inside=self, spacing=8)
        # Shown before it lies in here, it would be a window of its own for a moment.
        self.ways.setVisible(operations.may_manage)
        to_customer = target.customer_id is not None or not operations.may_manage
        self.ways.choose(_CUSTOMER if to_customer else _GUESTS)
        self._show_way(to_customer=to_customer)

    @property
    def target(self) -> NoteTarget:
        """Return whom it goes to as it stands."""
        if self._is_to_customer:
            customer = self.finder.customer
            return NOBODY if customer is None else NoteTarget(None, customer.customer_id, customer.name)
        performance_id = self.box.currentData()
        return NOBODY if performance_id is None else NoteTarget(performance_id, None, self.box.currentText())

    def read(self) -> None:
        """Read what can be chosen, and show who was chosen before."""
        if self._operations.may_manage:
            self._operations.performances(self).then(self._on_performances, self.failed.emit)
        customer_id = self._wanted.customer_id
        if customer_id is not None:
            self.finder.show_choice(self._wanted.words, CustomerRow(customer_id, self._wanted.words))
            self._operations.customers.load(self, customer_id).then(self._on_customer, self.failed.emit)

    def begin(self) -> None:
        """Take the keyboard."""
        (self.finder.line if self._is_to_customer else self.box).setFocus()

    def _on_way(self, way: str) -> None:
        self._show_way(to_customer=way == _CUSTOMER)
        self.begin()
        self.changed.emit()

    def _show_way(self, *, to_customer: bool) -> None:
        self._is_to_customer = to_customer
        self.box.setVisible(not to_customer)
        self.finder.setVisible(to_customer)

    def _on_customer(self, record: CustomerRecord) -> None:
        self.finder.show_choice(record.name, row_of(record))
        self.changed.emit()

    def _on_performances(self, performances: tuple[PerformanceSummary, ...]) -> None:
        for one in performances:
            self.box.addItem(side_by_side(one.title, shown_dated_when(one)), one.performance_id)
        wanted = self._wanted.performance_id
        if wanted is None:
            return
        if self.box.findData(wanted) < 0:
            self.box.addItem(self._wanted.words, wanted)
        self.box.setCurrentIndex(self.box.findData(wanted))
