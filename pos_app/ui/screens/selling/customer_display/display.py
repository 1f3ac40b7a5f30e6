"""What the customer sees, where there is a second screen: the seats, the total, the change, in large type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.selling.basket_lines import TIMES
from pos_app.ui.look.dressing import dress
from pos_app.ui.look.theme import figures_font, ui_font
from pos_app.ui.screens.selling.basket.sums import sums_of
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.counted_places import are_seats
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.basket_lines import LineGroup
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import Sale
    from pos_app.ui.screens.selling.basket.sums import Sums

MOST_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class ReservedDue:
    """What is paid of a reservation: its evenings with their places, and the total as it is shown."""

    performances: tuple[PerformanceSeats, ...]
    total: str


class CustomerDisplay(QWidget):
    """A window without buttons, on the first screen that is not the cashier's; goes with theirs. No signals."""

    def __init__(self, cashiers: QWidget) -> None:
        super().__init__(cashiers, Qt.WindowType.Window)
        self._cashiers = cashiers
        self.setWindowTitle(self.tr("Foyer, for the customer"))
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head = text_label("", "title", wrap=True)
        self.lines = text_label("", "body", wrap=True)
        self.caption = text_label("", "heading")
        self.amount = text_label("", "display")
        self.head.setFont(ui_font(34))
        self.lines.setFont(ui_font(22))
        self.caption.setFont(ui_font(28))
        self.amount.setFont(figures_font(110))
        for label in (self.head, self.lines, self.caption, self.amount):
            label.setStyleSheet(f"font-size: {label.font().pixelSize()}px;")
        column(self.head, self.lines, 1, self.caption, self.amount, inside=self, margins=(70, 60, 70, 60), spacing=18)
        dress(self)
        self._welcome()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._follow_screens)
            app.screenRemoved.connect(self._follow_screens)
        self._follow_screens()

    def show_counter(
        self, basket: Basket, sale: Sale | None, exchange: Sums | None = None, reserved: ReservedDue | None = None
    ) -> None:
        """Show the sale that was just made, else what is paid now; without either, nothing is being sold.

        exchange: the sums of an exchange, where the basket is its new seats. reserved: what is due for a reservation.
        """
        if sale is not None:
            self._thank(sale)
        elif reserved is not None:
            self._ask(reserved)
        elif basket.lines:
            self._tell(basket, exchange or sums_of(basket))
        else:
            self._welcome()

    def _follow_screens(self) -> None:
        own = self._cashiers.window().screen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not own), None)
        if other is None:
            self.hide()
            return
        self.setGeometry(other.geometry())
        self.showFullScreen()

    def _welcome(self) -> None:
        self.head.setText(self.tr("Welcome"))
        for label in (self.lines, self.caption, self.amount):
            label.setText("")

    def _tell(self, basket: Basket, sums: Sums) -> None:
        performances = basket.performances()
        evenings = [_evening(one.seats()) for one in performances]
        several = self.tr("Your seats") if are_seats(basket.places()) else self.tr("Your places")
        self.head.setText(evenings[0] if len(evenings) == 1 else several)
        words = [
            line
            for evening, performance in zip(evenings, performances, strict=True)
            for line in (
                *((evening,) if len(evenings) > 1 else ()),
                *(_told(group, basket.currency) for group in performance.groups),
            )
        ]
        more = len(words) - MOST_LINES
        shown = [*words[:MOST_LINES], *((self.tr("and {0} more").format(shown_number(more)),) if more > 0 else ())]
        self.lines.setText("\n".join(shown))
        self.caption.setText(sums.caption if sums.is_of_exchange else self.tr("To pay"))
        self.amount.setText(sums.total)

    def _ask(self, reserved: ReservedDue) -> None:
        """Show what was reserved and is paid now. Whose it is, is nobody else's business."""
        self.head.setText(self.tr("Your reservation"))
        told = (side_by_side(_evening(seats), spoken(seats.spoken())) for seats in reserved.performances[:MOST_LINES])
        self.lines.setText("\n".join(told))
        self.caption.setText(self.tr("To pay"))
        self.amount.setText(reserved.total)

    def _thank(self, sale: Sale) -> None:
        self.head.setText(self.tr("Thank you"))
        self.lines.setText(self.tr("Order {0}").format(grouped(sale.number)))
        self.caption.setText(self.tr("Your change") if sale.change_minor else "")
        self.amount.setText(shown_amount(sale.change_minor, sale.currency) if sale.change_minor else "")


def _evening(seats: PerformanceSeats) -> str:
    return side_by_side(seats.title, shown_when(seats))


def _told(group: LineGroup, currency: str) -> str:
    """Return the places of a line, for whom they are and what they cost."""
    name, count = group.lines[0].ticket_type.name, len(group.lines)
    return side_by_side(
        spoken(group.spoken()),
        f"{shown_number(count)} {TIMES} {name}" if count > 1 else name,
        shown_amount(group.price_minor - group.saved_minor, currency),
    )
