"""Taking back what was done to the basket last: what was taken is given back, what was given back is taken again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import SeatsTaken
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.swaps import swap_seats
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest, KnownLine
from pos_app.ui.screens.selling.basket.words import named
from pos_app.ui.words import counted_places
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import AppliedPromo, Basket
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.background import Reply
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
    from pos_app.ui.screens.selling.basket.questions import BasketQuestions

UNDO_KEY: Final = "Ctrl+Z"


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a basket in one step.

    taken: seats that came in. given: lines that went out. types: the ticket types of seats as they were before.
    promo, name, customer and note: those that a basket lost, alone or with all its lines. on_undone: told when it is
    taken back.
    """

    taken: tuple[SeatKey, ...] = ()
    given: tuple[KnownLine, ...] = ()
    types: Mapping[SeatKey, int] = field(default_factory=dict)
    promo: AppliedPromo | None = None
    name: str = ""
    customer: CustomerRow | None = None
    note: str = ""
    on_undone: Callable[[], object] | None = None


class Undoing(QObject):
    """Remembers the last change of the present basket, tells it where a key has made it, and takes it back.

    A change can be taken back until the next one, until the time is up, or until the basket is sold.
    Signals:
        said(Message): something for the person.
        undone(): what was said of the change is out of date.
    """

    said = Signal(object)
    undone = Signal()

    def __init__(
        self, office: Office, hold: BasketHold, standing: Callable[[], Message], parent: QObject | None = None
    ) -> None:
        """standing: what is said to the person now."""
        super().__init__(parent)
        self._office = office
        self._hold = hold
        self._standing = standing
        self._last: Change | None = None
        self._is_undoing = False

    def hearings(self, panel: BasketPanel, questions: BasketQuestions) -> list[Hearing]:
        """Return which buttons of the basket do something that can be taken back."""
        return [
            (self.give_back, panel.seats_removed),
            (self.retake, panel.retake.clicked),
            (self.give_all_back, questions.released),
            (self.drop_promo, panel.promo.dropped),
        ]

    def lines_of(self, seats: Iterable[SeatKey]) -> tuple[KnownLine, ...]:
        """Return the lines of the basket with these seats, as they stand now."""
        basket, wanted = self._hold.basket, set(seats)
        found = (line for line in basket.lines if line.seat in wanted)
        return tuple(KnownLine(line, basket.offers[line.seat.performance_id]) for line in found)

    def remember(self, change: Change) -> None:
        """Keep a change that is seen without being told."""
        self._last = change

    def tell(self, message: Message, change: Change) -> None:
        """Keep a change, and say it with the way to take it back."""
        self._last = change
        words = self.tr("Undo ({0})").format(UNDO_KEY)
        self.said.emit(replace(message, undo=words, on_undo=self.undo))

    def tell_taken(self, seats: Iterable[SeatKey]) -> None:
        """Say that seats were taken by a key, unless it is said already that one of them has no price."""
        taken = tuple(seats)
        lines = self.lines_of(taken)
        if lines and len(lines) == len(taken):
            self.tell(Message(self.tr("Taken: {0}.").format(_named(lines)), level=Level.OK), Change(taken=taken))
        elif taken:
            self.remember(Change(taken=taken))

    def tell_difference(self, before: tuple[KnownLine, ...]) -> None:
        """Say what a key has put into the basket, or taken out of it; before: its lines as they stood."""
        had = {one.line.seat for one in before}
        taken = [seat for seat in self._hold.basket.seats if seat not in had]
        given = tuple(one for one in before if not self._hold.basket.holds(one.line.seat))
        if given:
            words = self.tr("Given back: {0}.").format(_named(given))
            self.tell(Message(words), Change(taken=tuple(taken), given=given))
        else:
            self.tell_taken(taken)

    def give_back(self, seats: Iterable[SeatKey]) -> None:
        """Give seats back, and say so."""
        lines = self.lines_of(seats)
        if lines:
            self._hold.give_back([one.line.seat for one in lines])
            self.tell(Message(self.tr("Given back: {0}.").format(_named(lines))), Change(given=lines))

    def give_all_back(self) -> None:
        """Release the whole basket, and say so."""
        basket = self._hold.basket
        lines, before = self.lines_of(basket.seats), basket
        self._hold.give_all_back()
        if lines:
            words = counted_places.released([one.line.place for one in lines])
            whose = before.customer_name, before.customer
            change = Change((), lines, promo=before.promo, name=whose[0], customer=whose[1], note=before.note)
            self.tell(Message(words), change)

    def retake(self) -> None:
        """Take the seats again whose time was over, and say so."""

        def held(placed: PlacedHold) -> None:
            if placed.refused:
                # It is said already which of them are gone.
                self.remember(Change(taken=placed.taken))
                return
            words = counted_places.taken_again(self._hold.basket.places(placed.taken))
            self.tell(Message(words, level=Level.OK), Change(taken=placed.taken))

        self._hold.retake(held)

    def change_types(self, types: Mapping[SeatKey, int]) -> None:
        """Change who will sit there, and say so, unless something is offered that the words would cover."""
        lines = self.lines_of(types)
        self._hold.change(lambda basket: _set_types(basket, types))
        before = {one.line.seat: one.line.ticket_type.ticket_type_id for one in lines}
        now = self.lines_of(types)
        names = {one.line.ticket_type.name for one in now}
        if len(names) == 1 and self._standing().on_action is None:
            words = self.tr("{0}: {1}.").format(_named(now), names.pop())
            self.tell(Message(words), Change(types=before))
        else:
            self.remember(Change(types=before))

    def drop_promo(self) -> None:
        """Go on without a promo code, and say so."""
        promo = self._hold.basket.promo
        self._hold.change(lambda basket: basket.drop_promo())
        if promo is not None:
            self.tell(Message(self.tr("Code {0} is taken out.").format(promo.code)), Change(promo=promo))

    def forget(self) -> None:
        """Nothing can be taken back any more: the next customer comes, the time is up, or seats are asked for anew."""
        if not self._is_undoing:
            self._last = None

    def undo(self) -> None:
        """Take the last change back; what is gone meanwhile is said, and then nothing is changed."""
        change, self._last = self._last or Change(), None
        hold = self._hold
        back = tuple(seat for seat in change.taken if hold.basket.holds(seat))
        again = tuple(one for one in change.given if not hold.basket.holds(one.line.seat))
        types = {seat: kind for seat, kind in change.types.items() if hold.basket.holds(seat)}
        if hold.is_expired or not (back or again or types or change.promo):
            self.said.emit(Message(self.tr("There is nothing to undo: only the last change can be taken back.")))
            return
        self.undone.emit()
        if again:
            self._take_again(change, again, back)
            return
        lines = self.lines_of(back)
        hold.give_back(back)
        if types:
            hold.change(lambda basket: _set_types(basket, types))
        if change.promo is not None:
            hold.change(lambda basket: _restore(basket, change))
        self._tell_undone(change, self.tr("Given back: {0}.").format(_named(lines)) if lines else "")

    def _take_again(self, change: Change, again: tuple[KnownLine, ...], back: tuple[SeatKey, ...]) -> None:
        """Take seats again, and in the same step give back those that had come in their place."""
        seats = tuple(sorted(one.line.seat for one in again))

        def begin(key: str, late: bool) -> Reply[PlacedHold]:  # noqa: FBT001 - as HoldRequest calls it
            if back:
                return self._office.write(self._hold, swap_seats, key, seats, back, after_start=late)
            return self._office.write(self._hold, place_hold, key, seats, partial=len(seats) > 1, after_start=late)

        def held(placed: PlacedHold) -> None:
            if back:
                self._hold.drop(back)
            if change.promo is not None or change.name or change.note:
                self._hold.change(lambda basket: _restore(basket, change))
            if not placed.refused:
                self._tell_undone(change, self.tr("Taken again: {0}.").format(_named(again)))

        def refused(error: Exception) -> bool:
            if not isinstance(error, SeatsTaken):
                return False
            words = self.tr("This cannot be undone any more; the basket is as it was.")
            self.said.emit(Message(spoken(error.message), words, Level.WARNING))
            return True

        self._is_undoing = True
        try:
            self._hold.ask(
                HoldRequest(
                    None, None, begin, _itself, seats, gives=back, lines=again, on_held=held, on_refused=refused
                )
            )
        finally:
            self._is_undoing = False

    def _tell_undone(self, change: Change, words: str) -> None:
        if change.on_undone is not None:
            change.on_undone()
        self.said.emit(Message(self.tr("Undone."), words, Level.OK))


def _itself(placed: Any) -> PlacedHold | None:
    return placed  # type: ignore[no-any-return]  # the answer of swap_seats and place_hold


def _named(lines: Iterable[KnownLine]) -> str:
    return named(one.line for one in lines)


def _set_types(basket: Basket, types: Mapping[SeatKey, int]) -> None:
    for seat, kind in types.items():
        basket.change_type(seat, kind)


def _restore(basket: Basket, change: Change) -> None:
    """Give a basket back its code, its name and its note, where it has no others by now."""
    basket.promo = basket.promo or change.promo
    if not basket.customer_name:
        basket.name_customer(change.name, change.customer)
    basket.note = basket.note or change.note
