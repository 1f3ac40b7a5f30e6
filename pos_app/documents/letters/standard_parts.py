"""What the standard letters have in common: how they begin and end, and what stands in several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.letters.templates import HEADING

if TYPE_CHECKING:
    from pos_app.catalogues import Catalogue


def dear(of: Catalogue) -> str:
    """Return how a letter begins."""
    return of.say("Dear {customer},")


def headed(text: str) -> str:
    """Return a heading inside a letter."""
    return f"{HEADING}{text}"


def tickets(of: Catalogue) -> tuple[str, ...]:
    """Return the tickets of a letter, and how they open the door."""
    return (
        headed(of.say("Your tickets")),
        "{tickets}",
        "{left_out}",
        "{entry}",
    )


def reserved_seats(of: Catalogue) -> tuple[str, ...]:
    """Return what is reserved, and what it comes to."""
    return headed(of.say("Your seats")), "{seats}", of.say("To pay: {total}")


def how_to_pay(of: Catalogue) -> tuple[str, ...]:
    """Return where what is reserved is paid."""
    return (
        headed(of.say("Where you pay")),
        "\n".join(
            (
                of.say("At our box office. It is enough to give this number: {order}."),
                here(of),
            )
        ),
    )


def here(of: Catalogue) -> str:
    """Return where the box office is."""
    return of.say("You find us here: {venue}, {address}.")


def farewell(of: Catalogue) -> tuple[str, ...]:
    """Return what ends a letter about an order that there will be questions about."""
    return of.say("Your order number is {order}. Please have it ready when you write to us or call."), *regards(of)


def regards(of: Catalogue) -> tuple[str, ...]:
    """Return how a letter ends."""
    return ("\n".join((of.say("Kind regards,"), "{organisation}")),)
