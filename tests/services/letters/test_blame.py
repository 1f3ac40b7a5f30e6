from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.services.letters.blame import judge_blame
from pos_app.services.letters.outcomes import finish
from pos_app.services.letters.queue import claim_next
from tests.letters import change, make_due, write_note

if TYPE_CHECKING:
    from pos_app.services.letters.queue import ClaimedLetter
    from tests.houses import OpenHouse

SENT = Tried(Outcome.SENT, answer="250 OK")
BUSY = Tried(Outcome.LEFT, Trouble.SERVICE, "421 not now")
RELAY = Tried(Outcome.LEFT, Trouble.RELAY, "554 relay access denied")
CUT = Tried(Outcome.LEFT)


def end(house: OpenHouse, tried: Tried, till_id: int | None) -> Tried:
    """Let a till try the letter that is due, and write down what came of it."""
    mine = claimed(house, till_id)
    judged = house.database.read(judge_blame, mine, tried)
    house.database.transact(finish, mine, judged)
    house.database.transact(make_due)
    return judged


def claimed(house: OpenHouse, till_id: int | None) -> ClaimedLetter:
    found = house.database.transact(claim_next, till_id, uuid4().hex, domain="house.test")
    assert found is not None
    return found


def other_went(house: OpenHouse, till_id: int | None, bad: int) -> None:
    """Let a till send another letter while the one in question is out of the way."""
    house.database.transact(change, bad, state="stopped")
    house.database.transact(write_note)
    assert end(house, SENT, till_id) is SENT
    house.database.transact(change, bad, state="waiting")


@pytest.mark.parametrize(("tried", "own"), [(BUSY, Outcome.AGAIN), (RELAY, Outcome.REFUSED)])
@pytest.mark.parametrize("is_till", [True, False])
def test_a_letter_is_to_blame_where_others_went_since_it_was_left(
    house: OpenHouse, tried: Tried, own: Outcome, *, is_till: bool
) -> None:
    till_id = house.small.till_id if is_till else None
    bad = house.database.transact(write_note)
    assert end(house, tried, till_id) is tried, "the first time nobody knows"
    assert end(house, tried, till_id) is tried, "nor as long as nothing goes"
    other_went(house, till_id, bad)
    assert end(house, tried, till_id) == Tried(own, tried.trouble, tried.answer)


def test_what_went_before_it_was_left_says_nothing(house: OpenHouse) -> None:
    till_id = house.small.till_id
    bad = house.database.transact(write_note)
    other_went(house, till_id, bad)
    assert end(house, BUSY, till_id) is BUSY
    assert end(house, BUSY, till_id) is BUSY


def test_what_another_till_can_send_says_nothing_of_this_ones_line(house: OpenHouse) -> None:
    """A server may send for the office and not for the counter."""
    bad = house.database.transact(write_note)
    assert end(house, RELAY, house.small.till_id) is RELAY
    other_went(house, None, bad)
    assert end(house, RELAY, house.small.till_id) is RELAY


def test_a_line_that_was_cut_here_is_nobodys_fault(house: OpenHouse) -> None:
    till_id = house.small.till_id
    bad = house.database.transact(write_note)
    assert end(house, CUT, till_id) is CUT
    other_went(house, till_id, bad)
    assert end(house, BUSY, till_id) is BUSY, "this is the first time that the server says it"
    other_went(house, till_id, bad)
    assert end(house, CUT, till_id) is CUT


@pytest.mark.parametrize("tried", [SENT, Tried(Outcome.AGAIN, Trouble.LATER, "451"), Tried(Outcome.STOPPED)])
def test_any_other_end_stays_what_it_is(house: OpenHouse, tried: Any) -> None:
    house.database.transact(write_note)
    mine = claimed(house, house.small.till_id)
    assert house.database.read(judge_blame, mine, tried) is tried
