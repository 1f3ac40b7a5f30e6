from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.small_houses import Model, models
from tests.domain.picking.wishes import WHEELS, many, wishes

if TYPE_CHECKING:
    from pos_app.domain.picking.proposals import Wish


@many
@given(models(kinds=WHEELS), wishes, st.data())
def test_a_house_told_of_changes_is_as_one_built_anew(model: Model, wish: Wish, data: st.DataObject) -> None:
    changed = {chair.seat for chair in model.chairs if data.draw(st.booleans())}
    house = model.house()
    house.set_free([chair.seat for chair in model.chairs if chair.seat in changed and chair.free], free=False)
    house.set_free([chair.seat for chair in model.chairs if chair.seat in changed and not chair.free], free=True)
    house.set_free([987_654], free=True)
    now = Model(tuple(replace(one, free=one.free != (one.seat in changed)) for one in model.chairs), model.focal)
    assert best_seats(house, wish) == best_seats(now.house(), wish)
