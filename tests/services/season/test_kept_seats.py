from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import AuditEntry, KeptBack, Performance, PerformanceSeat
from pos_app.doctor import Rule, judge_database
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, SeatsTaken
from pos_app.domain.season.kept_seats import KeepDraft, KeptRecord
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_seats import change_kept, keep_back, list_kept_back, release_due, release_kept
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import draft_of, save_performance
from pos_app.workers.housekeeping import HoldExpiry
from tests.services.stories import hold, run_out, seat_row, sold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.houses import OpenHouse

HOUSE = KeepDraft(ClaimKind.HOUSE, "For the author's family")


def keep(
    house: OpenHouse, row: int, numbers: Sequence[int], wanted: KeepDraft = HOUSE, request: str = ""
) -> KeptRecord:
    ids = [house.small.seat_id(row, number) for number in numbers]
    return house.database.transact(
        keep_back, house.small.manager, request or uuid4().hex, house.small.performance_id, ids, wanted
    )


def kept(house: OpenHouse) -> tuple[KeptRecord, ...]:
    return house.database.read(list_kept_back, house.small.manager, house.small.performance_id)


def states(house: OpenHouse, row: int, numbers: Sequence[int]) -> list[str]:
    return [(row_.claim_kind or row_.state) for n in numbers for row_ in [seat_row(house, house.small.seat(row, n))]]


def require_sound(house: OpenHouse) -> None:
    assert house.database.read(judge_database) == ()


def test_seats_are_kept_for_the_house_and_nobody_can_buy_them(house: OpenHouse) -> None:
    record = keep(house, 1, (1, 2, 3))
    assert record.names == "Stalls, row A, seats 1\u20133"
    assert (record.reason, record.by, record.release_at) == ("For the author's family", "Mario Manager", None)
    with pytest.raises(SeatsTaken, match="kept back by the house"):
        hold(house, house.small.seats_of(1, (3, 4)))
    assert kept(house) == (record,)
    require_sound(house)


def test_the_same_request_keeps_them_once(house: OpenHouse) -> None:
    first = keep(house, 1, (1,), request="again")
    assert keep(house, 1, (1,), request="again") == first
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("seats_kept_back") == 1


def test_seats_that_somebody_has_are_named_and_none_is_kept(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (2,)))
    hold(house, house.small.seats_of(1, (5,)))
    with pytest.raises(SeatsTaken, match=r"row A, seats 2, 5") as refused:
        keep(house, 1, (1, 2, 3, 4, 5))
    assert {seat for _, seat in refused.value.seats} == {house.small.seat_id(1, 2), house.small.seat_id(1, 5)}
    assert kept(house) == ()
    assert states(house, 1, (1, 3, 4)) == ["free"] * 3


def test_a_basket_whose_time_is_over_does_not_keep_the_house_from_a_seat(house: OpenHouse) -> None:
    run_out(house, hold(house, house.small.seats_of(1, (1,))))
    keep(house, 1, (1,))
    house.database.transact(release_due)
    HoldExpiry(house.database).run_once()
    assert states(house, 1, (1,)) == ["house"]
    require_sound(house)


def test_seats_are_put_on_sale_again_some_and_then_all(house: OpenHouse) -> None:
    record = keep(house, 1, (1, 2, 3))
    left = house.database.transact(release_kept, house.small.manager, record.kept_id, [house.small.seat_id(1, 2)])
    assert left is not None
    assert left.names == "Stalls, row A, seats 1, 3"
    assert states(house, 1, (1, 2, 3)) == ["house", "free", "house"]
    require_sound(house)
    for _ in range(2):
        assert house.database.transact(release_kept, house.small.manager, record.kept_id) is None
    assert states(house, 1, (1, 2, 3)) == ["free"] * 3
    assert kept(house) == ()
    require_sound(house)


def test_seats_come_back_by_themselves_when_their_time_has_come(house: OpenHouse) -> None:
    record = keep(house, 1, (1, 2), replace(HOUSE, release_before_doors=60))
    later = keep(house, 2, (1,), KeepDraft(ClaimKind.BLOCKED, "Camera", release_before_doors=0))
    assert HoldExpiry(house.database).run_once() == (0, 0)
    house.database.transact(
        lambda s: s.execute(update(KeptBack).where(KeptBack.id == record.kept_id).values(release_at=utc_plus(-1)))
    )
    assert HoldExpiry(house.database).run_once() == (0, 2)
    assert states(house, 1, (1, 2)) == ["free"] * 2
    assert [one.kept_id for one in kept(house)] == [later.kept_id]
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("kept_back_expired") == 1
    require_sound(house)


