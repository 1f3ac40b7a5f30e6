from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import LetterSender, OutboxEmail, OutboxTry, TillKey
from pos_app.domain.letters.sending import Trouble
from pos_app.domain.letters.standing import AT_REST, TAKES
from pos_app.services.letters.standing import count_failed, load_sending
from tests.letters import write_note

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def write(session: Session, *states: str) -> None:
    for number, state in enumerate(states):
        session.execute(
            insert(OutboxEmail).values(
                request_id=f"letter-{number}",
                kind="note",
                recipient="anna@example.org",
                facts="{}",
                state=state,
                due_at=utc_now(),
                created_at=utc_plus(-number),
            )
        )


def sender(session: Session, till_id: int, *, seen: float, why: str = "", next_in: float | None = None) -> None:
    session.execute(
        insert(LetterSender).values(
            till_id=till_id,
            why=why,
            answer="535 no" if why else "",
            since=utc_now(),
            next_at=None if next_in is None else utc_plus(next_in),
            seen_at=utc_plus(seen),
        )
    )


def test_a_house_that_wrote_nothing_has_nothing_to_send_and_nobody_who_does(house: OpenHouse) -> None:
    found = house.database.read(load_sending)
    assert (found.waiting, found.failed, found.oldest, found.senders, found.sends) == (0, 0, None, (), False)
    assert house.database.read(count_failed) == 0


def test_letters_are_counted_and_those_that_are_over_are_not(house: OpenHouse) -> None:
    house.database.transact(write, "waiting", "sending", "failed", "sent", "stopped", "waiting", "failed")
    found = house.database.read(load_sending)
    assert (found.waiting, found.failed) == (3, 2)
    assert found.oldest is not None
    assert 4 < (found.at - found.oldest).total_seconds() < 60
    assert house.database.read(count_failed) == 2


def test_a_till_sends_while_it_is_alive_and_nothing_stops_it(house: OpenHouse) -> None:
    till = house.small.cashier.till_id
    house.database.transact(sender, till, seen=-1)
    found = house.database.read(load_sending)
    assert found.sends
    assert found.senders[0].trouble is None
    assert found.senders[0].is_alive


def test_a_till_that_is_silent_does_not_send(house: OpenHouse) -> None:
    house.database.transact(sender, house.small.cashier.till_id, seen=-AT_REST.total_seconds() - 1)
    found = house.database.read(load_sending)
    assert not found.sends
    assert not found.senders[0].is_alive


def overdue(session: Session, seconds: float, kind: str = "note") -> int:
    return write_note(session, kind=kind, due_at=utc_plus(-seconds))


def test_a_till_that_was_killed_is_not_counted_on_once_a_letter_waits_longer_than_it_ever_lets_one(
    house: OpenHouse,
) -> None:
    late = TAKES.total_seconds() + 15
    house.database.transact(sender, house.small.till_id, seen=-late)
    assert house.database.read(load_sending).sends, "nothing waits for it"
    house.database.transact(overdue, 15)
    assert house.database.read(load_sending).sends, "it has not had the time yet"
    house.database.transact(overdue, late)
    found = house.database.read(load_sending)
    assert not found.sends
    assert found.silent is not None
    assert found.silent == found.fell_silent
    assert found.silent.till_id == house.small.till_id
    assert found.due_at is not None
    # A house that sends slowly lets letters wait for longer.
    assert house.database.read(load_sending, seconds_between=60.0).sends


def test_a_letter_that_it_cannot_sign_says_nothing_of_a_till(house: OpenHouse) -> None:
    house.database.transact(sender, house.small.till_id, seen=-TAKES.total_seconds() - 15)
    house.database.transact(overdue, 600, "confirmation")
    assert not house.database.read(load_sending).sends
    gone = update(TillKey).where(TillKey.till_id == house.small.till_id).values(revoked_at=utc_now())
    house.database.transact(lambda session: session.execute(gone))
    found = house.database.read(load_sending)
    assert (found.sends, found.leaves_tickets, found.due_at) == (True, True, None)


