from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from pos_app.db.models import TicketPresence
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.door.guest_lists import list_scans
from tests.services.door.gate import MAIN, SIDE, Door, verdict
from tests.services.stories import change_staff


def test_a_good_ticket_is_admitted_with_its_seat(door: Door) -> None:
    result = door.scan()
    assert verdict(result) == (Verdict.ADMITTED, Reason.NONE)
    assert result.place is not None
    assert result.place.spoken() == "Stalls, row A, seat 1"
    assert (result.ticket_type, result.customer_name) == ("Adult", "Anna Guest")
    assert (result.used_at, result.used_seconds_ago, result.used_here) == (None, None, False)
    assert door.inside() == 1
    assert door.house.database.read(judge_database) == ()


def test_the_same_code_at_the_same_gate_within_six_seconds_is_the_same_guest(door: Door) -> None:
    first = door.scan()
    again = door.scan(gate=f" {MAIN} ")
    assert again.repeated
    assert (again.verdict, again.check_in_id, door.inside()) == (Verdict.ADMITTED, first.check_in_id, 1)
    assert again.used_here
    assert again.used_seconds_ago is not None
    assert 0 <= again.used_seconds_ago < 6
    door.let_pass(7)
    late = door.scan()
    assert verdict(late) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert late.used_here


def test_the_same_code_at_another_gate_is_used_already_and_says_when_and_where(door: Door) -> None:
    door.scan()
    door.let_pass(120)
    result = door.scan(gate=SIDE)
    assert verdict(result) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert (result.used_gate, result.used_here) == (MAIN, False)
    assert result.used_at == door.stored()[0].created_at
    # By the server's clock, whatever the gate's own says.
    assert result.used_seconds_ago == pytest.approx(120, abs=30)
    assert door.inside() == 1


def test_the_same_gate_at_another_machine_is_not_here(door: Door) -> None:
    small = door.house.small
    door.scan()
    other = replace(small.steward, till_id=small.other_till_id)
    scan = Scan(small.performance_id, MAIN, door.code, uuid4().hex)
    result = door.house.database.transact(check_in, other, scan)
    assert verdict(result) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert (result.used_gate, result.used_here) == (MAIN, False)


def test_repeating_the_nonce_returns_the_same_verdict_and_stores_nothing(door: Door) -> None:
    first = door.scan(nonce="n-1")
    door.let_pass(60)
    again = door.scan(nonce="n-1")
    assert (verdict(again), again.check_in_id) == (verdict(first), first.check_in_id)
    refused = door.scan(nonce="n-2")
    assert verdict(door.scan(nonce="n-2")) == verdict(refused) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert len(door.stored()) == 2


def test_a_guest_leaves_and_may_come_back(door: Door) -> None:
    assert verdict(door.scan(leaving=True)) == (Verdict.REFUSED, Reason.NOT_INSIDE)
    door.scan()
    assert (verdict(door.scan(leaving=True)), door.inside()) == ((Verdict.LEFT, Reason.NONE), 0)
    assert verdict(door.scan(gate=SIDE)) == (Verdict.ADMITTED, Reason.NONE)
    presence = door.house.database.read(lambda session: session.get_one(TicketPresence, door.ticket_id))
    assert (presence.inside, presence.entries) == (True, 2)
    assert door.house.database.read(judge_database) == ()


def test_an_admission_is_undone_and_the_guest_may_enter_again(door: Door) -> None:
    steward = door.house.small.steward
    first = door.scan()
    for _ in range(2):
        door.house.database.transact(undo_check_in, steward, first.check_in_id)
        assert door.inside() == 0
    assert door.house.database.read(list_scans, door.house.small.performance_id)[0].undone
    assert verdict(door.scan(gate=SIDE)) == (Verdict.ADMITTED, Reason.NONE)
    with pytest.raises(NotPermitted):
        door.house.database.transact(undo_check_in, door.house.small.cashier, first.check_in_id)
    assert door.house.database.read(judge_database) == ()


def test_an_exit_is_undone(door: Door) -> None:
    door.scan()
    left = door.scan(leaving=True)
    assert door.inside() == 0
    door.house.database.transact(undo_check_in, door.house.small.steward, left.check_in_id)
    assert door.inside() == 1


def test_moves_are_taken_back_one_after_the_other_the_last_one_first(door: Door) -> None:
    steward, database = door.house.small.steward, door.house.database
    first = door.scan()
    moves = [door.scan(leaving=True), door.scan(gate=SIDE)]
    with pytest.raises(NotFound):
        # The guest is inside, as after this scan, but by another one.
        database.transact(undo_check_in, steward, first.check_in_id)
    for move, inside in ((moves[1], 0), (moves[0], 1), (first, 0)):
        database.transact(undo_check_in, steward, move.check_in_id)
        assert door.inside() == inside
        assert database.read(judge_database) == ()
    assert verdict(door.scan(gate=SIDE)) == (Verdict.ADMITTED, Reason.NONE)


def test_a_scan_that_others_followed_or_that_let_nobody_in_cannot_be_undone(door: Door) -> None:
    steward, database = door.house.small.steward, door.house.database
    first = door.scan()
    refused = door.scan(gate=SIDE)
    door.scan(leaving=True)
    for check_in_id in (first.check_in_id, refused.check_in_id, 987_654):
        with pytest.raises(NotFound):
            database.transact(undo_check_in, steward, check_in_id)


def test_a_gate_of_any_name_is_kept(door: Door) -> None:
    for gate in ("", "قاعة 🎭", "\ud800\x00Gate\n2", "g" * 500):
        assert door.scan("", gate=gate).verdict is Verdict.REFUSED
    assert [one.gate for one in door.stored()] == ["", "قاعة 🎭", "Gate 2", "g" * 80]


def test_only_those_who_may_check_tickets_do(door: Door) -> None:
    scan = Scan(door.house.small.performance_id, MAIN, door.code, uuid4().hex)
    with pytest.raises(NotPermitted):
        door.house.database.transact(check_in, door.house.small.cashier, scan)
    change_staff(door.house, door.house.small.steward, active=False)
    with pytest.raises(NotPermitted):
        door.scan()
    assert door.stored() == []
    door.house.database.transact(check_in, door.house.small.manager, scan)


def test_a_refused_scan_changes_nobodys_presence(door: Door) -> None:
    door.scan("nonsense")
    moved = door.house.database.read(
        lambda session: session.scalar(
            select(func.count()).select_from(TicketPresence).where(TicketPresence.entries > 0)
        )
    )
    assert moved == 0


def test_the_same_guest_is_stored_apart_and_told_the_same_when_asked_again(door: Door) -> None:
    first = door.scan()
    again = door.scan(nonce="a" * 32)
    assert again.repeated
    assert [entry.reason for entry in door.stored()] == [Reason.NONE, Reason.SAME_GUEST]
    told = door.scan(nonce="a" * 32)
    assert replace(told, used_seconds_ago=again.used_seconds_ago) == again
    assert again.check_in_id == first.check_in_id
    assert door.house.database.read(judge_database) == ()
