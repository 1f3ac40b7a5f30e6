from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import LetterSender, OutboxEmail, TillKey
from pos_app.domain.letters.sending import Trouble
from pos_app.services.letters.standing import ALIVE_SECONDS, count_failed, load_sending

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
    house.database.transact(sender, house.small.cashier.till_id, seen=-ALIVE_SECONDS - 1)
    found = house.database.read(load_sending)
    assert not found.sends
    assert not found.senders[0].is_alive


def test_what_stops_a_till_is_told_with_its_next_try(house: OpenHouse) -> None:
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
