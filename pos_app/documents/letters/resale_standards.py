"""The standard wording of the letters about tickets that were given back for resale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.documents.letters.standard_parts import dear, farewell, headed

if TYPE_CHECKING:
    from pos_app.catalogues import Catalogue


def resale(of: Catalogue) -> list[str]:
    """Tell which tickets are on resale, that they stay valid meanwhile, and what would go back."""
    return [
        of.say("Your tickets on resale: {title} ({order})"),
        dear(of),
        of.say(
            "You gave us these tickets for resale. They stay valid until somebody buys the seats: until then you may"
            " come yourself, or take them back."
        ),
        "{performances}",
        headed(of.say("On resale")),
        "{seats}",
        "\n".join(
            (
                of.say("If all of them are resold, we pay back {amount}."),
                of.say("Our commission of {commission} is taken off already."),
            )
        ),
        of.say(
            "As soon as a seat is resold its ticket is void, and we write to you. What nobody has bought when the"
            " performance begins stays yours, and nothing is paid back for it."
        ),
        *farewell(of),
    ]


def resold(of: Catalogue) -> list[str]:
    """Tell which tickets are void because somebody bought the seats, and how the money goes back."""
    return [
        of.say("Resold: your tickets for {title} ({order})"),
        dear(of),
        of.say(
            "Somebody has bought the seats that you gave us for resale. The tickets below are no longer valid; please"
            " do not set out with them."
        ),
        "{performances}",
        headed(of.say("No longer valid")),
        "{seats}",
        headed(of.say("Your money back")),
        "\n".join(
            (
                of.say("Our commission of {commission} is taken off already."),
                of.say("We pay back {amount}, like this:"),
            )
        ),
        "{refunds}",
        *farewell(of),
    ]


def resale_ended(of: Catalogue) -> list[str]:
    """Tell which tickets are not on resale any more, and are good as before."""
    return [
        of.say("Your tickets are valid as before: {title} ({order})"),
        dear(of),
        of.say(
            "These tickets are not on resale any more. They are valid as before, and nothing is paid back for them."
        ),
        "{performances}",
        headed(of.say("Your seats")),
        "{seats}",
        *farewell(of),
    ]
