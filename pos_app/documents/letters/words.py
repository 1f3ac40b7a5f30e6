"""The fixed words of the lists in a letter, in its language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, assert_never

from pos_app.documents.tickets.captions import captions_in
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.documents.tickets.captions import Captions
    from pos_app.domain.letters.contents import LetterParty
    from pos_app.domain.seats import Place


class LetterWords:
    """What stands beside the facts of a letter. captions: those that its tickets have, too."""

    def __init__(self, captions: Captions) -> None:
        self.captions = captions
        said = self.said = captions.said
        self.fees = said(say("Fees"))
        self.total = captions.total
        self.entry = said(
            say(
                "Show each ticket at the door, on paper or on your phone; the code beside each seat is enough. Please"
                " keep the codes to yourself: each opens the door once, for whoever shows it first."
            )
        )
        self.cancelled = said(say("Cancelled"))

    def place(self, place: Place) -> str:
        """Say a place on a line of its own."""
        spoken = self.said(place.spoken())
        return spoken[:1].upper() + spoken[1:]

    def and_more(self, title: str, more: int) -> str:
        """Name a performance, and how many more there are."""
        return self.said(
            say_count(
                "{title} and {count} more performance", "{title} and {count} more performances", more, title=title
            )
        )

    def doors_at(self, time: str) -> str:
        """Say when the doors open."""
        return self.said(say("Doors open at {time}", time=time))

    def was_to_begin(self, when: str) -> str:
        """Say when something should have begun."""
        return self.said(say("Before: {when}", when=when))

    def seats(self, count: int) -> str:
        """Say for how many somebody waits."""
        return self.said(say_count("{count} seat", "{count} seats", count))

    def wish(self, party: LetterParty) -> str:
        """Say which seats will do."""
        side = say("side by side") if party.together else say("not necessarily side by side")
        told = (
            self.said(say("category {names}", names=self._any_of(party.categories))) if party.categories else "",
            self._any_of(party.zones),
            self.said(side) if party.seats > 1 else "",
        )
        return " · ".join(filter(None, told)) or self.said(say("any seat"))

    def waited_until(self, when: str) -> str:
        """Say that a party waited as long as it wanted to."""
        return self.said(say("you wanted to wait until {when}.", when=when))

    def priced_from(self, money: str) -> str:
        """Say what a place costs at the least."""
        return self.said(say("from {price}", price=money))

    def _any_of(self, names: Sequence[str]) -> str:
        """Say that any of several will do."""
        if len(names) < 2:
            return "".join(names)
        return self.said(say("{names} or {last}", names=", ".join(names[:-1]), last=names[-1]))

    def left_out(self, count: int) -> str:
        """Say how many tickets do not go with the letter."""
        return self.said(
            say_count(
                "{count} ticket was changed or taken back since, and is not part of this letter.",
                "{count} tickets were changed or taken back since, and are not part of this letter.",
                count,
            )
        )

    def part_of(self, subject: str, part: int, parts: int) -> str:
        """Say which letter it is of several."""
        return self.said(say("{subject} ({part} of {parts})", subject=subject, part=part, parts=parts))

    def paid(self, method: PaymentMethod) -> str:
        """Say how money came in."""
        match method:
            case PaymentMethod.CARD:
                return self.said(say("Paid by card"))
            case PaymentMethod.CASH:
                return self.said(say("Paid in cash"))
            case PaymentMethod.ELSEWHERE:
                return self.said(say("Paid before, elsewhere"))
            case PaymentMethod.FREE:
                return self.said(say("Nothing to pay"))
            case _:
                assert_never(method)

    def to_pay(self) -> str:
        """Head money that is still to come."""
        return self.said(say("To pay"))

    def back(self, method: PaymentMethod) -> str:
        """Say how money goes back."""
        match method:
            case PaymentMethod.CARD:
                return self.said(say("To your card"))
            case PaymentMethod.CASH:
                return self.said(say("In cash"))
            case PaymentMethod.ELSEWHERE:
                return self.said(say("The way you paid"))
            case PaymentMethod.FREE:
                return self.said(say("Nothing to pay"))
            case _:
                assert_never(method)

    def arrives(self, method: PaymentMethod, *, is_due: bool) -> str:
        """Say when money that goes back arrives, and what has to be done for it; "": nothing to say."""
        match method:
            case PaymentMethod.CARD if is_due:
                return self.said(
                    say("We send it within a few days; your bank then usually needs up to ten working days.")
                )
            case PaymentMethod.CARD:
                return self.said(say("Sent. Your bank usually needs up to ten working days to show it."))
            case PaymentMethod.CASH if is_due:
                return self.said(say("It waits for you at the box office. Please bring your order number."))
            case PaymentMethod.CASH:
                return self.said(say("Paid out at the box office."))
            case PaymentMethod.ELSEWHERE if is_due:
                return self.said(say("It goes back by whoever took your payment, and arrives within some weeks."))
            case PaymentMethod.ELSEWHERE:
                return self.said(say("Sent back by whoever took your payment."))
            case PaymentMethod.FREE:
                return ""
            case _:
                assert_never(method)


@cache
def letter_words(language: str) -> LetterWords:
    """Return the fixed words in a language; English where Foyer does not speak it."""
    return LetterWords(captions_in(language))
