from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.db.clock import utc_plus
from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.services.letters.listing import load_letter
from pos_app.services.letters.outcomes import SentText, finish
from pos_app.services.letters.queue import claim_next, hand_over
from tests.letters import change, letter, make_due, seconds_to_due, tries, write_note

if TYPE_CHECKING:
    from pos_app.services.letters.queue import ClaimedLetter
    from tests.houses import OpenHouse

SENT = Tried(Outcome.SENT, answer="250 OK")
AGAIN = Tried(Outcome.AGAIN, Trouble.LATER, "451 later")
TEXT = SentText("Doors", "We open at seven.", "[]")


def claimed(house: OpenHouse) -> ClaimedLetter:
    found = house.database.transact(claim_next, house.small.till_id, uuid4().hex, domain="house.test")
    assert found is not None
    return found


def end(house: OpenHouse, mine: ClaimedLetter, tried: Tried, sent: SentText | None = None) -> Any:
    house.database.transact(finish, mine, tried, sent)
    house.database.transact(finish, mine, tried, sent)  # may be repeated
    return house.database.read(letter, mine.letter_id)


def test_what_was_sent_is_kept_as_it_was(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    row = end(house, claimed(house), SENT, TEXT)
    assert (row.state, row.subject, row.body, row.attachments) == ("sent", "Doors", "We open at seven.", "[]")
    assert (row.leased_by, row.failure, row.tries) == (None, "", 1)
    assert row.sent_at is not None
    assert row.closed_at is not None
    assert house.database.read(tries, key) == ["sent"]


def test_tries_are_apart_by_1_5_15_30_and_60_minutes_and_then_by_an_hour(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    waits = []
    for _ in range(7):
        row = end(house, claimed(house), AGAIN)
        assert row.state == "waiting"
        waits.append(round(house.database.read(seconds_to_due, key) / 60))
        house.database.transact(make_due)
    assert waits == [1, 5, 15, 30, 60, 60, 60]
    assert json.loads(row.failure) == {"trouble": "later", "answer": "451 later"}


def test_after_two_days_it_is_given_up_visibly(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    house.database.transact(change, key, first_tried_at=utc_plus(-2 * 86400 + 600), tries=50)
    end(house, claimed(house), AGAIN)
    assert 500 < house.database.read(seconds_to_due, key) <= 600, "a last try at the end"
    house.database.transact(change, key, first_tried_at=utc_plus(-2 * 86400 - 1), due_at=utc_plus(-1))
    row = end(house, claimed(house), AGAIN)
    assert row.state == "failed"
    assert json.loads(row.failure) == {"trouble": "too_late", "was": "later", "answer": "451 later"}


def test_what_is_refused_is_failed_at_once_with_what_the_server_said(house: OpenHouse) -> None:
    house.database.transact(write_note)
    words = "550 5.1.1 " + '"no" \\ ' * 100
    row = end(house, claimed(house), Tried(Outcome.REFUSED, Trouble.ADDRESS, words[:500]))
    assert row.state == "failed"
    assert json.loads(row.failure)["trouble"] == "address"
    assert len(row.failure) <= 500


KEPT = ("state", "tries", "first_tried_at", "failure", "may_be_twice", "leased_by", "closed_at")


def test_what_was_left_is_as_it_was(house: OpenHouse) -> None:
    key = house.database.transact(write_note, due_at=utc_plus(-30))
    before = house.database.read(letter, key)
    row = end_once(house, Tried(Outcome.LEFT))
    assert all(getattr(row, name) == getattr(before, name) for name in (*KEPT, "due_at"))


def test_what_was_left_for_what_the_server_said_goes_behind_the_others(house: OpenHouse) -> None:
    key = house.database.transact(write_note, due_at=utc_plus(-30))
    other = house.database.transact(write_note, due_at=utc_plus(-20))
    before = house.database.read(letter, key)
    row = end_once(house, Tried(Outcome.LEFT, Trouble.SIGN_IN, "535 no"))
    assert all(getattr(row, name) == getattr(before, name) for name in KEPT)
    assert [claimed(house).letter_id for _ in range(2)] == [other, key]


def end_once(house: OpenHouse, tried: Tried) -> Any:
    mine = claimed(house)
    house.database.transact(finish, mine, tried)
    return house.database.read(letter, mine.letter_id)


def test_an_unknown_end_is_tried_again_and_told(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    mine = claimed(house)
    assert house.database.transact(hand_over, mine)
    row = end(house, mine, Tried(Outcome.UNKNOWN, Trouble.BROKEN_OFF))
    assert (row.state, row.may_be_twice) == ("waiting", True)
    assert house.database.read(tries, key) == ["unknown"]


def test_a_till_that_comes_back_too_late_changes_nothing_of_another_tills_letter(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    late = claimed(house)
    house.database.transact(make_due)
    mine = claimed(house)
    row = end(house, late, Tried(Outcome.REFUSED, Trouble.CONTENT, "554 no"))
    assert (row.state, row.leased_by) == ("sending", mine.lease)
    assert house.database.read(tries, key) == ["refused", ""]


def test_what_a_late_till_has_sent_all_the_same_is_sent_and_nobody_sends_it_again(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    late = claimed(house)
    assert house.database.transact(hand_over, late)
    house.database.transact(make_due)
    mine = claimed(house)
    row = end(house, late, SENT, TEXT)
    assert (row.state, row.may_be_twice) == ("sent", True)
    assert not house.database.transact(hand_over, mine)
    end(house, mine, Tried(Outcome.LEFT))
    assert house.database.read(letter, key).state == "sent"
    assert house.database.read(tries, key)[0] == "sent"


def test_what_went_out_is_kept_as_its_reader_sees_it(house: OpenHouse) -> None:
    key = house.database.transact(write_note)
    html = "<html><body><p>We open at <b>seven</b>.</p></body></html>"
    end(house, claimed(house), SENT, SentText("Doors", "We open at seven.", "[]", html))
    shown = house.database.read(load_letter, house.small.cashier, key)
    assert (shown.subject, shown.text, shown.html) == ("Doors", "We open at seven.", html)


@pytest.mark.parametrize("tried", [SENT, Tried(Outcome.REFUSED, Trouble.ADDRESS), Tried(Outcome.STOPPED)])
def test_a_code_is_kept_nowhere_once_its_letter_is_over(house: OpenHouse, tried: Tried) -> None:
    house.database.transact(write_note, kind="verification", facts='{"code": "123456"}')
    row = end(house, claimed(house), tried, SentText("Code", "Your code is 123456.", "[]", "123456"))
    assert "123456" not in str(row)
    assert row.body is None


def test_a_code_stays_while_its_letter_is_tried_again(house: OpenHouse) -> None:
    house.database.transact(write_note, kind="verification", facts='{"code": "123456"}')
    assert "123456" in end(house, claimed(house), AGAIN).facts
