"""A manager changes the seating plan while a till has it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.seats import MapState, SeatKey
from pos_app.domain.venues.plan_seat_edits import remove_seats
from pos_app.services.venues.plan_store import save_plan
from tests.kinds import BOTH, SQLITE
from tests.services.venues.plan_stories import opened, seat_ids
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_records import SavedPlan
    from tests.ui.screens.selling.conftest import Till


def remove(till: Till, *guids: str) -> SavedPlan:
    before = opened(till.house)
    wanted = remove_seats(before.draft, guids)
    return till.house.database.transact(save_plan, till.house.small.manager, before, wanted)


@BOTH
def test_an_open_map_shows_the_changed_plan_and_the_basket_goes_on(till: Till) -> None:
    held, gone = till.house.small.seat(1, 3), till.house.small.seat(1, 1)
    till.hold(held)
    assert till.index(gone) >= 0
    remove(till, "1-1")
    till.settle()
    till.poll()
    till.wait(lambda: till.screen.live.plan is not None and till.screen.live.plan.revision == 2)
    till.wait(lambda: till.state(held) == MapState.MINE)
    assert till.index(gone) == -1
    assert till.seats == (held,)
    till.hold(till.house.small.seat(1, 4))
    assert not till.said


@BOTH
def test_an_open_map_goes_over_to_the_new_version_with_what_is_sold(till: Till) -> None:
    small = till.house.small
    till.house.database.transact(sell_seats, small, [small.seat(2, 5)])
    saved = remove(till, "1-1")
    assert saved.new_version
    till.settle()
    till.poll()
    till.wait(lambda: till.screen.live.plan and till.screen.live.plan.plan_id == saved.opened.plan.plan_id)
    ids = seat_ids(till.house, saved.opened.plan.plan_id)
    sold, free = (SeatKey(small.performance_id, ids[guid]) for guid in ("2-5", "2-6"))
    till.wait(lambda: till.state(sold) == MapState.SOLD)
    till.hold(free)
    assert till.screen.basket_panel.total_words == "€40.00"


@SQLITE
def test_a_click_on_a_map_that_is_out_of_date_says_so(till: Till) -> None:
    small = till.house.small
    till.house.database.transact(sell_seats, small, [small.seat(2, 5)])
    remove(till, "1-1")
    till.click(small.seat(3, 3))
    till.settle()
    assert "seating plan was changed" in till.said
    assert not till.seats
