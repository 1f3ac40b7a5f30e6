from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from pos_app.clients.smtp.line import MailLine
from pos_app.computer.identity import TillIdentity
from pos_app.db.clock import utc_plus
from pos_app.db.models import Performance, Ticket
from pos_app.documents.previews import page_count
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.flows import send_letters
from pos_app.flows.send_letters import Post, count_unsigned, send_next, send_test
from pos_app.services.letters.listing import load_letter
from pos_app.services.letters.queue import claim_next, hand_over
from tests.letters import ANNA, change, letter, letters, mail_settings, make_due, tries, write_confirmation, write_note
from tests.mail_server import open_mail_server
from tests.services.stories import sold
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.houses import OpenHouse
    from tests.mail_server import MailServer

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with open_mail_server() as running:
        yield running


@pytest.fixture
def line() -> Iterator[MailLine]:
    made = MailLine(step_seconds=20)
    yield made
    made.close()


def post(house: OpenHouse, *, enrolled: bool = True) -> Post:
    identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    return Post(identity if enrolled else None, house.small.till_id, lambda _: None, lambda _: True)


def send(house: OpenHouse, server: MailServer, line: MailLine, **more: Any) -> Tried | None:
    return send_next(house.database, post(house), line, mail_settings(server.port, **more))


def state(house: OpenHouse, key: int) -> str:
    return str(house.database.read(letter, key).state)


def pdfs(server: MailServer) -> list[bytes]:
    return [
        part.get_content()
        for taken in server.taken
        for part in taken.parsed.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]


def test_a_confirmation_goes_with_its_tickets_and_is_kept_as_it_went(
    house: OpenHouse, server: MailServer, line: MailLine
) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    key = house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids)
    tried = send(house, server, line)
    assert tried is not None
    assert tried.outcome is Outcome.SENT
    (taken,) = server.taken
    row = house.database.read(letter, key)
    assert (taken.recipient, taken.message_id) == (ANNA, row.message_id)
    assert (row.state, row.subject) == ("sent", str(taken.parsed["Subject"]))
    (pdf,) = pdfs(server)
    assert page_count(pdf) == 2
    said = house.database.read(load_letter, house.small.cashier, key)
    words = [part for part in taken.parsed.walk() if part.get_content_maintype() == "text"]
    bodies = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in words}
    assert (said.text, said.html) == (bodies["text/plain"], bodies["text/html"])
    kept = json.loads(row.attachments)
    assert {one["type"] for one in kept} == {"application/pdf", "text/calendar"}
    assert next(one["bytes"] for one in kept if one["type"] == "application/pdf") == len(BytesIO(pdf).getvalue())
    assert send(house, server, line) is None


def test_a_ticket_that_is_void_meanwhile_is_not_attached(house: OpenHouse, server: MailServer, line: MailLine) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids)
    void = update(Ticket).where(Ticket.id == sale.ticket_ids[0]).values(voided_at=utc_plus(0), live_seat_id=None)
    house.database.transact(lambda session: session.execute(void))
    assert send(house, server, line) is not None
    (pdf,) = pdfs(server)
    assert page_count(pdf) == 1


def test_where_all_its_tickets_are_void_a_letter_is_stopped_and_the_server_hears_nothing(
    house: OpenHouse, server: MailServer, line: MailLine
) -> None:
    sale = sold(house, house.small.seats_of(1, (1,)))
    key = house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids)
    void = update(Ticket).where(Ticket.id.in_(sale.ticket_ids)).values(voided_at=utc_plus(0), live_seat_id=None)
    house.database.transact(lambda session: session.execute(void))
    assert send(house, server, line) == Tried(Outcome.STOPPED)
    assert state(house, key) == "stopped"
    assert "mail" not in server.steps


def test_a_computer_that_signs_no_tickets_leaves_them_to_others_and_sends_the_rest(
    house: OpenHouse, server: MailServer, line: MailLine
) -> None:
    sale = sold(house, house.small.seats_of(1, (1,)))
    key = house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids)
    settings = mail_settings(server.port)
    assert send_next(house.database, post(house, enrolled=False), line, settings) is None
    assert not server.lines
    note = house.database.transact(write_note)
    assert send_next(house.database, post(house, enrolled=False), line, settings) is not None
    assert (state(house, key), state(house, note)) == ("waiting", "sent")


