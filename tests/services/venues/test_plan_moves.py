from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold, KeptBack, PerformanceSeat, PromoCode
from pos_app.domain.codes import grouped
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.orders.reservations import ReserveRequest
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_part_edits import edit_category, put_area
from pos_app.domain.venues.plan_records import PlanInUse
from pos_app.domain.venues.plan_seat_edits import remove_seats
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.holds import place_hold, release_seats
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.venues.plan_store import move_performances
from tests.areas import count_areas
from tests.services.orders.reserving import picked_up, reserved
from tests.services.venues.plan_stories import FLOOR, findings, inventory, opened, save, seat_ids, sell_row
from tests.small_house import sell_seats
from tests.small_house_rows import add

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_prices_go_over_and_the_moved_evening_sells_on(house: OpenHouse) -> None:
    sell_row(house, 1, [3])
    before = opened(house)
    wanted = edit_category(before.draft, "A", new_name="Front", color="#fff")
    saved = save(house, before, wanted)
    offer = house.database.read(load_offer, house.small.performance_id)
    assert offer.plan_id == saved.opened.plan.plan_id
    assert {one.name for one in offer.categories} == {"Front", "B"}
    assert len(offer.prices) == 8
    new_ids = seat_ids(house, saved.opened.plan.plan_id)
    seat = SeatKey(house.small.performance_id, new_ids["1-5"])
    house.database.transact(sell_seats, house.small, [seat])
    with pytest.raises(SeatsTaken):
        house.database.transact(sell_seats, house.small, [SeatKey(house.small.performance_id, new_ids["1-3"])])
    assert findings(house) == ""


def test_what_is_kept_back_and_taken_back_goes_over_too(house: OpenHouse) -> None:
    kept = house.small.seat(2, 2)

    def keep(session: Session) -> int:
        kept_id = add(
            session, KeptBack, request_id="k", performance_id=kept.performance_id, kind="house", reason="press",
            places=f"{kept.performance_id}:{kept.seat_id}", staff_id=house.small.manager.staff_id, created_at=utc_now(),
        )  # fmt: skip
        session.execute(
            update(PerformanceSeat)
            .where(PerformanceSeat.performance_id == kept.performance_id, PerformanceSeat.seat_id == kept.seat_id)
            .values(state="claimed", claim_kind="house", claim_id=kept_id)
        )
        return kept_id

    kept_id = house.database.transact(keep)
    sell_row(house, 1, [3])
    before = opened(house)
    with pytest.raises(PlanInUse, match=r"row B, seat 2 \(kept back by the house\) would be gone"):
        save(house, before, remove_seats(before.draft, {"2-2"}))
    saved = save(house, before, remove_seats(before.draft, {"2-3"}))
    new_id = seat_ids(house, saved.opened.plan.plan_id)["2-2"]
    row = house.database.read(
        lambda s: s.execute(
            select(PerformanceSeat.claim_kind, PerformanceSeat.claim_id, KeptBack.places)
            .join(KeptBack, KeptBack.id == PerformanceSeat.claim_id)
            .where(PerformanceSeat.seat_id == new_id, PerformanceSeat.performance_id == kept.performance_id)
        ).one()
    )
    assert tuple(row) == ("house", kept_id, f"{kept.performance_id}:{new_id}")


def test_a_running_basket_is_waited_for_and_one_whose_time_is_over_is_closed(house: OpenHouse) -> None:
    sell_row(house, 1, [3])
    seat = house.small.seat(4, 4)
    house.database.transact(place_hold, house.small.cashier, "basket", [seat, house.small.seat(4, 5)])
    before = opened(house)
    wanted = remove_seats(before.draft, {"1-1"})
    with pytest.raises(PlanInUse, match="Till 1 is just selling 2 places"):
        save(house, before, wanted)
    house.database.transact(
        lambda s: (
            s.execute(update(Hold).values(expires_at=utc_plus(-30))),
            s.execute(
                update(PerformanceSeat).where(PerformanceSeat.claim_kind == "basket").values(claim_until=utc_plus(-30))
            ),
        )
    )
    save(house, before, wanted)
    closed = house.database.read(
        lambda s: s.execute(select(Hold.closed_as).where(Hold.basket_key == "basket")).scalar_one()
    )
    assert closed == "expired"
    assert findings(house) == ""
    with pytest.raises(SeatsTaken, match="seating plan"):
        house.database.transact(place_hold, house.small.cashier, "other", [seat])


