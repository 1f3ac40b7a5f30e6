from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import PriceCategory, Zone
from pos_app.doctor import judge_database
from pos_app.domain.seats import SeatKey
from pos_app.domain.venues.plan_part_edits import edit_category
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import draft_of, save_performance
from pos_app.services.server_time import load_server_time
from pos_app.services.waiting.listing import read_entry
from tests.services.stories import seat_row
from tests.services.venues.plan_stories import add_draft, hall, opened, save, seat_ids
from tests.waiting import offered, open_waiting, party, read_offer, refund_seats, sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def named(house: OpenHouse, plan_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return the categories and the zones of a plan by their names."""

    def read(model: type[PriceCategory | Zone]) -> dict[str, int]:
        rows = select(model.name, model.id).where(model.plan_id == plan_id)
        return house.database.read(lambda session: {row.name: row.id for row in session.execute(rows)})

    return read(PriceCategory), read(Zone)


def test_a_new_version_of_the_plan_takes_wishes_and_offers_over(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    _, zones = named(house, small.plan_id)
    first = party(house, 2, categories=(small.category_a_id,), zones=tuple(zones.values()))
    second = party(house, 1, categories=(small.category_b_id,))
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    before = opened(house)
    plan_id = save(house, before, edit_category(before.draft, "A", new_name="Front", color="#fff")).opened.plan.plan_id
    assert plan_id != small.plan_id
    categories, zones = named(house, plan_id)
    now = [house.database.read(read_entry, one.entry_id) for one in (first, second)]
    assert [one.categories for one in now] == [(categories["Front"],), (categories["B"],)]
    assert now[0].zones == tuple(zones.values())
    new = seat_ids(house, plan_id)
    seats = tuple(SeatKey(small.performance_id, new[guid]) for guid in ("1-3", "1-4"))
    assert offered(house, first) == seats
    assert {seat_row(house, seat).claim_id for seat in seats} == {read_offer(house, first).offer_id}
    assert house.database.read(judge_database) == ()


def test_on_another_plan_a_party_wants_what_bears_the_same_name_and_never_more(house: OpenHouse) -> None:
    small = house.small
    open_waiting(house)
    categories, zones = named(house, small.plan_id)
    some = party(house, 50, categories=tuple(categories.values()))
    lost = party(house, 50, zones=tuple(zones.values()))
    before = house.database.read(load_performance_record, small.performance_id)
    other = add_draft(house, replace(hall(), zones=hall().zones[1:])).plan.plan_id
    wanted = replace(draft_of(before), plan_id=other)
    house.database.transact(save_performance, small.manager, before, wanted)
    there, _ = named(house, other)
    now = [house.database.read(read_entry, one.entry_id) for one in (some, lost)]
    assert now[0].categories == tuple(sorted(there[name] for name in categories))
    assert now[1].zones == tuple(zones.values()), "a zone that is no more fits nothing"
    assert offered(house, lost) == ()


def test_no_offer_stands_past_the_end_of_a_sale_that_ends_sooner_now(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    entry = party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])
    now = house.database.read(load_server_time).replace(second=0, microsecond=0)
    before = house.database.read(load_performance_record, small.performance_id)
    wanted = replace(draft_of(before), off_sale_at=now + timedelta(minutes=60))
    house.database.transact(save_performance, small.manager, before, wanted)
    offer = read_offer(house, entry)
    assert offer.expires_at == wanted.off_sale_at
    assert seat_row(house, small.seat(1, 3)).claim_until == wanted.off_sale_at
