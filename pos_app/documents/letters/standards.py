"""The standard wording of each kind of letter, for a house that has not worded it itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pos_app.catalogues import catalogue
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.templates import HEADING, Template

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.catalogues import Catalogue


@cache
def standard_template(kind: LetterKind, language: str) -> Template:
    """Return the standard template of a kind, as "de_AT" or "de-AT"; in English where Foyer does not speak that."""
    subject, *paragraphs = _WRITERS[kind](catalogue(language.replace("-", "_")))
    return Template(kind, language, subject, "\n\n".join(paragraphs))


def _confirmation(of: Catalogue) -> list[str]:
    return [
        of.say("Your tickets for {title} ({order})"),
        of.say("Dear {customer},"),
        of.say("Thank you for your order. We look forward to seeing you."),
        "{performances}",
        _headed(of.say("Your tickets")),
        "{tickets}",
        "{left_out}",
        _at_the_door(of),
        _headed(of.say("Your payment")),
        "{payments}",
        _farewell(of),
    ]


def _headed(text: str) -> str:
    return f"{HEADING}{text}"


def _at_the_door(of: Catalogue) -> str:
    return of.say(
        "Show each ticket at the door, on paper or on your phone. If you have only this letter, the codes in it are"
        " enough. Please keep them to yourself: each opens the door once."
    )


def _farewell(of: Catalogue) -> str:
    return of.say("Your order number is {order}. Have it ready when you call or write to us.")


_WRITERS: dict[LetterKind, Callable[[Catalogue], list[str]]] = {LetterKind.CONFIRMATION: _confirmation}