def test_its_tries_are_signs_of_a_till_too(house: OpenHouse) -> None:
    house.database.transact(sender, house.small.till_id, seen=-170)
    letter_id = house.database.transact(overdue, 600)
    assert not house.database.read(load_sending).sends
    values = {"letter_id": letter_id, "till_id": house.small.till_id, "leased_by": "one", "began_at": utc_plus(-8)}
    house.database.transact(lambda session: session.execute(insert(OutboxTry).values(outcome="sent", **values)))
    found = house.database.read(load_sending)
    assert found.sends
    assert (found.at - found.senders[0].seen_at).total_seconds() < 60


def test_a_till_that_has_a_letter_for_long_is_told_from_one_that_is_silent(house: OpenHouse) -> None:
    late = TAKES.total_seconds() + 15
    house.database.transact(sender, house.small.till_id, seen=-170)
    house.database.transact(overdue, late)
    lease: dict[str, Any] = {
        "state": "sending",
        "leased_by": "one",
        "leased_until": utc_plus(30),
        "due_at": utc_plus(30),
    }
    letter_id = house.database.transact(write_note, **lease)
    values = {"letter_id": letter_id, "till_id": house.small.till_id, "leased_by": "one", "began_at": utc_plus(-late)}
    house.database.transact(lambda session: session.execute(insert(OutboxTry).values(**values)))
    found = house.database.read(load_sending)
    assert found.sends
    assert found.held_up is not None
    assert found.held_up.busy_since is not None
    assert found.held_up.busy_since < found.at - TAKES
    # Another till takes what waits.
    house.database.transact(sender, house.small.gate_till_id, seen=-1)
    assert house.database.read(load_sending).held_up is None
    # Its lease is over: it did not come back.
    over = update(OutboxEmail).where(OutboxEmail.id == letter_id).values(leased_until=utc_now(), due_at=utc_now())
    house.database.transact(lambda session: session.execute(over))
    alive = {one.till_id: one.is_alive for one in house.database.read(load_sending).senders}
    assert alive == {house.small.till_id: False, house.small.gate_till_id: True}


def test_what_stops_a_till_is_told_for_as_long_as_it_rests_and_no_longer(house: OpenHouse) -> None:
    """It rests for up to ten minutes after a trouble, and says nothing meanwhile."""
    house.database.transact(sender, house.small.till_id, seen=-300, why="connection", next_in=300)
    house.database.transact(overdue, 300)
    (one,) = house.database.read(load_sending).senders
    assert (one.is_alive, one.trouble) == (True, Trouble.CONNECTION)
    missed = update(LetterSender).values(next_at=utc_plus(-TAKES.total_seconds() - 5))
    house.database.transact(lambda session: session.execute(missed))
    (one,) = house.database.read(load_sending).senders
    assert not one.is_alive


def test_what_stops_a_till_is_told_with_with_its_next_try(house: OpenHouse) -> None:
    house.database.transact(sender, house.small.cashier.till_id, seen=-1, why="sign_in", next_in=60)
    found = house.database.read(load_sending)
    (one,) = found.senders
    assert not found.sends
    assert one.is_alive
    assert (one.trouble, one.answer) == (Trouble.SIGN_IN, "535 no")
    assert one.next_at is not None
    assert one.next_at > found.at


def test_letters_with_tickets_wait_where_no_till_that_sends_is_enrolled(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(sender, small.till_id, seen=0)
    house.database.transact(write, "waiting")
    assert not house.database.read(load_sending).leaves_tickets, "a note has none"
    told = update(OutboxEmail).values(kind="confirmation")
    house.database.transact(lambda session: session.execute(told))
    assert not house.database.read(load_sending).leaves_tickets
    gone = update(TillKey).where(TillKey.till_id == small.till_id).values(revoked_at=utc_now())
    house.database.transact(lambda session: session.execute(gone))
    found = house.database.read(load_sending)
    assert (found.sends, found.leaves_tickets) == (True, True)
