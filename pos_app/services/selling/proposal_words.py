"""What a cashier is told of proposals: "5 + 2 in Stalls, rows K and L, or 7 in B"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.picking.proposals import Reason
from pos_app.domain.sentences import NOTHING, say, say_count, say_list

if TYPE_CHECKING:
    from pos_app.domain.picking.proposals import NoProposal, Proposal, Wish
    from pos_app.domain.sentences import Sentence
    from pos_app.services.seats.map_data import SeatPlan

MOST_PARTS: Final = 4
"""Parts and rows beyond so many are counted instead of named."""
MOST_ZONES: Final = 3


def describe(plan: SeatPlan, proposal: Proposal, wish: Wish | None = None) -> Sentence:
    """Return how many sit where: "5 + 2 in Stalls, rows K and L". What departs from the wish is named first.

    Of places kept for others it is said that they are.
    """
    if proposal.borrowed:
        plain = describe(plan, replace(proposal, borrowed=()), wish)
        return say("{offer}, on places for wheelchairs and companions", offer=plain)
    sizes, where = _sizes(proposal), _where(plan, proposal)
    if wish is not None and wish.category is not None and proposal.category != wish.category:
        if proposal.category is None:
            return say("{sizes} in mixed categories ({where})", sizes=sizes, where=where)
        category = plan.categories[proposal.category].name
        return say("{sizes} in {category} ({where})", sizes=sizes, category=category, where=where)
    if len(proposal.parts) > MOST_PARTS:
        return say("{sizes} ({where})", sizes=sizes, where=where)
    return say("{sizes} in {where}", sizes=sizes, where=where)


def tell_borrowed(plan: SeatPlan, proposal: Proposal) -> Sentence:
    """Return one sentence: which of the places are kept for others; nothing where none is."""
    if not proposal.borrowed:
        return NOTHING
    places = [plan.place_of(seat).spoken() for seat in proposal.borrowed[:MOST_PARTS]]
    return say_count(
        "Nothing else is free: {places} is kept for the companion of another wheelchair.",
        "Nothing else is free: {places} are kept for the companions of other wheelchairs.",
        len(proposal.borrowed),
        places=say_list(*places),
    )


def explain(plan: SeatPlan, answer: NoProposal) -> Sentence:
    """Return one sentence: why there is no proposal."""
    within = _within(plan, answer.wish)
    return _explain_within(within, answer) if within else _explain_anywhere(answer)


def _explain_anywhere(answer: NoProposal) -> Sentence:
    wanted, free = answer.wish.count, answer.free
    match answer.reason:
        case Reason.NO_WHEELCHAIR_PLACE:
            if not free:
                return say("No wheelchair place is free.")
            return say_count("Only {count} wheelchair place is free.", "Only {count} wheelchair places are free.", free)
        case Reason.NO_COMPANION_PLACE:
            return say("No seats are free for the companions of the wheelchair places.")
        case Reason.NOT_ENOUGH:
            if not free:
                return say("No seat is free.")
            return say_count("Only {count} seat is free.", "Only {count} seats are free.", free)
        case Reason.NOT_TOGETHER:
            return say("There are no {wanted} together.", wanted=wanted)
        case Reason.TOO_SCATTERED:
            return say("There are no {wanted} in neighbouring rows.", wanted=wanted)


def _explain_within(where: str, answer: NoProposal) -> Sentence:
    wanted, free = answer.wish.count, answer.free
    match answer.reason:
        case Reason.NO_WHEELCHAIR_PLACE:
            if not free:
                return say("No wheelchair place is free in {where}.", where=where)
            return say_count(
                "Only {count} wheelchair place is free in {where}.",
                "Only {count} wheelchair places are free in {where}.",
                free,
                where=where,
            )
        case Reason.NO_COMPANION_PLACE:
            return say("No seats are free for the companions of the wheelchair places in {where}.", where=where)
        case Reason.NOT_ENOUGH:
            if not free:
                return say("No seat is free in {where}.", where=where)
            return say_count(
                "Only {count} seat is free in {where}.", "Only {count} seats are free in {where}.", free, where=where
            )
        case Reason.NOT_TOGETHER:
            return say("There are no {wanted} together in {where}.", wanted=wanted, where=where)
        case Reason.TOO_SCATTERED:
            return say("There are no {wanted} in neighbouring rows in {where}.", wanted=wanted, where=where)


def advise(plan: SeatPlan, answer: NoProposal) -> Sentence:
    """Return one sentence: what can be had instead."""
    places = len(answer.alternatives[0].seats) if answer.alternatives else 0
    match [describe(plan, proposal, answer.wish) for proposal in answer.alternatives]:
        case [only]:
            return say_count("There is {offer}.", "There are {offer}.", places, offer=only)
        case [first, second]:
            return say_count(
                "There is {first}, or {second}.", "There are {first}, or {second}.", places, first=first, second=second
            )
        case [first, second, third, *_]:
            return say_count(
                "There is {first}, {second}, or {third}.",
                "There are {first}, {second}, or {third}.",
                places,
                first=first,
                second=second,
                third=third,
            )
        case _:
            return say("Choose another performance, or ask for fewer.")


def _sizes(proposal: Proposal) -> str:
    """Return how many sit side by side: "5 + 2", or "9 in 5 places" where there are many parts."""
    parts = len(proposal.parts)
    if parts > MOST_PARTS:
        return say_count("{seats} in {count} place", "{seats} in {count} places", parts, seats=len(proposal.seats))
    return " + ".join(str(len(part.seats)) for part in proposal.parts)


def _within(plan: SeatPlan, wish: Wish) -> str:
    """Return the names of the category and the zone that were asked for."""
    category = () if wish.category is None else (plan.categories[wish.category].name,)
    zone = () if wish.zone is None else (plan.zones[wish.zone].name,)
    return ", ".join((*category, *zone))


def _where(plan: SeatPlan, proposal: Proposal) -> str:
    """Return the zone and rows, or the zones when there are several."""
    zones = list(dict.fromkeys(plan.zones[part.zone].name for part in proposal.parts))
    if len(zones) > MOST_ZONES:
        return say_count("{count} zone", "{count} zones", len(zones))
    if len(zones) > 1:
        return _joined(zones)
    rows = list(dict.fromkeys(plan.row_labels[part.row] for part in proposal.parts if part.row > 0))
    rows = [row for row in rows if row]
    if not rows or len(rows) > MOST_PARTS:
        return zones[0]
    if len(rows) == 1:
        return say("{zone}, row {row}", zone=zones[0], row=rows[0])
    return say("{zone}, rows {rows}", zone=zones[0], rows=_joined(rows))


def _joined(names: list[str]) -> Sentence:
    """Return two names or more in one."""
    return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
