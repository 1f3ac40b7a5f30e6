"""What an erasure does, and what it leaves, as it is told before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence


def tell_erased(orders: int, *, texts: int, letters: int, namesakes: bool) -> tuple[Sentence, ...]:
    """Return what an erasure blanks. namesakes: somebody else has the same name."""
    told = [
        say("Name, e-mail address, phone, note, marks and consent of the customer."),
    ]
    if orders:
        told.append(
            say_count(
                "Name, note and reasons on {count} order, and the words by which it is found.",
                "Name, note and reasons on {count} orders, and the words by which they are found.",
                orders,
            )
        )
    if texts:
        told.append(
            say_count(
                "{count} text beside the audit, or elsewhere, that names the customer.",
                "{count} texts beside the audit, or elsewhere, that name the customer.",
                texts,
            )
        )
    if letters:
        told.append(say_count("{count} letter.", "{count} letters.", letters))
    told.append(
        say(
            "Printed tickets and notes of baskets: on this computer at once, on the other tills within about an hour"
            " once they are open."
        )
    )
    if namesakes:
        told.append(
            say(
                "Another customer has the same name: in reasons and notes of other things the name stays. Look through"
                " them by hand."
            )
        )
    return tuple(told)


def tell_kept(orders: int, *, plain: int) -> tuple[Sentence, ...]:
    """Return what stays, and why. plain: orders of no customer that bear the same name."""
    told = [
        say("What the card terminal printed stays with the payments; it names nobody."),
        say("Backups, files that were exported, and what was printed on paper are not reached from here."),
    ]
    if orders:
        told.insert(
            0,
            say_count(
                "{count} order stays without a name: the law makes the house keep amounts, taxes, times and seats.",
                "{count} orders stay without a name: the law makes the house keep amounts, taxes, times and seats.",
                orders,
            ),
        )
    if plain:
        told.append(
            say_count(
                "{count} order of no customer bears the same name, and stays as it is. Where it is the same person,"
                " take the name out under Orders.",
                "{count} orders of no customer bear the same name, and stay as they are. Where it is the same person,"
                " take the name out under Orders.",
                plain,
            )
        )
    return tuple(told)
