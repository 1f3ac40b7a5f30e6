"""Several tills at one queue of letters; tills that are killed or frozen while they send, and with wrong clocks."""

from __future__ import annotations

from collections import Counter
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import pytest

from pos_app.services.server_time import load_server_time
from tests.concurrency.letter_deeds import look_wait_and_send, send_all, wait_before_handing_over
from tests.concurrency.tills import Job, open_tills, run_together
from tests.letters import letter, letters, make_due, seconds_to_due, tries, write_note
from tests.mail_server import open_mail_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.concurrency.conftest import Arena
    from tests.mail_server import MailServer

LETTERS: Final = 40
TILLS: Final = 4
YEAR: Final = 365.25 * 86400


@pytest.fixture
def server() -> Iterator[MailServer]:
    with open_mail_server() as running:
        yield running


def test_each_letter_is_sent_by_exactly_one_of_several_tills(
    make_any_arena: Callable[..., Arena], server: MailServer
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=1)
    keys = [arena.database.transact(write_note, f"guest-{number}@example.org") for number in range(LETTERS)]
    actors = arena.actors(arena.house.cashier, TILLS)
    done = run_together([Job(arena.url, actor, send_all, {"port": server.port}) for actor in actors])
    assert Counter(taken.recipient for taken in server.taken) == {
        f"guest-{number}@example.org": 1 for number in range(LETTERS)
    }
    assert sum(len(one) for one in done) == LETTERS
    assert {row.state for row in arena.database.read(letters)} == {"sent"}
    assert all(arena.database.read(tries, key) == ["sent"] for key in keys)


@pytest.mark.parametrize("guarded", [True, False])
def test_two_tills_that_have_found_the_same_letter(
    make_arena: Callable[..., Arena], server: MailServer, *, guarded: bool
) -> None:
    """Without the condition of the claim it goes out twice, under two names, and nobody is told.

    An embedded database is claimed in from the first look on: there are no two.
    """
    arena = make_arena(rows=1, seats_per_row=1)
    key = arena.database.transact(write_note)
    first, second = arena.actors(arena.house.cashier, 2)
    how = {"port": server.port, "guarded": guarded}
    jobs = [Job(arena.url, actor, look_wait_and_send, how) for actor in (first, second)]
    with open_tills(jobs) as tills:
        for till in tills:
            till.go()
        for till in tills:
            assert till.hear("found") == [key]
        tills[0].go()
        assert tills[0].result() == ["sent"]
        tills[1].go()
        assert tills[1].result() == ([] if guarded else ["sent"])
    assert len(server.taken) == (1 if guarded else 2)


@pytest.mark.parametrize(
    ("step", "copies", "end"), [("mail", 1, "again"), ("rcpt", 1, "again"), ("after_data", 2, "unknown")]
)
def test_a_till_that_is_killed_while_it_sends_loses_no_letter(
    make_any_arena: Callable[..., Arena], server: MailServer, step: str, copies: int, end: str
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=1)
    key = arena.database.transact(write_note)
    dying, living = arena.actors(arena.house.cashier, 2)
    server.manners.silent_at = step
    with open_tills([Job(arena.url, dying, send_all, {"port": server.port})]) as (till,):
        till.go()
        server.wait_for(step)
        till.kill()
    server.manners.silent_at = ""
    assert run_together([Job(arena.url, living, send_all, {"port": server.port})]) == [[]], "its lease holds yet"
    arena.database.transact(make_due)
    assert run_together([Job(arena.url, living, send_all, {"port": server.port})]) == [["sent"]]
    row = arena.database.read(letter, key)
    assert (row.state, row.may_be_twice) == ("sent", copies == 2)
    assert arena.database.read(tries, key) == [end, "sent"]
    assert [taken.message_id for taken in server.taken] == [row.message_id] * copies


@pytest.mark.parametrize("guarded", [True, False])
def test_a_frozen_till_whose_lease_is_over_does_not_send(
    make_any_arena: Callable[..., Arena], server: MailServer, *, guarded: bool
) -> None:
    """Without asking just before it hands over, it sends what another till has sent since; the tickets arrive twice."""
    arena = make_any_arena(rows=1, seats_per_row=1)
    key = arena.database.transact(write_note)
    frozen, other = arena.actors(arena.house.cashier, 2)
    how = {"port": server.port, "guarded": guarded}
    with open_tills([Job(arena.url, frozen, wait_before_handing_over, how)]) as (till,):
        till.go()
        till.hear("about to hand over")
        till.freeze()
        arena.database.transact(make_due)
        assert run_together([Job(arena.url, other, send_all, {"port": server.port})]) == [["sent"]]
        till.thaw()
        till.go()
        assert till.result() == (["left"] if guarded else ["sent"])
    assert len(server.taken) == (1 if guarded else 2)
    row = arena.database.read(letter, key)
    assert (row.state, row.may_be_twice) == ("sent", False)


@pytest.mark.parametrize("ahead", [-10 * YEAR, -7200.0, 7200.0, 10 * YEAR])
def test_a_till_whose_clock_is_wrong_sends_by_the_servers(
    make_any_arena: Callable[..., Arena], server: MailServer, ahead: float
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=1)
    sent = arena.database.transact(write_note)
    (actor,) = arena.actors(arena.house.cashier, 1)
    job = Job(arena.url, actor, send_all, {"port": server.port, "ahead": ahead})
    assert run_together([job]) == [["sent"]]
    now = arena.database.read(load_server_time)
    said = parsedate_to_datetime(str(server.taken[0].parsed["Date"]))
    assert abs((now - said).total_seconds()) < 60
    assert abs((now - arena.database.read(letter, sent).sent_at).total_seconds()) < 60
    server.manners.answers["rcpt"] = "450 greylisted"
    late = arena.database.transact(write_note)
    assert run_together([job]) == [["again"]]
    assert 0 < arena.database.read(seconds_to_due, late) <= 60
