"""The standard wording of each kind of letter, for a house that has not worded it itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pos_app.catalogues import catalogue
from pos_app.documents.letters.resale_standards import resale, resale_ended, resold
from pos_app.documents.letters.standard_parts import (
    dear,
    farewell,
    headed,
    how_to_pay,
    regards,
    reserved_seats,
    tickets,
)
from pos_app.documents.letters.waiting_standards import offer, offer_lapsed, waiting, waiting_ended
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.templates import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pos_app.catalogues import Catalogue


@cache
def standard_template(kind: LetterKind, language: str) -> Template:
    """Return the standard template of a kind, as "de_AT" or "de-AT"; in English where Foyer does not speak that."""
    subject, *paragraphs = _WRITERS[kind](catalogue(language.replace("-", "_")))
    return Template(kind, language, subject, "\n\n".join(paragraphs))


def _confirmation(of: Catalogue) -> list[str]:
    return [
        of.say("Your tickets for {title} ({order})"),
        dear(of),
        of.say("Thank you for your order. We look forward to seeing you."),
        "{performances}",
        *tickets(of),
        headed(of.say("Your payment")),
        "{payments}",
        *farewell(of),
    ]


def _gift(of: Catalogue) -> list[str]:
    return [
        of.say("Your complimentary tickets for {title} ({order})"),
        dear(of),
        of.say("You are our guest: these tickets are yours, with our compliments."),
        "{performances}",
        *tickets(of),
        *farewell(of),
    ]


def _reservation(of: Catalogue) -> list[str]:
    return [
        of.say("Your reservation for {title} ({order})"),
        dear(of),
        of.say("Thank you. We keep these seats for you until {until}."),
        "{performances}",
        *reserved_seats(of),
        *how_to_pay(of),
        of.say(
            "This letter is no ticket yet. Seats that are not paid by then go back on sale, and nothing is charged."
        ),
        *regards(of),
    ]


def _lapse_soon(of: Catalogue) -> list[str]:
    return [
        of.say("Your reservation for {title} ends soon ({order})"),
        dear(of),
        of.say(
            "A short reminder: we keep these seats for you until {until}. If they are not paid by then, they go back"
            " on sale, and nothing is charged."
        ),
        "{performances}",
        *reserved_seats(of),
        *how_to_pay(of),
        of.say("If you do not need them any more, tell us, and somebody else will be glad of them."),
        *regards(of),
    ]


def _lapsed(of: Catalogue) -> list[str]:
    return [
        of.say("Your reservation for {title} has ended ({order})"),
        dear(of),
        "\n".join(
            (
                of.say("We kept these seats for you until {until}."),
                of.say("Your seats are no longer reserved, and nothing was charged."),
            )
        ),
        "{performances}",
        "{seats}",
        of.say("If you would still like to come, write to us or call: we will gladly see what is free."),
        *regards(of),
    ]


def _refund(of: Catalogue) -> list[str]:
    return [
        of.say("Your refund for {title} ({order})"),
        dear(of),
        of.say("We pay back {amount} for your order {order}, like this:"),
        "{refunds}",
        "{performances}",
        headed(of.say("No longer valid")),
        "{seats}",
        of.say("We hope to see you again soon."),
        *farewell(of),
    ]


def _exchange(of: Catalogue) -> list[str]:
    return [
        of.say("Your new tickets for {title} ({order})"),
        dear(of),
        of.say(
            "Your order was changed. The tickets in this letter replace earlier ones, which are no longer valid;"
            " other tickets of your order stay as they are."
        ),
        "{performances}",
        *tickets(of),
        headed(of.say("Your payment")),
        "{payments}",
        headed(of.say("What we pay back")),
        "{refunds}",
        *farewell(of),
    ]


def _cancelled(of: Catalogue) -> list[str]:
    return [
        of.say("Cancelled: {title} ({order})"),
        dear(of),
        of.say("We are sorry: this performance cannot take place. Please do not set out; the doors stay closed."),
        "{performances}",
        of.say("The reason: {reason}"),
        headed(of.say("Your money back")),
        "{refunds}",
        headed(of.say("Your seats were")),
        "{seats}",
        of.say("We are sorry for the disappointment, and would be glad to welcome you on another evening."),
        *farewell(of),
    ]


def _moved(of: Catalogue) -> list[str]:
    return [
        of.say("New date: {title} ({order})"),
        dear(of),
        of.say("Your performance has a new date. Please note when it begins now:"),
        "{performances}",
        *tickets(of),
        of.say("If the new date does not suit you, tell us soon: we will find a way."),
        *farewell(of),
    ]


def _note(of: Catalogue) -> list[str]:
    return ["{subject}", dear(of), "{text}", "{performances}", *regards(of)]


def _verification(of: Catalogue) -> list[str]:
    return [
        of.say("Your code from {organisation}"),
        dear(of),
        of.say("Please tell this code to the person at our counter. It shows that this address is yours."),
        "{code}",
        of.say(
            "It is valid for 15 minutes. If you did not ask for it, you need not do anything: without the code nobody"
            " can use your address with us."
        ),
        *regards(of),
    ]


def _test(of: Catalogue) -> list[str]:
    return [
        of.say("Test letter from {organisation}"),
        of.say("This is a test letter. Now that you read it, letters to customers can go out."),
        of.say("Nobody else has received it, and there is nothing to do."),
        *regards(of),
    ]


_WRITERS: Final[Mapping[LetterKind, Callable[[Catalogue], list[str]]]] = {
    LetterKind.CONFIRMATION: _confirmation,
    LetterKind.GIFT: _gift,
    LetterKind.RESERVATION: _reservation,
    LetterKind.LAPSE_SOON: _lapse_soon,
    LetterKind.LAPSED: _lapsed,
    LetterKind.REFUND: _refund,
    LetterKind.EXCHANGE: _exchange,
    LetterKind.CANCELLED: _cancelled,
    LetterKind.MOVED: _moved,
    LetterKind.WAITING: waiting,
    LetterKind.OFFER: offer,
    LetterKind.OFFER_LAPSED: offer_lapsed,
    LetterKind.WAITING_ENDED: waiting_ended,
    LetterKind.RESALE: resale,
    LetterKind.RESOLD: resold,
    LetterKind.RESALE_ENDED: resale_ended,
    LetterKind.NOTE: _note,
    LetterKind.VERIFICATION: _verification,
    LetterKind.TEST: _test,
}