def test_the_time_of_release_follows_the_doors(house: OpenHouse) -> None:
    record = keep(house, 1, (1,), replace(HOUSE, release_before_doors=60))
    before = house.database.read(load_performance_record, house.small.performance_id)
    assert before.doors_at is not None
    assert record.release_at == before.doors_at - timedelta(minutes=60)
    moved = replace(
        draft_of(before), starts_at=before.starts_at + timedelta(hours=2), doors_at=before.doors_at + timedelta(hours=2)
    )
    saved = house.database.transact(save_performance, house.small.manager, before, moved)
    (after,) = kept(house)
    assert saved.doors_at is not None
    assert after.release_at == saved.doors_at - timedelta(minutes=60)
    assert seat_row(house, house.small.seat(1, 1)).claim_until == after.release_at


def test_reason_kind_and_time_can_be_changed(house: OpenHouse) -> None:
    record = keep(house, 1, (1,))
    changed = house.database.transact(
        change_kept, house.small.manager, record, KeepDraft(ClaimKind.BLOCKED, " Broken  seat ")
    )
    assert (changed.kind, changed.reason) == (ClaimKind.BLOCKED, "Broken seat")
    assert states(house, 1, (1,)) == ["blocked"]
    house.database.transact(release_kept, house.small.manager, record.kept_id)
    with pytest.raises(NotFound, match="on sale again"):
        house.database.transact(change_kept, house.small.manager, record, HOUSE)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("reason", {"reason": " "}),
        ("reason", {"reason": "x" * 201}),
        ("kind", {"kind": ClaimKind.BASKET}),
        ("release_before_doors", {"release_before_doors": -1}),
        ("release_before_doors", {"release_before_doors": 10_081}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(house: OpenHouse, field: str, change: dict[str, Any]) -> None:
    with pytest.raises(FieldRefused) as refused:
        keep(house, 1, (1,), replace(HOUSE, **change))
    assert list(refused.value.fields) == [field]


def test_no_seat_no_performance_and_no_manager(house: OpenHouse) -> None:
    with pytest.raises(InvalidInput):
        keep(house, 1, ())
    with pytest.raises(SeatsTaken, match="not there any more"):
        house.database.transact(
            keep_back, house.small.manager, uuid4().hex, house.small.performance_id, [999_999], HOUSE
        )
    house.database.transact(
        lambda s: s.execute(
            update(Performance).where(Performance.id == house.small.gala_id).values(deleted_at=utc_plus(0))
        )
    )
    with pytest.raises(NotFound):
        house.database.transact(keep_back, house.small.manager, uuid4().hex, house.small.gala_id, [1], HOUSE)
    with pytest.raises(NotPermitted):
        house.database.transact(
            keep_back, house.small.cashier, uuid4().hex, house.small.performance_id, [house.small.seat_id(1, 1)], HOUSE
        )


def test_the_judge_names_a_seat_that_is_kept_under_no_record_or_missing_from_it(house: OpenHouse) -> None:
    record = keep(house, 1, (1, 2))
    house.database.transact(
        lambda s: s.execute(update(KeptBack).where(KeptBack.id == record.kept_id).values(places="nonsense"))
    )
    assert [one.rule for one in house.database.read(judge_database)] == [Rule.KEPT_BACK] * 3
    house.database.transact(
        lambda s: s.execute(
            update(KeptBack)
            .where(KeptBack.id == record.kept_id)
            .values(places=f"{house.small.performance_id}:{house.small.seat_id(1, 1)},{house.small.seat_id(1, 3)}")
        )
    )
    told = house.database.read(judge_database)
    assert [one.subject.split("seat ")[1].split(" ")[0] for one in told] == ["2", "3"]
    house.database.transact(
        lambda s: s.execute(
            update(PerformanceSeat)
            .where(PerformanceSeat.claim_id == record.kept_id, PerformanceSeat.claim_kind == "house")
            .values(claim_id=None)
        )
    )
    assert len(house.database.read(judge_database)) == 2
