"""The standard wording of each kind of letter, for a house that has not worded it itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pos_app.catalogues import catalogue
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.templates import HEADING, Template

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
        _dear(of),
        of.say("Thank you for your order. We look forward to seeing you."),
        "{performances}",
        *_tickets(of),
        _headed(of.say("Your payment")),
        "{payments}",
        *_farewell(of),
    ]


def _gift(of: Catalogue) -> list[str]:
    return [
        of.say("Your complimentary tickets for {title} ({order})"),
        _dear(of),
        of.say("You are our guest: these tickets are yours, with our compliments."),
        "{performances}",
        *_tickets(of),
        *_farewell(of),
    ]


def _reservation(of: Catalogue) -> list[str]:
    return [
        of.say("Your reservation for {title} ({order})"),
        _dear(of),
        of.say("Thank you. We keep these seats for you until {until}."),
        "{performances}",
        *_reserved_seats(of),
        *_how_to_pay(of),
        of.say(
            "This letter is no ticket yet. Seats that are not paid by then go back on sale, and nothing is charged."
        ),
        *_regards(of),
    ]


def _lapse_soon(of: Catalogue) -> list[str]:
    return [
        of.say("Your reservation for {title} ends soon ({order})"),
        _dear(of),
        of.say(
            "A short reminder: we keep these seats for you until {until}. If they are not paid by then, they go back"
            " on sale, and nothing is charged."
        ),
        "{performances}",
        *_reserved_seats(of),
        *_how_to_pay(of),
        of.say("If you do not need them any more, tell us, and somebody else will be glad of them."),
        *_regards(of),
    ]


def _lapsed(of: Catalogue) -> list[str]:
    return [
        of.say("Your reservation for {title} has ended ({order})"),
        _dear(of),
        "\n".join(
            (
                of.say("We kept these seats for you until {until}."),
                of.say("Your seats are no longer reserved, and nothing was charged."),
            )
        ),
        "{performances}",
        "{seats}",
        of.say("If you would still like to come, write to us or call: we will gladly see what is free."),
        *_regards(of),
    ]


def _refund(of: Catalogue) -> list[str]:
    return [
        of.say("Your refund for {title} ({order})"),
        _dear(of),
        of.say("We pay back {amount} for your order {order}, like this:"),
        "{refunds}",
        "{performances}",
        _headed(of.say("No longer valid")),
        "{seats}",
        of.say("We hope to see you again soon."),
        *_farewell(of),
    ]


def _exchange(of: Catalogue) -> list[str]:
    return [
        of.say("Your new tickets for {title} ({order})"),
        _dear(of),
        of.say(
            "Your order was changed. The tickets in this letter replace earlier ones, which are no longer valid;"
            " other tickets of your order stay as they are."
        ),
        "{performances}",
        *_tickets(of),
        _headed(of.say("Your payment")),
        "{payments}",
        _headed(of.say("What we pay back")),
        "{refunds}",
        *_farewell(of),
    ]


def _cancelled(of: Catalogue) -> list[str]:
    return [
        of.say("Cancelled: {title} ({order})"),
        _dear(of),
        of.say("We are sorry: this performance cannot take place. Please do not set out; the doors stay closed."),
        "{performances}",
        of.say("The reason: {reason}"),
        _headed(of.say("Your money back")),
        "{refunds}",
        _headed(of.say("Your seats were")),
        "{seats}",
        of.say("We are sorry for the disappointment, and would be glad to welcome you on another evening."),
        *_farewell(of),
    ]


def _moved(of: Catalogue) -> list[str]:
    return [
        of.say("New date: {title} ({order})"),
        _dear(of),
        of.say("Your performance has a new date. Please note when it begins now:"),
        "{performances}",
        *_tickets(of),
        of.say("If the new date does not suit you, tell us soon: we will find a way."),
        *_farewell(of),
    ]


def _note(of: Catalogue) -> list[str]:
    return ["{subject}", _dear(of), "{text}", "{performances}", *_regards(of)]


def _verification(of: Catalogue) -> list[str]:
    return [
        of.say("Your code from {organisation}"),
        _dear(of),
        of.say("Please tell this code to the person at our counter. It shows that this address is yours."),
        "{code}",
        of.say(
            "It is valid for 15 minutes. If you did not ask for it, you need not do anything: without the code nobody"
            " can use your address with us."
        ),
        *_regards(of),
    ]


def _test(of: Catalogue) -> list[str]:
    return [
        of.say("Test letter from {organisation}"),
        of.say("This is a test letter. Now that you read it, letters to customers can go out."),
        of.say("Nobody else has received it, and there is nothing to do."),
        *_regards(of),
    ]


def _dear(of: Catalogue) -> str:
    return of.say("Dear {customer},")


def _headed(text: str) -> str:
    return f"{HEADING}{text}"


def _tickets(of: Catalogue) -> tuple[str, ...]:
    return (
        _headed(of.say("Your tickets")),
        "{tickets}",
        "{left_out}",
        "{entry}",
    )


def _reserved_seats(of: Catalogue) -> tuple[str, ...]:
    return _headed(of.say("Your seats")), "{seats}", of.say("To pay: {total}")


def _how_to_pay(of: Catalogue) -> tuple[str, ...]:
    return (
        _headed(of.say("Where you pay")),
        "\n".join(
            (
                of.say("At our box office. It is enough to give this number: {order}."),
                of.say("You find us here: {venue}, {address}."),
            )
        ),
    )


def _farewell(of: Catalogue) -> tuple[str, ...]:
    """Return what ends a letter about an order that there will be questions about."""
    return of.say("Your order number is {order}. Please have it ready when you write to us or call."), *_regards(of)


def _regards(of: Catalogue) -> tuple[str, ...]:
    return ("\n".join((of.say("Kind regards,"), "{organisation}")),)


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
    LetterKind.NOTE: _note,
    LetterKind.VERIFICATION: _verification,
    LetterKind.TEST: _test,
}
