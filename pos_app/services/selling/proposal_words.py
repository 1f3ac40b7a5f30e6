"""What a cashier is told of proposals: "5 + 2 in Stalls, rows K and L, or 7 in B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.picking.proposals import Reason

if TYPE_CHECKING:
    from pos_app.domain.picking.proposals import NoProposal, Proposal, Wish
    from pos_app.services.seats.map_data import SeatPlan


def describe(plan: SeatPlan, proposal: Proposal, wish: Wish | None = None) -> str:
    """Return how many sit where: "5 + 2 in Stalls, rows K and L". What departs from the wish is named first."""
    if len(proposal.parts) > 4:
        sizes = f"{len(proposal.seats)} in {len(proposal.parts)} places"
    else:
        sizes = " + ".join(str(len(part.seats)) for part in proposal.parts)
    where = _where(plan, proposal)
    category = plan.categories[proposal.category].name if proposal.category is not None else ""
    if wish is not None and wish.category is not None and proposal.category != wish.category:
        return f"{sizes} in {category or 'mixed categories'} ({where})"
    return f"{sizes} in {where}" if len(proposal.parts) <= 4 else f"{sizes} ({where})"


def explain(plan: SeatPlan, answer: NoProposal) -> str:
    """Return one sentence: why there is no proposal."""
    wish, free = answer.wish, answer.free
    within = _within(plan, wish)
    match answer.reason:
        case Reason.NO_WHEELCHAIR_PLACE:
            left = "No wheelchair place is" if not free else f"Only {_counted(free, 'wheelchair place')}"
            return f"{left} free{within}."
        case Reason.NO_COMPANION_PLACE:
            return f"No seats are free for the companions of the wheelchair places{within}."
        case Reason.NOT_ENOUGH:
            return f"No seat is free{within}." if not free else f"Only {_counted(free, 'seat')} free{within}."
        case Reason.NOT_TOGETHER:
            return f"There are no {wish.count} together{within}."
        case Reason.TOO_SCATTERED:
            return f"There are no {wish.count} in neighbouring rows{within}."


def advise(plan: SeatPlan, answer: NoProposal) -> str:
    """Return one sentence: what can be had instead."""
    offers = [describe(plan, proposal, answer.wish) for proposal in answer.alternatives]
    if not offers:
        return "Choose another performance, or ask for fewer."
    return f"There is {offers[0]}." if len(offers) == 1 else f"There is {', '.join(offers[:-1])}, or {offers[-1]}."


def _counted(count: int, noun: str) -> str:
    return f"1 {noun} is" if count == 1 else f"{count} {noun}s are"


def _within(plan: SeatPlan, wish: Wish) -> str:
    parts = []
    if wish.category is not None:
        parts.append(plan.categories[wish.category].name)
    if wish.zone is not None:
        parts.append(plan.zones[wish.zone].name)
    return f" in {', '.join(parts)}" if parts else ""


def _where(plan: SeatPlan, proposal: Proposal) -> str:
    """Return the zone and rows, or the zones when there are several."""
    zones = list(dict.fromkeys(plan.zones[part.zone].name for part in proposal.parts))
    if len(zones) > 1:
        return _joined(zones) if len(zones) <= 3 else f"{len(zones)} zones"
    rows = list(dict.fromkeys(plan.row_labels[part.row] for part in proposal.parts if part.row > 0))
    rows = [row for row in rows if row]
    if not rows or len(rows) > 4:
        return zones[0]
    return f"{zones[0]}, {'row' if len(rows) == 1 else 'rows'} {_joined(rows)}"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