def test_an_order_too_large_for_one_letter_goes_as_several_with_each_ticket_once(
    house: OpenHouse, server: MailServer, line: MailLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.flows.set_letters.is_group", lambda _faces: False)
    sale = sold(house, [house.small.seat(row, number) for row in (1, 2) for number in range(1, 11)])
    key = house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids)
    assert send(house, server, line) is not None
    whole = len(server.taken.pop().message)
    house.database.transact(change, key, state="waiting", due_at=utc_plus(-1))
    settings = replace(mail_settings(server.port), most_bytes=whole * 4 // 5)
    while send_next(house.database, post(house), line, settings) is not None:
        pass
    rows = house.database.read(letters)
    assert len(rows) >= 2
    assert {row.state for row in rows} == {"sent"}
    assert [(row.part, row.parts) for row in rows] == [(number, len(rows)) for number in range(1, len(rows) + 1)]
    told = [ticket for row in rows for ticket, _ in json.loads(row.facts)["tickets"]]
    assert sorted(told) == sorted(sale.ticket_ids)
    assert sum(page_count(pdf) for pdf in pdfs(server)) == 20
    assert len({row.message_id for row in rows}) == len(rows)
    assert all(len(taken.message) <= whole * 4 // 5 for taken in server.taken)
    house.database.transact(change, key, state="waiting", due_at=utc_plus(-1))
    smaller = replace(settings, most_bytes=20_000)
    refused = send_next(house.database, post(house), line, smaller)
    assert refused == Tried(Outcome.REFUSED, Trouble.SIZE), "what was split once is not split again"


def test_each_part_is_measured_with_its_own_tickets_alone(
    house: OpenHouse, server: MailServer, line: MailLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.flows.set_letters.is_group", lambda _faces: False)
    monkeypatch.setattr("pos_app.flows.set_letters.render_tickets", lambda *_, **__: b"%PDF-")
    sale = sold(house, [house.small.seat(row, number) for row in (1, 2) for number in range(1, 11)])
    one = house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids[:1])
    assert send(house, server, line) is not None
    most = len(server.taken.pop().message) * 11 // 10
    house.database.transact(change, one, state="stopped")
    house.database.transact(write_confirmation, sale.order_id, sale.ticket_ids)
    settings = replace(mail_settings(server.port), most_bytes=most)
    while send_next(house.database, post(house), line, settings) is not None:
        pass
    parts = [row for row in house.database.read(letters) if row.id != one]
    assert {row.state for row in parts} == {"sent"}
    assert sorted(ticket for row in parts for ticket, _ in json.loads(row.facts)["tickets"]) == sorted(sale.ticket_ids)
    assert all(len(taken.message) <= most for taken in server.taken)


@pytest.mark.parametrize("step", ["greeting", "ehlo"])
def test_a_server_that_dies_before_a_letter_is_begun_leaves_every_letter_untouched(
    house: OpenHouse, server: MailServer, line: MailLine, step: str
) -> None:
    key = house.database.transact(write_note)
    server.manners.dies_at = step
    tried = send(house, server, line)
    assert tried is not None
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.CONNECTION)
    assert (state(house, key), house.database.read(tries, key)) == ("waiting", [])
    server.manners.dies_at = ""
    assert send(house, server, line) is not None
    assert state(house, key) == "sent"
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("step", "end", "copies"),
    [("mail", "again", 1), ("rcpt", "again", 1), ("data", "again", 1), ("after_data", "unknown", 2)],
)
def test_wherever_the_server_dies_the_letter_goes_again_and_a_second_copy_is_told(
    house: OpenHouse, server: MailServer, line: MailLine, step: str, end: str, copies: int
) -> None:
    key = house.database.transact(write_note)
    server.manners.dies_at, server.manners.deaths = step, 1
    assert send(house, server, line) is not None
    assert state(house, key) == "waiting"
    assert send(house, server, line) is None, "it waits for a minute"
    house.database.transact(make_due)
    assert send(house, server, line) is not None
    row = house.database.read(letter, key)
    assert (row.state, row.may_be_twice) == ("sent", copies == 2)
    assert house.database.read(tries, key) == [end, "sent"]
    assert [taken.message_id for taken in server.taken] == [row.message_id] * copies


def test_one_letter_that_is_refused_keeps_no_other_one(house: OpenHouse, server: MailServer, line: MailLine) -> None:
    bad = house.database.transact(write_note, "nobody@example.org", due_at=utc_plus(-9))
    good = house.database.transact(write_note)
    server.manners.answers, server.manners.only_for = {"rcpt": "550 5.1.1 no such user"}, "nobody"
    assert [send(house, server, line) for _ in range(3)][2] is None
    assert (state(house, bad), state(house, good)) == ("failed", "sent")
    assert server.lines == 1


