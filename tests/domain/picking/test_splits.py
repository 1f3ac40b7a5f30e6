from __future__ import annotations

from hypothesis import event, given

from pos_app.domain.picking.proposals import NoProposal, Proposal, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.small_houses import Model, models
from tests.domain.picking.wishes import WHEELS, many, seated, wishes


@many
@given(models(kinds=WHEELS), wishes)
def test_a_party_is_split_as_little_as_can_be(model: Model, wish: Wish) -> None:
    answer = best_seats(model.house(), wish)
    fewest = model.fewest_parts(wish)
    if fewest is None or (fewest > 1 and not wish.may_split):
        assert isinstance(answer, NoProposal)
        return
    assert isinstance(answer, Proposal)
    event(f"{fewest} parts")
    chairs = seated(model, answer)
    assert len(chairs) == wish.count
    assert len(answer.parts) == fewest
    assert len({chair.zone for chair in chairs}) == 1
    assert all(chair in model.open_to(wish) and chair.ordinary for chair in chairs)
    rows = sorted({chair.row for chair in chairs})
    assert rows == list(range(rows[0], rows[-1] + 1))
