"""Wishes drawn by chance, and what every proposal must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st

from pos_app.domain.picking.orphans import orphans_left
from pos_app.domain.picking.proposals import Proposal, Wish

if TYPE_CHECKING:
    from tests.domain.picking.small_houses import Chair, Model


ROUNDING = 0.02
WHEELS = (0, 0, 0, 0, 3, 1, 2, 1, 2)
many = settings(max_examples=200, deadline=None)
wishes = st.builds(
    Wish,
    count=st.one_of(st.integers(1, 4), st.integers(2, 9), st.integers(1, 20)),
    category=st.sampled_from((None, None, None, 0, 1)),
    zone=st.sampled_from((None, None, None, 0)),
    avoid_orphans=st.sampled_from((True, True, True, False)),
    may_split=st.sampled_from((True, True, False)),
)


def seated(model: Model, proposal: Proposal) -> list[Chair]:
    """Check what every proposal must be, whatever was wished; return its chairs."""
    by_seat = model.by_seat()
    chairs = [by_seat[seat] for seat in proposal.seats]
    assert len(set(proposal.seats)) == len(proposal.seats)
    assert all(chair.free for chair in chairs)
    assert [seat for part in proposal.parts for seat in part.seats] == list(proposal.seats)
    for part in proposal.parts:
        first, *_ = part_chairs = [by_seat[seat] for seat in part.seats]
        assert (first.row, first.zone) == (part.row, part.zone)
        spots = [(part.zone, part.row, first.position + i) for i in range(len(part.seats))]
        assert [chair.spot for chair in part_chairs] == spots
    assert proposal.split == (len(proposal.parts) > 1)
    categories = {chair.category for chair in chairs}
    assert proposal.category == (categories.pop() if len(categories) == 1 else None)
    assert bool(orphans_left(model.house(), proposal.seats)) == bool(model.orphans(chairs))
    return chairs