@pytest.mark.parametrize(
    ("step", "answer", "end"),
    [
        ("rcpt", "554 5.7.1 Relay access denied", "failed"),
        ("rcpt", "421 4.7.0 too many for this mailbox", "waiting"),
        ("after_data", "421 4.3.2 the filter does not answer", "waiting"),
        ("data", "454 4.7.0 not now", "waiting"),
    ],
)
def test_one_letter_that_a_server_does_not_work_for_holds_up_the_others_once(
    house: OpenHouse, server: MailServer, line: MailLine, step: str, answer: str, end: str
) -> None:
    bad = house.database.transact(write_note, "poison@example.org", due_at=utc_plus(-9))
    good = [house.database.transact(write_note) for _ in range(2)]
    server.manners.answers, server.manners.only_for = {step: answer}, "poison"
    outcomes = [tried.outcome for _ in range(4) if (tried := send(house, server, line)) is not None]
    own = Outcome.REFUSED if end == "failed" else Outcome.AGAIN
    assert outcomes == [Outcome.LEFT, Outcome.SENT, Outcome.SENT, own]
    assert (state(house, bad), [state(house, key) for key in good]) == (end, ["sent"] * 2)
    assert send(house, server, line) is None, "it waits as one that was refused for now, or for somebody to look at it"


def test_a_letter_that_cannot_be_set_is_failed_and_the_next_one_goes(
    house: OpenHouse, server: MailServer, line: MailLine
) -> None:
    bad = house.database.transact(write_note, facts="{damaged", due_at=utc_plus(-9))
    good = house.database.transact(write_note)
    assert send(house, server, line) is not None
    assert send(house, server, line) is not None
    assert (state(house, bad), state(house, good)) == ("failed", "sent")
    assert json.loads(house.database.read(letter, bad).failure)["trouble"] == "unreadable"


def test_what_was_over_before_anybody_could_send_it_is_given_up_and_shown(
    house: OpenHouse, server: MailServer, line: MailLine
) -> None:
    key = house.database.transact(
        write_note, kind="moved", performance_id=house.small.performance_id, created_at=utc_plus(-7200)
    )
    begun = update(Performance).where(Performance.id == house.small.performance_id).values(starts_at=utc_plus(-60))
    house.database.transact(lambda session: session.execute(begun))
    assert send(house, server, line) == Tried(Outcome.REFUSED, Trouble.TOO_LATE)
    assert state(house, key) == "failed"


def test_a_frozen_till_whose_letter_was_taken_over_sends_nothing(
    house: OpenHouse, server: MailServer, line: MailLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.database.transact(write_note)

    def late(session: Any, claimed: Any) -> bool:
        make_due(session)
        assert claim_next(session, None, "another", domain="house.test") is not None
        return hand_over(session, claimed)

    monkeypatch.setattr(send_letters, "hand_over", late)
    assert send(house, server, line) == Tried(Outcome.LEFT)
    assert not server.taken
    assert house.database.read(letter, key).leased_by == "another"


def test_no_server_is_set_and_nothing_is_asked(house: OpenHouse, line: MailLine) -> None:
    house.database.transact(write_note)
    assert send_next(house.database, post(house), line, mail_settings(1, server="")) is None


def test_a_test_letter_arrives_or_says_what_is_wrong(house: OpenHouse, server: MailServer) -> None:
    settings = mail_settings(server.port)
    assert send_test(house.database, settings, None, "me@example.org").outcome is Outcome.SENT
    (taken,) = server.taken
    assert (taken.recipient, str(taken.parsed["From"])) == ("me@example.org", "Playhouse <tickets@house.test>")
    assert send_test(house.database, settings, None, "nobody").trouble is Trouble.ADDRESS
    assert send_test(house.database, replace(settings, port=9), None, ANNA).trouble is Trouble.CONNECTION
    assert not house.database.read(letters)


def test_letters_with_tickets_are_counted_where_nobody_signs_them(house: OpenHouse) -> None:
    house.database.transact(write_note, kind="confirmation")
    house.database.transact(write_note)
    assert count_unsigned(house.database, post(house, enrolled=False)) == 1
    assert count_unsigned(house.database, post(house)) == 0
