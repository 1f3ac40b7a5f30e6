"""The list of performances at a till: seats are counted where somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.models import Event, PerformanceSeat
from tests.kinds import SQLITE
from tests.small_house import DAY
from tests.small_house_rows import add_performance, add_prices, fill_inventory

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse
    from tests.ui.screens.selling.conftest import Till

MANY = 60


def _add_season(session: Session, house: OpenHouse) -> list[int]:
    """Add many evenings behind those of the house."""
    small = house.small
    event = session.scalars(select(Event.id)).one()
    ids = []
    for evening in range(MANY):
        ids.append(add_performance(session, event, small.plan_id, starts_in=(10 + evening) * DAY))
        add_prices(session, ids[-1], {(small.category_a_id, small.adult_id): 4000})
        fill_inventory(session, ids[-1])
    return ids


def _sell_out(session: Session, performance_ids: list[int]) -> None:
    """Leave nothing of them on sale."""
    kept = {"state": "claimed", "claim_kind": "blocked", "claim_id": 1}
    session.execute(update(PerformanceSeat).where(PerformanceSeat.performance_id.in_(performance_ids)).values(**kept))


def _counted(till: Till) -> set[int]:
    rows = range(till.screen.performances.model.rowCount())
    shown = (till.screen.performances.model.at(row) for row in rows)
    return {one.performance_id for one in shown if one.counted}


def _in_view(till: Till) -> set[int]:
    return {one.performance_id for one in till.screen.performances.in_view()}


@SQLITE
def test_seats_are_counted_where_somebody_looks(make_till: Callable[[], Till], house: OpenHouse) -> None:
    season = house.database.transact(_add_season, house)
    till = make_till()
    listed = till.screen.performances
    till.wait(lambda: _in_view(till) and _in_view(till) <= _counted(till))
    assert len(_counted(till)) < MANY / 2
    assert season[-1] not in _counted(till)
    last = listed.model.rowCount() - 1
    assert listed.model.words_left(listed.model.at(last)) == ""
    listed.view.scrollToBottom()
    till.wait(lambda: season[-1] in _counted(till))
    assert listed.model.words_left(listed.model.at(last)) == "50 left"
    till.wait(lambda: _in_view(till) <= _counted(till))
    middle = season[MANY // 2]
    assert middle not in _counted(till)
    # Read anew: what is in view and what is open are counted, what was passed by is not.
    till.settle()
    till.screen.on_sale.refresh()
    till.settle()
    assert _counted(till) == _in_view(till) | {house.small.performance_id}


@SQLITE
def test_the_one_that_is_open_is_counted_wherever_it_stands(make_till: Callable[[], Till], house: OpenHouse) -> None:
    season = house.database.transact(_add_season, house)
    house.database.transact(_sell_out, season[-1:])
    till = make_till()
    listed = till.screen.performances
    one = listed.performance(season[-1])
    assert one is not None
    assert not one.counted
    till.open(season[-1])
    till.screen.on_sale.refresh()
    till.wait(lambda: season[-1] in _counted(till))
    till.wait(lambda: till.screen.map_panel.header.left.text() == "Sold out")


@SQLITE
def test_the_first_that_is_opened_has_seats_however_far_on_it_stands(
    make_till: Callable[[], Till], house: OpenHouse
) -> None:
    small = house.small
    season = house.database.transact(_add_season, house)
    till = make_till()
    house.database.transact(_sell_out, [small.performance_id, small.gala_id, *season[:30]])
    # As after the start, when nothing is open yet.
    till.screen.on_sale.chosen = None
    till.screen.on_sale.refresh()
    till.wait_open(season[30])
    till.settle()
    assert season[-1] not in _counted(till)
