"""The exchange at the counter: what the order gives back, and which of its own seats are among the new ones."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.domain.errors import ServerBusy, ServerUnreachable
from pos_app.domain.orders.exchange_types import TypesInTurn
from pos_app.domain.orders.exchanges import ExchangeAsk
from pos_app.domain.seats import SeatKey, tell_places
from pos_app.domain.selling.basket import Basket
from pos_app.services.orders.exchanges.subject import load_exchange_subject, read_exchange_anew
from pos_app.ui.screens.selling.basket.asking import indexes_on
from pos_app.ui.screens.selling.exchange.letters import lines_meant
from pos_app.ui.screens.selling.exchange.words import gone_words
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from pos_app.domain.orders.exchange_subject import ExchangeAnew, ExchangeSubject, OldSeat
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.basket_lines import BasketLine
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.live_map import LiveMap


class Exchange(QObject):
    """Owns what is exchanged, if anything is. The new seats are held in the basket; the order's own need no hold.

    is_busy: whether a customer is at the counter, or the end of a payment is not known.
    Signals:
        begun(int): an exchange begins; the performance of its first seat.
        changed(): something else is given back or kept, or the exchange is over.
        left(int): it was left, and nothing was changed; the order.
        passed(int): a seat was pressed (its index) that is none of the order's.
        said(Message): something for the person. told(Message): what of it is gone, and what becomes of money.
    """

    begun = Signal(int)
    changed = Signal()
    left = Signal(int)
    passed = Signal(int)
    said = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        office: Office,
        hold: BasketHold,
        live: LiveMap,
        seats: SeatMap,
        is_busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._hold = hold
        self._live = live
        self._map = seats
        self._is_busy = is_busy
        self.subject: ExchangeSubject | None = None
        self.kept = Basket()
        self._shown = Basket()
        self._types = TypesInTurn()
        self._money = ""

    @property
    def is_active(self) -> bool:
        """Tell whether an exchange is under way."""
        return self.subject is not None

    @property
    def shown(self) -> Basket:
        """The basket as it is shown: what is held, and the seats of its own that the order keeps."""
        held = self._hold.basket
        if self.subject is None:
            return held
        self._shown.lines = [*held.lines, *self.kept.lines]
        self._shown.offers = {**held.offers, **self.kept.offers}
        return self._shown

    @property
    def missing(self) -> int:
        """How many seats are still to be chosen; below 0: so many too many are."""
        return 0 if self.subject is None else len(self.subject.lines) - len(self.shown.lines)

    @property
    def leaves_a_seat(self) -> bool:
        """Tell whether the order gives a seat up."""
        return self.subject is not None and bool(self._leaving(self.subject))

    @property
    def keeps_a_ticket(self) -> bool:
        """Tell whether a seat is kept as it is: its ticket is not touched."""
        types = {line.seat: line.ticket_type.ticket_type_id for line in self.kept.lines}
        lines = () if self.subject is None else self.subject.lines
        return any(types.get(line.seat) == line.ticket_type_id for line in lines)

    def ask(self) -> ExchangeAsk | None:
        """Return what would be exchanged now; None while that is not as many seats as are given back."""
        if self.subject is None or self.missing:
            return None
        key = self._hold.basket.key if self._hold.basket.lines else None
        return ExchangeAsk(self.subject.order_id, self.subject.line_ids, self.shown.sale_lines(), key)

    def start(self, order_id: int, line_ids: Sequence[int]) -> None:
        """Begin to exchange these seats of an order; not while somebody else is being served."""
        if self._refuse_busy():
            return
        self._office.read_latest(self, "subject", load_exchange_subject, order_id, tuple(line_ids)).then(
            self._begin, lambda error: self.said.emit(message_for(error))
        )

    def resume(self, order_id: int, line_ids: Sequence[int]) -> None:
        """Go on with an exchange that was cut off, whose new seats are in the basket already."""
        self._office.read_latest(self, "subject", load_exchange_subject, order_id, tuple(line_ids)).then(
            self._take_up, self._on_not_resumed
        )

    def read_again(self, money: str = "") -> None:
        """The order was changed by somebody else: go on with what is left, or end it where nothing is.

        money: what becomes of money that was taken for it; it is said with what is gone.
        """
        if (subject := self.subject) is not None:
            self._money = money or self._money
            self._office.read_latest(self, "subject", read_exchange_anew, subject.order_id, subject.line_ids).then(
                self._renew, self._on_not_renewed
            )

    def press_seat(self, index: int) -> None:
        """A seat was clicked, or walked to and Enter pressed: one of the order's own is kept, or given back again."""
        line = self._own_at(index)
        if line is None:
            self.passed.emit(index)
        else:
            self.toggle(line.seat)

    def toggle(self, seat: SeatKey) -> None:
        """Keep a seat of the order's own among the new ones, or give it back after all."""
        line = None if self.subject is None else self.subject.line_on(seat)
        if line is None:
            return
        place = spoken(line.place.spoken())
        if self.kept.holds(seat):
            self.kept.remove([seat])
            self.said.emit(Message(self.tr("Given back: {0}.").format(place)))
        elif self._keep(line):
            self.said.emit(Message(self.tr("Kept: {0}.").format(place), level=Level.OK))
        self.changed.emit()

    def give_back(self, seats: Iterable[SeatKey]) -> None:
        """Give seats back that were kept; others are not the exchange's."""
        own = [seat for seat in seats if self.kept.holds(seat)]
        if own:
            self.kept.remove(own)
            self.changed.emit()

    def change_type(self, seats: Iterable[SeatKey], ticket_type_id: int) -> None:
        """Change who will sit on seats that are kept; others are not the exchange's."""
        own = [seat for seat in seats if self.kept.holds(seat)]
        for seat in own:
            self.kept.change_type(seat, ticket_type_id)
        if own:
            self.changed.emit()

    def take_key(self, event: QKeyEvent, focused: Collection[SeatKey]) -> bool:
        """Take the letter of a ticket type, where it is meant for a seat that is kept; focused: the line's seats."""
        letter, chosen = lines_meant(event, self.shown.lines, focused) if self.kept.lines else ("", ())
        if not letter:
            return False
        self._choose_by_letter(chosen, letter)
        # Where all are meant, or several in one line, those that are held are the basket's to change.
        return all(self.kept.holds(line.seat) for line in chosen)

    def hand_types_on(self) -> None:
        """Sell the new seats for the ticket types of what is given back, as far as nobody has chosen another one."""
        if self.subject is None:
            return
        changes = self._types.hand_out(self._hold.basket.lines, self._leaving(self.subject))
        if changes:
            self._hold.change(lambda basket: basket.change_types(changes))

    def take_offer(self, offer: PerformanceOffer) -> None:
        """Take newer prices of a performance."""
        if any(seat.performance_id == offer.performance_id for seat in self.kept.seats):
            self.kept.reprice(offer)
            self.changed.emit()

    def mark_own(self) -> None:
        """Show on the map which seats are the order's own."""
        given = [] if self.subject is None else [line.seat for line in self._leaving(self.subject)]
        self._map.mark_own(indexes_on(self._live, given), indexes_on(self._live, self.kept.seats))

    def leave(self) -> None:
        """End it without a change: what is held goes back on sale."""
        if (subject := self.subject) is None:
            return
        self._give_up()
        words = self.tr("The exchange for order {0} was left: nothing is changed.").format(grouped(subject.number))
        self.said.emit(Message(words))
        self.left.emit(subject.order_id)

    def finish(self) -> None:
        """It is made, or over: the counter is the next customer's."""
        self.subject, self.kept, self._shown = None, Basket(), Basket()
        self.changed.emit()

    def _refuse_busy(self) -> bool:
        if self.is_active or self._is_busy():
            words = self.tr("Somebody is being served here: finish that first, or release the basket.")
            self.said.emit(Message(words, self.tr("Then begin the exchange again."), Level.WARNING))
            return True
        return False

    def _begin(self, subject: ExchangeSubject) -> None:
        if not self._refuse_busy():
            self._take_up(subject)

    def _take_up(self, subject: ExchangeSubject) -> None:
        self.subject, self.kept, self._shown = subject, Basket(), Basket()
        # Of an exchange that was cut off, whoever sat at the till has chosen them.
        self._types = TypesInTurn(self._hold.basket.seats)
        self._money = ""
        self.begun.emit(subject.lines[0].seat.performance_id)
        self.changed.emit()

    def _renew(self, anew: ExchangeAnew) -> None:
        if self.subject is None or self.subject.order_id != anew.subject.order_id:
            return
        money, self._money = self._money, ""
        if anew.subject.lines:
            self.subject = anew.subject
            self.kept.remove([seat for seat in self.kept.seats if anew.subject.line_on(seat) is None])
            self.changed.emit()
        else:
            self._give_up()
        if anew.gone:
            self.told.emit(gone_words(anew, money))

    def _give_up(self) -> None:
        """End it, and put what is held back on sale."""
        self.finish()
        self._hold.give_all_back()
        if self._hold.is_waiting:
            # Seats that are still on their way are given back as they come.
            self._hold.finish()

    def _on_not_resumed(self, error: Exception) -> None:
        """What is held was for an exchange that cannot be any more: it is not sold as something else."""
        self._hold.give_all_back()
        self.said.emit(message_for(error))

    def _on_not_renewed(self, error: Exception) -> None:
        """Say why; where it cannot be exchanged any more, after that it was left."""
        if not isinstance(error, ServerUnreachable | ServerBusy):
            self.leave()
        self.said.emit(message_for(error))

    def _leaving(self, subject: ExchangeSubject) -> list[OldSeat]:
        return [line for line in subject.lines if not self.kept.holds(line.seat)]

    def _own_at(self, index: int) -> OldSeat | None:
        offer, plan = self._live.offer, self._live.plan
        if self.subject is None or offer is None or plan is None:
            return None
        return self.subject.line_on(SeatKey(offer.performance_id, int(plan.seat_id[index])))

    def _keep(self, line: OldSeat) -> bool:
        """Put a seat of its own among the new ones, for the same ticket type; False where no price is set for it."""
        if self.subject is None:
            return False
        offer = self.subject.offers.get(line.seat.performance_id)
        if offer is not None:
            with suppress(ValueError):
                self.kept.add(offer, line.seat, line.place, line.category_id, line.category, position=line.position)
        if not self.kept.holds(line.seat):
            words = self.tr("{0} is not sold any more: it cannot be kept in an exchange.")
            self.said.emit(Message(words.format(spoken(tell_places([line.place]))), level=Level.WARNING))
            return False
        self.kept.change_type(line.seat, line.ticket_type_id)
        return True

    def _choose_by_letter(self, chosen: Iterable[BasketLine], letter: str) -> None:
        for line in chosen:
            kind = next((one for one in line.choices if one.letter.upper() == letter), None)
            if kind is not None:
                self.change_type([line.seat], kind.ticket_type_id)
