from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted, PriceChanged
from pos_app.domain.season.prices import PriceDraft, PriceGrid
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import add_performance, draft_of
from pos_app.services.season.prices import load_copied_prices, load_price_grid, preview_prices, save_prices
from pos_app.services.selling.sales import sell
from tests.other_hall import add_other_plan
from tests.services.stories import cash_request, hold, sold
from tests.small_house import ADULT_MINOR, GALA_ORDER_FEE_MINOR, GALA_TICKET_FEE_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def grid_of(house: OpenHouse, performance_id: int | None = None) -> PriceGrid:
    return house.database.read(load_price_grid, house.small.manager, performance_id or house.small.performance_id)


def with_adult(house: OpenHouse, grid: PriceGrid, amount: int | None) -> PriceDraft:
    key = (house.small.category_a_id, house.small.adult_id)
    amounts = {kind: price for kind, price in grid.amounts.items() if kind != key}
    if amount is not None:
        amounts[key] = amount
    return PriceDraft(amounts, grid.ticket_fee_minor, grid.order_fee_minor)


def test_the_grid_has_the_prices_and_fees_of_the_performance(house: OpenHouse) -> None:
    grid = grid_of(house, house.small.gala_id)
    assert grid.amounts[house.small.category_a_id, house.small.adult_id] == ADULT_MINOR["A"]
    assert (grid.ticket_fee_minor, grid.order_fee_minor) == (GALA_TICKET_FEE_MINOR, GALA_ORDER_FEE_MINOR)
    assert [one.name for one in grid.categories] == ["A", "B"]


def test_what_will_change_is_told_with_what_is_sold_and_in_baskets(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    hold(house, house.small.seats_of(2, (1, 2, 3)))
    grid = grid_of(house)
    told = house.database.read(preview_prices, house.small.manager, grid.performance_id, with_adult(house, grid, 4500))
    assert [(one.category, one.before_minor, one.after_minor, one.sold, one.held) for one in told] == [
        ("A", ADULT_MINOR["A"], 4500, 2, 3)
    ]
    assert (
        house.database.read(preview_prices, house.small.manager, grid.performance_id, with_adult(house, grid, 4000))
        == ()
    )


def test_a_basket_that_is_open_is_told_the_new_price_before_money_moves(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, house.small.seats_of(1, (1,))))
    grid = grid_of(house)
    house.database.transact(save_prices, house.small.manager, grid, with_adult(house, grid, 4500))
    with pytest.raises(PriceChanged, match=r"was 40\.00 EUR and is now 45\.00 EUR") as told:
        house.database.transact(sell, house.small.cashier, request)
    assert told.value.total_minor == 4500


def test_a_price_is_changed_added_and_taken_away_and_audited_once(house: OpenHouse) -> None:
    grid = grid_of(house)
    raised = with_adult(house, grid, 4500)
    saved = house.database.transact(save_prices, house.small.manager, grid, raised)
    assert saved.amounts == raised.amounts
    assert house.database.transact(save_prices, house.small.manager, grid, raised) == saved
    gone = with_adult(house, saved, None)
    without = house.database.transact(save_prices, house.small.manager, saved, gone)
    assert without.amounts == gone.amounts
    back = house.database.transact(save_prices, house.small.manager, without, replace(raised, ticket_fee_minor=20))
    assert (back.amounts, back.ticket_fee_minor) == (raised.amounts, 20)
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("prices_changed") == 3


def test_the_second_manager_is_told_which_prices_the_first_changed(house: OpenHouse) -> None:
    grid = grid_of(house)
    house.database.transact(save_prices, house.small.manager, grid, with_adult(house, grid, 4500))
    with pytest.raises(ChangedMeanwhile) as told:
        house.database.transact(save_prices, house.small.manager, grid, with_adult(house, grid, 5000))
    assert [(one.field, one.before, one.now) for one in told.value.changes] == [("A, Adult", ADULT_MINOR["A"], 4500)]


@pytest.mark.parametrize(
    ("field", "amount", "fee"), [("amounts", -1, 0), ("amounts", 10**13 + 1, 0), ("ticket_fee_minor", 100, -5)]
)
def test_an_amount_that_cannot_be_is_refused(house: OpenHouse, field: str, amount: int, fee: int) -> None:
    grid = grid_of(house)
    wanted = replace(with_adult(house, grid, amount), ticket_fee_minor=fee)
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(save_prices, house.small.manager, grid, wanted)
    assert list(refused.value.fields) == [field]


def test_prices_of_an_unknown_category_are_refused(house: OpenHouse) -> None:
    grid = grid_of(house)
    with pytest.raises(FieldRefused, match="not there"):
        house.database.transact(
            save_prices, house.small.manager, grid, PriceDraft({(999, house.small.adult_id): 100}, 0, 0)
        )


def test_prices_are_copied_to_another_plan_by_the_names_of_categories(house: OpenHouse) -> None:
    plan = house.database.transact(add_other_plan, house.small)
    gala = house.database.read(load_performance_record, house.small.gala_id)
    made = house.database.transact(add_performance, house.small.manager, replace(draft_of(gala), plan_id=plan))
    copied = house.database.read(load_copied_prices, house.small.manager, house.small.gala_id, made.performance_id)
    target = grid_of(house, made.performance_id)
    first = target.categories[0].category_id
    assert copied.unknown == ("B",)
    assert {category for category, _ in copied.draft.amounts} == {first}
    assert copied.draft.amounts[first, house.small.adult_id] == ADULT_MINOR["A"]
    assert copied.draft.ticket_fee_minor == GALA_TICKET_FEE_MINOR
    saved = house.database.transact(save_prices, house.small.manager, target, copied.draft)
    assert saved.amounts == copied.draft.amounts


def test_only_a_manager_sets_prices(house: OpenHouse) -> None:
    grid = grid_of(house)
    with pytest.raises(NotPermitted):
        house.database.transact(save_prices, house.small.cashier, grid, with_adult(house, grid, 1))
    with pytest.raises(NotPermitted):
        house.database.read(load_price_grid, house.small.cashier, house.small.performance_id)
