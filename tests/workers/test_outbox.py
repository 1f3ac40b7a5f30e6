from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from pos_app.clients.smtp.line import MailLine
from pos_app.domain.letters.sending import Outcome
from pos_app.domain.letters.settings import MailSecurity
from pos_app.services.house.mail import load_mail_settings
from pos_app.workers import outbox as worker_module
from pos_app.workers.outbox import Outbox
from tests.letters import letters, mail_settings, sender, store_settings, write_note
from tests.mail_server import PASSWORD, USER, open_mail_server, server_context, till_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pos_app.domain.letters.sending import Tried
    from pos_app.domain.letters.settings import MailSettings
    from tests.houses import OpenHouse
    from tests.mail_server import MailServer

SOON = 0.01


@pytest.fixture
def server() -> Iterator[MailServer]:
    with open_mail_server() as running:
        yield running


def write(house: OpenHouse, count: int) -> None:
    for number in range(count):
        house.database.transact(write_note, f"guest-{number}@example.org")


def outbox(house: OpenHouse, **more: Any) -> Outbox:
    return Outbox(house.database, till_id=house.small.till_id, interval_seconds=SOON, **more)


def states(house: OpenHouse) -> list[str]:
    return [row.state for row in house.database.read(letters)]


def test_what_is_due_goes_over_one_line_until_it_is_stopped(house: OpenHouse, server: MailServer) -> None:
    house.database.transact(store_settings, mail_settings(server.port))
    write(house, 5)
    told: list[Tried] = []
    done = threading.Event()

    def tell(tried: Tried) -> None:
        told.append(tried)
        if len(told) == 5:
            done.set()

    worker = outbox(house, on_tried=tell)
    worker.start()
    assert done.wait(30)
    assert worker.stop(10)
    assert {one.outcome for one in told} == {Outcome.SENT}
    assert states(house) == ["sent"] * 5
    assert server.lines == 1
    assert house.database.read(sender, house.small.till_id) == ""


def test_letters_are_so_far_apart_as_the_house_wants(house: OpenHouse, server: MailServer) -> None:
    house.database.transact(store_settings, mail_settings(server.port, seconds_between=0.2))
    write(house, 3)
    began = time.monotonic()
    assert len(outbox(house).run_once()) == 3
    assert time.monotonic() - began >= 0.6


def test_a_trouble_of_the_queue_is_told_and_no_letter_is_to_blame(house: OpenHouse, server: MailServer) -> None:
    house.database.transact(store_settings, mail_settings(server.port))
    write(house, 3)
    server.manners.answers["greeting"] = "554 no service today"
    worker = outbox(house)
    assert len(worker.run_once()) == 1
    assert worker.run_once() == [], "it rests"
    assert house.database.read(sender, house.small.till_id) == "service"
    assert states(house) == ["waiting"] * 3
    server.manners.answers.clear()
    worker.wake()
    assert len(worker.run_once()) == 3
    assert house.database.read(sender, house.small.till_id) == ""


def test_settings_that_are_saved_are_not_waited_for(
    house: OpenHouse, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor are those that are saved while it reads the ones of before."""
    write(house, 1)
    asked, saved, sent = threading.Event(), threading.Event(), threading.Event()

    def read_and_wait(session: Session) -> MailSettings:
        found = load_mail_settings(session)
        asked.set()
        assert saved.wait(20)
        return found

    monkeypatch.setattr(worker_module, "load_mail_settings", read_and_wait)
    worker = Outbox(house.database, till_id=house.small.till_id, interval_seconds=600, on_tried=lambda _: sent.set())
    worker.start()
    assert asked.wait(20)
    house.database.transact(store_settings, mail_settings(server.port))
    worker.wake()
    saved.set()
    assert sent.wait(20)
    assert worker.stop(10)
    assert states(house) == ["sent"]


@pytest.mark.parametrize("first", ["wrong", None])
def test_another_password_on_this_till_is_tried_at_once(house: OpenHouse, tmp_path: Path, first: str | None) -> None:
    kept = first
    with open_mail_server(context=server_context(tmp_path), signs_in=True) as server:
        house.database.transact(store_settings, mail_settings(server.port, security=MailSecurity.STARTTLS, user=USER))
        write(house, 2)
        worker = outbox(house, line=MailLine(till_context(tmp_path)), password=lambda _: kept)
        for _ in range(3):
            worker.run_once()
        lines = server.lines
        assert worker.run_once() == [], "the same one is not tried again before its time"
        assert server.lines == lines
        kept = PASSWORD
        assert [tried.outcome for tried in worker.run_once()] == [Outcome.SENT] * 2
    assert house.database.read(sender, house.small.till_id) == ""


def test_other_settings_are_tried_at_once_however_long_the_queue_would_rest(
    house: OpenHouse, server: MailServer
) -> None:
    house.database.transact(store_settings, mail_settings(server.port, server="no-such-name.invalid"))
    write(house, 1)
    worker = outbox(house)
    assert len(worker.run_once()) == 1
    assert worker.run_once() == [], "it rests"
    house.database.transact(store_settings, mail_settings(server.port))
    assert [tried.outcome for tried in worker.run_once()] == [Outcome.SENT]


def test_no_password_is_a_trouble_of_this_till_and_the_server_hears_nothing(
    house: OpenHouse, server: MailServer
) -> None:
    house.database.transact(store_settings, mail_settings(server.port, user=USER))
    write(house, 1)
    outbox(house, password=lambda _: None).run_once()
    assert house.database.read(sender, house.small.till_id) == "no_password"
    assert not server.lines


def test_no_password_stands_in_a_log_whatever_happens(
    house: OpenHouse, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="pos_app")
    with open_mail_server(context=server_context(tmp_path), signs_in=True) as server:
        house.database.transact(store_settings, mail_settings(server.port, security=MailSecurity.STARTTLS, user=USER))
        write(house, 2)
        for password in ("wrong-" + PASSWORD, PASSWORD):
            line = MailLine(till_context(tmp_path))
            outbox(house, line=line, password=lambda _, given=password: given).run_once()
        assert len(server.taken) == 2
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("pos_app"))
    assert "sign_in" in said
    assert PASSWORD not in said
    assert PASSWORD not in str(house.database.read(letters))


@pytest.mark.parametrize("step", ["greeting", "rcpt", "after_data"])
def test_it_stops_at_once_while_the_server_is_silent(house: OpenHouse, server: MailServer, step: str) -> None:
    house.database.transact(store_settings, mail_settings(server.port))
    write(house, 1)
    server.manners.silent_at = step
    worker = outbox(house, line=MailLine(step_seconds=120))
    worker.start()
    server.wait_for(step)
    began = time.monotonic()
    assert worker.stop(20)
    assert time.monotonic() - began < 10


def test_a_worker_that_never_began_can_be_stopped(house: OpenHouse) -> None:
    assert outbox(house).stop()


def statements(house: OpenHouse, worker: Outbox, turns: int) -> int:
    count = 0

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal count
        count += not statement.startswith("BEGIN")

    engines = house.database.at_rest.engines
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        for _ in range(turns):
            worker.run_once()
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
    return count


def test_at_rest_it_asks_one_question_a_turn_and_none_where_no_server_is_set(
    house: OpenHouse, server: MailServer
) -> None:
    worker = outbox(house)
    worker.run_once()
    assert statements(house, worker, 10) == 0
    house.database.transact(store_settings, mail_settings(server.port))
    worker.wake()
    worker.run_once()
    assert statements(house, worker, 10) == 10
    assert not server.lines