def test_places_of_an_area_find_room_in_a_smaller_one(house: OpenHouse) -> None:
    before = opened(house)
    roomy = save(house, before, put_area(before.draft, "stalls", replace(FLOOR, capacity=12))).opened
    area_id = house.database.read(load_plan, house.small.plan_id).areas[0].area_id
    cashier, evening = house.small.cashier, house.small.performance_id
    house.database.transact(set_places, cashier, "first", evening, area_id, 6)
    rest = house.database.transact(set_places, cashier, "second", evening, area_id, 6)
    assert rest is not None
    lines = tuple(SaleLine(seat, house.small.adult_id) for seat in rest.seats)
    total = house.database.read(price_basket, lines).totals.total_minor
    tender = Tender(PaymentMethod.CASH, total, total)
    house.database.transact(sell, cashier, SaleRequest("r", "second", lines, total, tender))
    house.database.transact(release_seats, "first")
    with pytest.raises(PlanInUse, match="Floor has 6 places taken"):
        save(house, roomy, put_area(roomy.draft, "stalls", replace(FLOOR, capacity=5)))
    saved = save(house, roomy, put_area(roomy.draft, "stalls", replace(FLOOR, capacity=7)))
    count = house.database.read(count_areas, evening)[0]
    assert (count.capacity, count.sold, count.free) == (7, 6, 1)
    assert saved.opened.plan.version == 2
    assert findings(house) == ""


def test_a_promo_code_for_a_category_is_good_in_the_new_version(house: OpenHouse) -> None:
    sell_row(house, 1, [3])
    only = json.dumps({"categories": [house.small.category_a_id], "events": []})
    values = {"code": "A", "kind": "percent", "scope": "ticket", "value": 10, "only": only}
    code = house.database.transact(lambda s: add(s, PromoCode, **values))
    before = opened(house)
    saved = save(house, before, remove_seats(before.draft, {"1-1"}))
    now = json.loads(
        house.database.read(lambda s: s.execute(select(PromoCode.only).where(PromoCode.id == code)).scalar_one())
    )
    new_a = house.database.read(load_plan, saved.opened.plan.plan_id).categories[0].category_id
    assert now == {"categories": [house.small.category_a_id, new_a], "events": []}


def test_an_evening_that_stayed_goes_over_later(house: OpenHouse) -> None:
    sell_row(house, 1, [3])
    before = opened(house)
    wanted = put_area(before.draft, "stalls", FLOOR)
    saved = save(house, before, wanted, ())
    assert saved.moved == ()
    new = saved.opened.plan.plan_id
    manager, evening = house.small.manager, house.small.performance_id
    for moved in ((evening,), ()):
        assert house.database.transact(move_performances, manager, [evening], new) == moved
    assert inventory(house, evening) == 90
    assert findings(house) == ""
    smaller = replace(before.draft, zones=())
    with pytest.raises(PlanRefused, match="no seats"):
        save(house, opened(house, new), smaller)


def test_what_is_reserved_goes_over_as_safely_as_what_is_sold(house: OpenHouse) -> None:
    before = opened(house)
    roomy = save(house, before, put_area(before.draft, "stalls", replace(FLOOR, capacity=12))).opened
    area_id = house.database.read(load_plan, house.small.plan_id).areas[0].area_id
    cashier, evening = house.small.cashier, house.small.performance_id
    house.database.transact(set_places, cashier, "gone", evening, area_id, 6)
    held = house.database.transact(set_places, cashier, "first", evening, area_id, 6)
    assert held is not None
    lines = tuple(SaleLine(seat, house.small.adult_id) for seat in held.seats)
    total = house.database.read(price_basket, lines).totals.total_minor
    standing = house.database.transact(reserve, cashier, ReserveRequest("s", "first", lines, total, "Anna"))
    seated = reserved(house, [house.small.seat(1, 3)])
    house.database.transact(release_seats, "gone")
    with pytest.raises(PlanInUse, match="Floor has 6 places taken"):
        save(house, roomy, put_area(roomy.draft, "stalls", replace(FLOOR, capacity=5)))
    without = replace(roomy.draft, zones=tuple(replace(zone, rows=zone.rows[1:]) for zone in roomy.draft.zones))
    with pytest.raises(PlanInUse, match=f"order {grouped(seated.number)}"):
        save(house, roomy, without)
    saved = save(house, roomy, put_area(roomy.draft, "stalls", replace(FLOOR, capacity=7)))
    assert saved.opened.plan.version == 2
    assert findings(house) == ""
    assert len(picked_up(house, standing.order_id).ticket_ids) == 6
    assert len(picked_up(house, seated.order_id).ticket_ids) == 1
    assert findings(house) == ""
