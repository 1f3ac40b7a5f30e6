from __future__ import annotations

from hypothesis import event, given

from pos_app.domain.picking.proposals import NoProposal, Proposal, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.small_houses import Model, models
from tests.domain.picking.wishes import ROUNDING, WHEELS, many, seated, wishes


@many
@given(models(kinds=WHEELS), wishes)
def test_a_proposal_is_the_best_block_there_is(model: Model, wish: Wish) -> None:
    answer = best_seats(model.house(), wish)
    blocks = list(model.blocks(wish))
    if not blocks:
        assert isinstance(answer, NoProposal) or answer.split
        return
    event("together")
    assert isinstance(answer, Proposal)
    assert not answer.split
    chairs = seated(model, answer)
    assert len(chairs) == wish.count
    assert all(chair in model.open_to(wish) and chair.ordinary for chair in chairs)
    left_over, restricted, sight = min(model.rank(block, wish) for block in blocks)
    assert model.rank(chairs, wish)[:2] == (left_over, restricted)
    assert model.rank(chairs, wish)[2] <= sight + 4 * ROUNDING
