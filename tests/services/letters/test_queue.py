from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.db.clock import utc_plus
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterKind
from pos_app.domain.letters.sending import LEASE_SECONDS
from pos_app.services.letters.queue import MOST_DEATHS, claim_next, count_due, hand_over, has_due
from tests.letters import change, letter, make_due, seconds_to_due, tries, write_note

if TYPE_CHECKING:
    from pos_app.services.letters.queue import ClaimedLetter
    from tests.houses import OpenHouse


def claim(house: OpenHouse, **more: Any) -> ClaimedLetter | None:
    return house.database.transact(claim_next, house.small.till_id, uuid4().hex, domain="house.test", **more)


def claimed(house: OpenHouse) -> ClaimedLetter:
    found = claim(house)
    assert found is not None
    return found


def test_a_letter_is_one_tills_for_as_long_as_its_lease(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    assert house.database.read(has_due)
    found = claimed(house)
    assert (found.letter_id, found.tries, found.was_tried_at) == (key, 1, None)
    assert found.message_id.endswith("@house.test>")
    assert not house.database.read(has_due)
    assert claim(house) is None
    assert LEASE_SECONDS - 60 < house.database.read(seconds_to_due, key) <= LEASE_SECONDS
    assert house.database.read(tries, key) == [""]


def test_whoever_takes_over_says_what_is_known_of_a_till_that_did_not_come_back(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    first = claimed(house)
    house.database.transact(make_due)
    second = claimed(house)
    assert (second.tries, second.message_id) == (2, first.message_id)
    assert house.database.read(tries, key) == ["again", ""]
    assert not house.database.read(letter, key).may_be_twice
    assert house.database.transact(hand_over, second)
    house.database.transact(make_due)
    third = claimed(house)
    assert house.database.read(tries, key) == ["again", "unknown", ""]
    assert house.database.read(letter, key).may_be_twice
    assert third.message_id == first.message_id


def test_a_till_whose_lease_is_over_hands_nothing_over(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    late = claimed(house)
    house.database.transact(make_due)
    assert not house.database.transact(hand_over, late), "nobody has it yet, and the lease is over"
    assert house.database.read(tries, key) == [""]
    mine = claimed(house)
    assert not house.database.transact(hand_over, late), "somebody else has it"
    assert house.database.transact(hand_over, mine)
    assert house.database.transact(hand_over, mine), "may be repeated"


def test_a_letter_that_was_stopped_meanwhile_is_not_handed_over(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    mine = claimed(house)
    house.database.transact(change, key, state="stopped")
    assert not house.database.transact(hand_over, mine)


def test_what_a_dead_till_left_goes_first_and_then_what_is_due_longest(house: OpenHouse) -> None:
    late = house.database.transact(write_note, due_at=utc_plus(-5))
    early = house.database.transact(write_note, due_at=utc_plus(-50))
    house.database.transact(write_note, due_at=utc_plus(60))
    left = house.database.transact(
        write_note, state="sending", leased_by="x", leased_until=utc_plus(-1), due_at=utc_plus(-1)
    )
    found = [claimed(house).letter_id for _ in range(3)]
    assert found == [left, early, late]
    assert claim(house) is None


def test_a_letter_that_till_after_till_dies_of_waits_and_the_next_one_goes(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    for _ in range(MOST_DEATHS):
        assert claimed(house).letter_id == key
        house.database.transact(make_due)
    other = house.database.transact(write_note)
    assert claimed(house).letter_id == other
    assert house.database.read(tries, key) == ["again"] * MOST_DEATHS
    assert house.database.read(letter, key).state == "waiting"
    assert 1700 < house.database.read(seconds_to_due, key) <= 1800
    house.database.transact(change, other, state="sent")
    house.database.transact(make_due)
    assert claimed(house).letter_id == key


@pytest.mark.parametrize("state", ["sent", "failed", "stopped"])
def test_what_is_over_is_not_claimed(house: OpenHouse, state: str) -> None:
    house.database.transact(write_note, state=state)
    assert not house.database.read(has_due)
    assert claim(house) is None


def test_kinds_are_left_to_others(house: OpenHouse) -> None:
    key = house.database.transact(write_note, kind="gift")
    assert claim(house, skip=WITH_TICKETS) is None
    assert not house.database.read(has_due, skip=WITH_TICKETS)
    assert claimed(house).letter_id == key


@pytest.mark.parametrize(
    ("kind", "facts", "minutes"),
    [
        ("note", {}, None),
        ("refund", {}, None),
        ("verification", {"code": "123456"}, 15),
        ("lapse_soon", {"release_at": "2099-01-01T00:00:00+00:00"}, 10**7),
    ],
)
def test_a_letter_is_told_until_what_it_tells_is_over(
    house: OpenHouse, kind: str, facts: dict[str, str], minutes: int | None
) -> None:
    house.database.transact(write_note, kind=kind, facts=json.dumps(facts))
    found = claimed(house)
    if minutes is None:
        assert found.told_until is None
    else:
        assert found.told_until is not None
        assert (found.told_until - found.written_at <= timedelta(minutes=15)) is (minutes == 15)


def test_a_letter_about_a_performance_is_told_until_it_begins(house: OpenHouse) -> None:
    house.database.transact(write_note, kind="moved", performance_id=house.small.performance_id)
    found = claimed(house)
    assert found.told_until is not None
    assert found.told_until > found.at
    assert not found.is_over


def test_what_is_due_is_counted_by_kind(house: OpenHouse) -> None:
    for values in ({}, {"kind": "confirmation"}, {"kind": "moved"}, {"kind": "gift", "due_at": utc_plus(600)}):
        house.database.transact(write_note, **values)
    house.database.transact(write_note, kind="exchange", state="sent")
    assert house.database.read(count_due, WITH_TICKETS) == 2
    assert house.database.read(count_due, frozenset(LetterKind)) == 3
