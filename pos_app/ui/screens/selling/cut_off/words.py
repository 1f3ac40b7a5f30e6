"""What the cashier is told of a sale that was cut off: one sentence on what became of it, and what to do now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos_app.domain.codes import grouped
from pos_app.domain.sentences import Money, say, say_count
from pos_app.flows.find_cut_off import Outcome
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.counted_places import are_seats
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken, spoken_count, spoken_error
from pos_app.ui.words.times import shown_countdown, shown_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import Place
    from pos_app.domain.selling.basket_notes import BasketNote
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.sentences import Fact
    from pos_app.flows.find_cut_off import CutOffSale

NAMED_PLACES: Final = 4
"""So many places are named before the rest is counted."""


class CutOffWords(QObject):
    """Puts it into words. No signals."""

    def told(self, found: CutOffSale, seller: str) -> Message:
        """Say what became of a sale. seller: who is signed in now."""
        if found.outcome in {Outcome.SOLD, Outcome.TAKEN_BACK}:
            return self._sold(found)
        if found.outcome is Outcome.EXCHANGED and found.exchanged is not None:
            words = self.tr("The exchange went through before Foyer was cut off: order {0}.")
            told = words.format(grouped(found.exchanged.number))
            return Message(told, self.tr("Take no money again, and give none back again."), Level.OK)
        if found.outcome is Outcome.RESERVED:
            words = self.tr("The seats were reserved before Foyer was cut off: order {0}.")
            told = words.format(grouped(found.reserved))
            return Message(told, self.tr("Nothing is paid. It stands among the reservations."), Level.OK)
        words = {
            Outcome.HELD: self._still_held,
            Outcome.FREE: self._free,
            Outcome.GONE: self._gone,
        }.get(found.outcome, self._unknown)(found)
        way = None if found.note.method is None else payment_words(found.note.method)
        level = Level.ERROR if way is not None and way.takes_by_itself else Level.WARNING
        advice = (way.cut_off if way is not None else "", *self._of_changes(found), self._of_seller(found.note, seller))
        return Message(words, following(*advice), level)

    def not_answered(self, note: BasketNote) -> Message:
        """Say that it is not known yet what became of a sale."""
        return Message(
            self.tr("A sale was cut off at this till: {0}.").format(self._of_what(note)),
            self.tr("The server does not answer. Foyer keeps asking; take no money for it before it is known."),
            Level.ERROR if note.concerns_money else Level.WARNING,
        )

    def pick_up_closed(self, note: BasketNote) -> Message:
        """Say that a reservation was open for paying here, and that every till may open it again."""
        words = self.tr("Order {0} was open for paying here when Foyer was cut off. Every till may open it again.")
        advice = self.tr("Look at the order whether it is paid before you take money for it.")
        return Message(words.format(grouped(note.places)), advice, Level.WARNING)

    def comes_later(self, found: CutOffSale, seller: str) -> Message:
        """Say what became of a sale that waits until the customer at the counter is served."""
        told = self.told(found, seller)
        if found.hold is not None and found.outcome is Outcome.HELD:
            told = replace(told, text=self._held_until(found, found.hold))
        return replace(told, advice=self.tr("It comes back when this customer is served."))

    def held(self, places: Sequence[Place], seconds_left: float) -> str:
        """Say for how long the seats are held; true for a second."""
        time = shown_countdown(seconds_left)
        if are_seats(places):
            return spoken_count(
                "The sale was cut off before it was paid. The seat is still held for {time}.",
                "The sale was cut off before it was paid. The seats are still held for {time}.",
                len(places),
                time=time,
            )
        return spoken_count(
            "The sale was cut off before it was paid. The place is still held for {time}.",
            "The sale was cut off before it was paid. The places are still held for {time}.",
            len(places),
            time=time,
        )

    def run_out(self, places: Sequence[Place]) -> str:
        """Say that the seats are held no longer."""
        if are_seats(places):
            return spoken_count(
                "The sale was cut off before it was paid. Its seat is not held now: F5 takes it again.",
                "The sale was cut off before it was paid. Its seats are not held now: F5 takes them again.",
                len(places),
            )
        return spoken_count(
            "The sale was cut off before it was paid. Its place is not held now: F5 takes it again.",
            "The sale was cut off before it was paid. Its places are not held now: F5 takes them again.",
            len(places),
        )

    def not_readable(self, count: int) -> Message:
        """Say that notes could not be read."""
        return Message(
            spoken_count(
                "This till wrote a sale down when it was cut off, and the note cannot be read.",
                "This till wrote {count} sales down when it was cut off, and the notes cannot be read.",
                count,
            ),
            self.tr("Look among the last orders whether it is sold, before you take money for it."),
            Level.WARNING,
        )

    def of_printing(self, printing: str) -> str:
        """Say how far the tickets of a sale were."""
        if printing == "printed":
            return self.tr("The printer took the tickets before Foyer was cut off. F6 prints them once more.")
        if printing == "sent":
            return self.tr("Did the tickets come out? They were on their way to the printer. F6 prints them again.")
        return self.tr("The tickets were not printed yet. F6 prints them.")

    def _sold(self, found: CutOffSale) -> Message:
        if found.sale is None:
            return self._lost_track(found)
        order = grouped(found.sale.number)
        amount = shown_amount(found.sale.total_minor, found.sale.currency)
        if found.outcome is Outcome.TAKEN_BACK:
            words = self.tr("Order {0} over {1} was sold before Foyer was cut off, and has been taken back since.")
            return Message(words.format(order, amount), self.tr("Its tickets are not valid."), Level.WARNING)
        words = self.tr("The sale went through before Foyer was cut off: order {0} over {1} is paid.")
        return Message(words.format(order, amount), self.tr("Take no money again."), Level.OK)

    def _still_held(self, found: CutOffSale) -> str:
        return self.held(found.basket.places(), found.hold.seconds_left if found.hold is not None else 0)

    def _held_until(self, found: CutOffSale, hold: PlacedHold) -> str:
        """Say until when: nothing here counts with a customer who waits."""
        places, first = found.basket.places(), found.basket.lines[0]
        time = shown_time(hold.expires_at, found.basket.offers[first.seat.performance_id].time_zone)
        if are_seats(places):
            return spoken_count(
                "The sale was cut off before it was paid. The seat is still held until {time}.",
                "The sale was cut off before it was paid. The seats are still held until {time}.",
                len(places),
                time=time,
            )
        return spoken_count(
            "The sale was cut off before it was paid. The place is still held until {time}.",
            "The sale was cut off before it was paid. The places are still held until {time}.",
            len(places),
            time=time,
        )

    def _free(self, found: CutOffSale) -> str:
        places = found.basket.places()
        if not found.given_back:
            return self.run_out(places)
        if are_seats(places):
            return spoken_count(
                "The sale was cut off before it was paid. Its seat was given back: F5 takes it again.",
                "The sale was cut off before it was paid. Its seats were given back: F5 takes them again.",
                len(places),
            )
        return spoken_count(
            "The sale was cut off before it was paid. Its place was given back: F5 takes it again.",
            "The sale was cut off before it was paid. Its places were given back: F5 takes them again.",
            len(places),
        )

    def _gone(self, found: CutOffSale) -> str:
        return spoken_count(
            "The sale was cut off before it was paid, and its seat is gone: {places}.",
            "The sale was cut off before it was paid, and its seats are gone: {places}.",
            len(found.lost),
            places=_named(found.lost),
        )

    def _unknown(self, found: CutOffSale) -> str:
        return self.tr("A sale was cut off at this till, and this box office does not know it: {0}.").format(
            self._of_what(found.note)
        )

    def _lost_track(self, found: CutOffSale) -> Message:
        return Message(self._unknown(found), self.tr("Look among the last orders."), Level.WARNING)

    def _of_changes(self, found: CutOffSale) -> list[str]:
        """Say what is otherwise than the customer was told."""
        said: list[str] = []
        if found.note.exchange_of:
            said.append(self.tr("It was an exchange, and is not made: the old tickets are still good."))
        if found.lost and found.outcome in {Outcome.HELD, Outcome.FREE}:
            said.append(spoken(say("Gone meanwhile: {places}.", places=_named(found.lost))))
        if found.outcome is Outcome.GONE:
            said.append(self.tr("Choose other seats for the customer."))
        if found.refusal is not None:
            said.append(spoken_error(found.refusal))
        if found.is_dearer_or_cheaper:
            before = shown_amount(found.note.total_minor, found.note.currency)
            now = shown_amount(found.basket.totals().total_minor, found.basket.currency)
            said.append(
                self.tr("The price has changed: it was {0} and is {1} now. Tell the customer.").format(before, now)
            )
        return said

    def _of_seller(self, note: BasketNote, seller: str) -> str:
        if not note.staff_name or note.staff_name == seller:
            return ""
        return self.tr("{0} began it; the sale is yours now.").format(note.staff_name)

    def _of_what(self, note: BasketNote) -> str:
        if not note.currency:
            return self.tr("its seats were just being chosen")
        return spoken(say("{places}, {total}", places=note.places, total=Money(note.total_minor, note.currency)))


def _named(places: tuple[str, ...]) -> Fact:
    more = len(places) - NAMED_PLACES
    if more <= 0:
        return places
    return say_count("{places} and {count} more", "{places} and {count} more", more, places=places[:NAMED_PLACES])
