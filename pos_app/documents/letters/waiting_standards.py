"""The standard wording of the letters to a party on a waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.documents.letters.standard_parts import dear, headed, here, regards

if TYPE_CHECKING:
    from pos_app.catalogues import Catalogue


def waiting(of: Catalogue) -> list[str]:
    """Tell a party that it waits, at which place, and how it leaves."""
    return [
        of.say("You are on the waiting list for {title} ({waiting_code})"),
        dear(of),
        of.say("You are on our waiting list for this performance."),
        _moved(of),
        "{performances}",
        "\n".join(
            (
                of.say("You wait for {party}: {wish}."),
                of.say("Your place in the queue as we write this: {place}."),
                of.say("You wait until {until}; seats that come free later are not offered to you."),
            )
        ),
        of.say(
            "As soon as seats come free that suit you, we hold them for you and write to this address. Until then you"
            " need not do anything, and nothing is charged."
        ),
        headed(of.say("Your code")),
        "{code}",
        of.say("If you do not want to wait any more, write to us or call, and give this code."),
        *regards(of),
    ]


def offer(of: Catalogue) -> list[str]:
    """Tell a party which seats are held for it, until when, and how it gets them."""
    return [
        of.say("Seats for you: {title} ({waiting_code})"),
        dear(of),
        of.say("Seats have come free that you waited for. We hold them for you until {until}."),
        _moved(of),
        "{performances}",
        headed(of.say("Your seats")),
        "{seats}",
        of.say("What you pay depends on the tickets that you choose."),
        headed(of.say("How you get them")),
        here(of),
        of.say("Come to our box office or call us by then, and give this code:"),
        "{code}",
        of.say(
            "This letter is no ticket yet. Seats that are not bought by then go to whoever waits next, and nothing is"
            " charged. If you do not want them, tell us, and somebody else will be glad of them."
        ),
        *regards(of),
    ]


def offer_lapsed(of: Catalogue) -> list[str]:
    """Tell a party that what was held for it has gone to others."""
    return [
        of.say("Your offer for {title} has ended ({waiting_code})"),
        dear(of),
        "\n".join(
            (
                of.say("We held seats for you until {until}."),
                of.say("They were not bought by then, and have gone back. Nothing was charged."),
            )
        ),
        "{performances}",
        headed(of.say("Your seats were")),
        "{seats}",
        of.say(
            "You are not on the waiting list any more. If you would still like to come, write to us or call: we will"
            " gladly put you on it again."
        ),
        *regards(of),
    ]


def waiting_ended(of: Catalogue) -> list[str]:
    """Tell a party that nothing will be offered to it any more, and why."""
    return [
        of.say("The waiting list for {title} has ended ({waiting_code})"),
        dear(of),
        of.say("You waited for seats for this performance. We are sorry: we cannot offer you any more."),
        "{performances}",
        "\n".join(
            (
                of.say("The reason: {reason}"),
                of.say("The seats that we held for you until {until} are not held any more."),
                of.say("Nothing was charged."),
            )
        ),
        of.say("We would be glad to welcome you on another evening."),
        *regards(of),
    ]


def _moved(of: Catalogue) -> str:
    return of.say("Please note that it has a new date: it was to begin on {was}.")
