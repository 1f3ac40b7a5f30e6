"""What is said of so many places: seats where all of them are, places where somebody stands in an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import Place


def held_for_you(places: Sequence[Place]) -> str:
    """Say how many the basket holds."""
    if are_seats(places):
        return spoken_count("{count} seat held for you", "{count} seats held for you", len(places))
    return spoken_count("{count} place held for you", "{count} places held for you", len(places))


def on_sale_again(places: Sequence[Place]) -> str:
    """Say that the time of a basket is over."""
    if are_seats(places):
        return spoken_count(
            "The seat is on sale again. Others may take it now.",
            "{count} seats are on sale again. Others may take them now.",
            len(places),
        )
    return spoken_count(
        "The place is on sale again. Others may take it now.",
        "{count} places are on sale again. Others may take them now.",
        len(places),
    )


def these_go_back(places: Sequence[Place]) -> str:
    """Say above their names what goes back on sale."""
    if are_seats(places):
        return spoken_count("This seat goes back on sale:", "These seats go back on sale:", len(places))
    return spoken_count("This place goes back on sale:", "These places go back on sale:", len(places))


def release_them(places: Sequence[Place]) -> str:
    """Return the words of the button that releases a basket."""
    if are_seats(places):
        return spoken_count("Release {count} seat", "Release {count} seats", len(places))
    return spoken_count("Release {count} place", "Release {count} places", len(places))


def released(places: Sequence[Place]) -> str:
    """Say that a basket was released."""
    if are_seats(places):
        return spoken_count("{count} seat is released.", "{count} seats are released.", len(places))
    return spoken_count("{count} place is released.", "{count} places are released.", len(places))


def taken_again(places: Sequence[Place]) -> str:
    """Say that a basket was taken again whose time was over."""
    if are_seats(places):
        return spoken_count("{count} seat is taken again.", "{count} seats are taken again.", len(places))
    return spoken_count("{count} place is taken again.", "{count} places are taken again.", len(places))


def held_after_all(places: Sequence[Place]) -> str:
    """Say that places are held whose answer was lost."""
    if are_seats(places):
        return spoken_count(
            "{count} seat is held after all, and in the basket now.",
            "{count} seats are held after all, and in the basket now.",
            len(places),
        )
    return spoken_count(
        "{count} place is held after all, and in the basket now.",
        "{count} places are held after all, and in the basket now.",
        len(places),
    )


def some_lost(places: Sequence[Place]) -> str:
    """Say that places have left the basket while the server was out of reach."""
    if are_seats(places):
        return spoken_count("{count} seat of the basket is gone.", "{count} seats of the basket are gone.", len(places))
    return spoken_count("{count} place of the basket is gone.", "{count} places of the basket are gone.", len(places))


def held_for_basket(places: Sequence[Place]) -> str:
    """Say what a window still holds that is about to close."""
    if are_seats(places):
        return spoken_count(
            "{count} seat is held for this basket", "{count} seats are held for this basket", len(places)
        )
    return spoken_count("{count} place is held for this basket", "{count} places are held for this basket", len(places))


def held_for_customer_of(name: str, places: Sequence[Place]) -> str:
    """Say what is held at a till that somebody else has locked."""
    if are_seats(places):
        return spoken_count(
            "{count} seat is held for a customer of {name}",
            "{count} seats are held for a customer of {name}",
            len(places),
            name=name,
        )
    return spoken_count(
        "{count} place is held for a customer of {name}",
        "{count} places are held for a customer of {name}",
        len(places),
        name=name,
    )


def holds_here(name: str, time: str, places: Sequence[Place]) -> str:
    """Say who holds how many at a locked till, and for how long."""
    if are_seats(places):
        return spoken_count(
            "{name} holds {count} seat here, for another {time}.",
            "{name} holds {count} seats here, for another {time}.",
            len(places),
            name=name,
            time=time,
        )
    return spoken_count(
        "{name} holds {count} place here, for another {time}.",
        "{name} holds {count} places here, for another {time}.",
        len(places),
        name=name,
        time=time,
    )


def of_on_sale_again(name: str, places: Sequence[Place]) -> str:
    """Say that a manager has released what somebody else held."""
    if are_seats(places):
        return spoken_count(
            "{count} seat of {name} is on sale again.",
            "{count} seats of {name} are on sale again.",
            len(places),
            name=name,
        )
    return spoken_count(
        "{count} place of {name} is on sale again.",
        "{count} places of {name} are on sale again.",
        len(places),
        name=name,
    )


def give_back(places: Sequence[Place]) -> str:
    """Return what the button at a line of the basket does."""
    if are_seats(places):
        return spoken_count("Give this seat back", "Give these seats back", len(places))
    return spoken_count("Give this place back", "Give these places back", len(places))


def become_void(title: str, places: Sequence[Place]) -> str:
    """Say what happens to the tickets of an order that is taken back."""
    if are_seats(places):
        return spoken_count(
            "{count} ticket for {title} becomes void, and its seat is on sale again.",
            "{count} tickets for {title} become void, and their seats are on sale again.",
            len(places),
            title=title,
        )
    return spoken_count(
        "{count} ticket for {title} becomes void, and its place is on sale again.",
        "{count} tickets for {title} become void, and their places are on sale again.",
        len(places),
        title=title,
    )


def are_seats(places: Sequence[Place]) -> bool:
    """Tell whether all of them are seats, and none is a place in an area."""
    return not any(place.is_unseen for place in places)
