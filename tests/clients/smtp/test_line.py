from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.clients.smtp.line import MailLine
from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.domain.letters.settings import MailSecurity, MailSettings
from tests.mail_server import PASSWORD, USER, open_mail_server, server_context, till_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.mail_server import MailServer

LETTER = b"From: a@house.test\r\nTo: anna@example.org\r\nMessage-ID: <1@house.test>\r\n\r\n.dot\r\n..\r\nend\r\n"
SENDER = "tickets@house.test"
ANNA = "anna@example.org"
OPEN = MailSettings(server="127.0.0.1", security=MailSecurity.NONE, sender_address=SENDER)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with open_mail_server() as running:
        yield running


@pytest.fixture
def line() -> Iterator[MailLine]:
    made = MailLine(step_seconds=10)
    yield made
    made.close()


def to(running: MailServer, **changes: object) -> MailSettings:
    return replace(replace(OPEN, port=running.port), **changes)  # type: ignore[arg-type]


def send(line: MailLine, recipient: str = ANNA, message: bytes = LETTER) -> Tried:
    return line.send(message, SENDER, recipient, before_data=lambda: True)


def test_several_letters_go_over_one_line_as_they_are(server: MailServer, line: MailLine) -> None:
    assert line.open(to(server), None) is None
    for _ in range(3):
        assert send(line).outcome is Outcome.SENT
        assert line.is_open_for(to(server))
    assert [one.message for one in server.taken] == [LETTER] * 3
    assert (server.taken[0].sender, server.taken[0].recipient) == (SENDER, ANNA)
    assert server.lines == 1
    assert not line.is_open_for(to(server, user="another"))


@pytest.mark.parametrize("step", ["greeting", "ehlo"])
def test_a_server_that_dies_before_a_letter_is_begun_is_to_blame_and_no_letter(
    server: MailServer, line: MailLine, step: str
) -> None:
    server.manners.dies_at = step
    tried = line.open(to(server), None)
    assert tried is not None
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.CONNECTION)


@pytest.mark.parametrize(
    ("step", "outcome", "trouble", "taken"),
    [
        ("mail", Outcome.AGAIN, Trouble.CONNECTION, 0),
        ("rcpt", Outcome.AGAIN, Trouble.CONNECTION, 0),
        ("data", Outcome.AGAIN, Trouble.BROKEN_OFF, 0),
        ("in_data", Outcome.AGAIN, Trouble.BROKEN_OFF, 0),
        ("after_data", Outcome.UNKNOWN, Trouble.BROKEN_OFF, 1),
    ],
)
def test_where_the_line_broke_decides_whether_the_letter_may_have_arrived(
    server: MailServer, line: MailLine, step: str, outcome: Outcome, trouble: Trouble, taken: int
) -> None:
    assert line.open(to(server), None) is None
    server.manners.dies_at = step
    # Longer than what a system keeps for a peer that does not read it.
    tried = send(line, message=LETTER + b"long\r\n" * 2_000_000 if step == "in_data" else LETTER)
    assert (tried.outcome, tried.trouble) == (outcome, trouble)
    assert len(server.taken) == taken
    assert not line.is_open_for(to(server))


def test_a_letter_whose_last_dot_may_have_arrived_is_never_taken_for_unsent(server: MailServer, line: MailLine) -> None:
    """A short letter is on its way as a whole before anybody learns that the server died with half of it read."""
    assert line.open(to(server), None) is None
    server.manners.dies_at = "in_data"
    assert send(line).outcome in {Outcome.AGAIN, Outcome.UNKNOWN}


ANSWERS = [
    ("mail", "421 too much", Outcome.LEFT, Trouble.SERVICE),
    ("mail", "451 later", Outcome.LEFT, Trouble.SERVICE),
    ("mail", "530 5.7.0 sign in first", Outcome.LEFT, Trouble.SIGN_IN_WANTED),
    ("mail", "550 5.7.1 sender rejected", Outcome.LEFT, Trouble.RELAY),
    ("mail", "552 5.3.4 too big", Outcome.REFUSED, Trouble.SIZE),
    ("rcpt", "421 closing", Outcome.LEFT, Trouble.SERVICE),
    ("rcpt", "454 4.7.1 not now", Outcome.LEFT, Trouble.SERVICE),
    ("rcpt", "450 4.2.0 greylisted", Outcome.AGAIN, Trouble.LATER),
    ("rcpt", "452 4.2.2 mailbox full", Outcome.AGAIN, Trouble.LATER),
    ("rcpt", "552 too many recipients", Outcome.AGAIN, Trouble.LATER),
    ("rcpt", "550 5.1.1 no such user", Outcome.REFUSED, Trouble.ADDRESS),
    ("rcpt", "554 5.7.1 <anna@example.org>: Relay access denied", Outcome.LEFT, Trouble.RELAY),
    ("rcpt", "550 5.6.7 needs SMTPUTF8", Outcome.REFUSED, Trouble.SCRIPT),
    ("data", "451 later", Outcome.AGAIN, Trouble.LATER),
    ("data", "554 no", Outcome.REFUSED, Trouble.CONTENT),
    ("after_data", "451 later", Outcome.AGAIN, Trouble.LATER),
    ("after_data", "421 closing", Outcome.LEFT, Trouble.SERVICE),
    ("after_data", "554 5.7.1 spam", Outcome.REFUSED, Trouble.CONTENT),
    ("after_data", "552 5.3.4 too big", Outcome.REFUSED, Trouble.SIZE),
    ("after_data", "550 5.1.1 nobody", Outcome.REFUSED, Trouble.ADDRESS),
]


@pytest.mark.parametrize(("step", "answer", "outcome", "trouble"), ANSWERS)
def test_an_answer_is_judged_by_its_step_and_the_next_letter_goes_over_the_same_line(
    server: MailServer, line: MailLine, step: str, answer: str, outcome: Outcome, trouble: Trouble
) -> None:
    assert line.open(to(server), None) is None
    server.manners.answers[step] = answer
    tried = send(line)
    assert (tried.outcome, tried.trouble) == (outcome, trouble)
    assert tried.answer == answer
    assert not server.taken
    server.manners.answers.clear()
    assert line.is_open_for(to(server))
    assert send(line).outcome is Outcome.SENT
    assert server.lines == 1


def test_a_letter_that_is_not_this_tills_any_more_is_not_handed_over(server: MailServer, line: MailLine) -> None:
    assert line.open(to(server), None) is None
    tried = line.send(LETTER, SENDER, ANNA, before_data=lambda: False)
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, None)
    assert "data" not in server.steps
    assert line.is_open_for(to(server))


def test_what_fails_just_before_handing_over_comes_through_and_sends_nothing(
    server: MailServer, line: MailLine
) -> None:
    def fail() -> bool:
        raise RuntimeError("the database is gone")

    assert line.open(to(server), None) is None
    with pytest.raises(RuntimeError, match="the database is gone"):
        line.send(LETTER, SENDER, ANNA, before_data=fail)
    assert not server.taken
    assert not line.is_open_for(to(server))


def test_a_name_that_leads_nowhere_and_a_door_that_is_shut(line: MailLine) -> None:
    nowhere = line.open(replace(OPEN, server="mail.nowhere.invalid", security=MailSecurity.TLS), None)
    assert nowhere is not None
    assert (nowhere.outcome, nowhere.trouble) == (Outcome.LEFT, Trouble.NAME)
    shut = line.open(replace(OPEN, port=9), None)
    assert shut is not None
    assert (shut.outcome, shut.trouble) == (Outcome.LEFT, Trouble.CONNECTION)


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
class TestUnderTls:
    @pytest.fixture
    def secured(self, security: MailSecurity, tmp_path: Path) -> Iterator[MailServer]:
        implicit = security is MailSecurity.TLS
        context = server_context(tmp_path)
        with open_mail_server(context=context, implicit=implicit, signs_in=True) as running:
            yield running

    def test_signed_in_a_letter_goes(self, secured: MailServer, security: MailSecurity, tmp_path: Path) -> None:
        line = MailLine(till_context(tmp_path))
        assert line.open(to(secured, security=security, user=USER), PASSWORD) is None
        assert send(line).outcome is Outcome.SENT
        line.close()

    def test_a_wrong_password_and_none_at_all(
        self, secured: MailServer, security: MailSecurity, tmp_path: Path
    ) -> None:
        line = MailLine(till_context(tmp_path))
        settings = to(secured, security=security, user=USER)
        wrong = line.open(settings, "secret-that-is-wrong")
        assert wrong is not None
        assert (wrong.outcome, wrong.trouble) == (Outcome.LEFT, Trouble.SIGN_IN)
        assert "secret" not in wrong.answer
        none = line.open(settings, None)
        assert none == Tried(Outcome.LEFT, Trouble.NO_PASSWORD)

    def test_a_certificate_of_nobody_known_ends_it_before_the_password(
        self, secured: MailServer, security: MailSecurity, tmp_path: Path
    ) -> None:
        line = MailLine(till_context(tmp_path, "other-ca.pem"))
        tried = line.open(to(secured, security=security, user=USER), PASSWORD)
        assert tried is not None
        assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.CERTIFICATE_STRANGE)
        assert "auth" not in secured.steps

    def test_a_server_of_another_name_is_not_trusted(
        self, secured: MailServer, security: MailSecurity, tmp_path: Path
    ) -> None:
        line = MailLine(till_context(tmp_path))
        tried = line.open(to(secured, server="localhost", security=security, user=USER), PASSWORD)
        assert tried is not None
        assert tried.trouble is Trouble.CERTIFICATE_NAME

    def test_a_server_that_dies_while_signing_in(
        self, secured: MailServer, security: MailSecurity, tmp_path: Path
    ) -> None:
        secured.manners.dies_at = "auth"
        tried = MailLine(till_context(tmp_path)).open(to(secured, security=security, user=USER), PASSWORD)
        assert tried is not None
        assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.CONNECTION)


def test_a_server_that_wants_a_sign_in_refuses_no_name_where_none_is_set(tmp_path: Path) -> None:
    with open_mail_server(context=server_context(tmp_path), signs_in=True) as server:
        line = MailLine(till_context(tmp_path))
        settings = to(server, security=MailSecurity.STARTTLS)
        assert line.open(settings, None) is None
        tried = send(line)
        assert (tried.outcome, tried.trouble, tried.answer[:3]) == (Outcome.LEFT, Trouble.SIGN_IN_WANTED, "530")
        assert line.open(replace(settings, user=USER), PASSWORD) is None
        assert send(line).outcome is Outcome.SENT
        line.close()


def test_a_server_that_dies_in_tls(tmp_path: Path) -> None:
    with open_mail_server(context=server_context(tmp_path)) as server:
        server.manners.dies_at = "tls"
        tried = MailLine(till_context(tmp_path)).open(to(server, security=MailSecurity.STARTTLS), None)
    assert tried is not None
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.CONNECTION)


def test_without_starttls_nothing_is_said_in_the_clear(server: MailServer, line: MailLine) -> None:
    tried = line.open(to(server, security=MailSecurity.STARTTLS, user=USER), PASSWORD)
    assert tried is not None
    assert tried.trouble is Trouble.TLS_MISSING
    assert "auth" not in server.steps


def test_a_line_in_the_clear_leads_to_this_computer_alone(line: MailLine) -> None:
    tried = line.open(replace(OPEN, server="192.0.2.1"), None)
    assert tried == Tried(Outcome.LEFT, Trouble.TLS_MISSING)


def test_an_address_in_any_script_goes_where_the_server_takes_it(server: MailServer, line: MailLine) -> None:
    assert line.open(to(server), None) is None
    assert send(line, "дмитрий@straße.example").outcome is Outcome.SENT
    assert server.taken[0].recipient == "дмитрий@xn--strae-oqa.example"


def test_where_the_server_takes_no_such_address_it_is_refused_and_a_domain_alone_goes() -> None:
    with open_mail_server(smtputf8=False) as server:
        line = MailLine()
        assert line.open(to(server), None) is None
        assert send(line, "дмитрий@example.org") == Tried(Outcome.REFUSED, Trouble.SCRIPT)
        assert send(line, "anna@bücher.example").outcome is Outcome.SENT
        assert server.taken[0].recipient == "anna@xn--bcher-kva.example"
        line.close()


def test_what_is_no_address_is_refused_before_the_server_hears_of_it(server: MailServer, line: MailLine) -> None:
    assert line.open(to(server), None) is None
    for wrong in ("anna", "@example.org", "an na@example.org", "a>\r\nRCPT TO:<eve@example.org", "anna@-.example"):
        assert send(line, wrong).trouble is Trouble.ADDRESS
    assert "rcpt" not in server.steps


def test_a_letter_longer_than_the_server_says_is_not_sent_at_all() -> None:
    with open_mail_server(most_bytes=5000) as server:
        line = MailLine()
        assert line.open(to(server), None) is None
        assert line.most_bytes == 5000
        assert send(line, message=LETTER + b"x" * 5000).trouble is Trouble.SIZE
        assert "mail" not in server.steps
        line.close()


@pytest.mark.parametrize("step", ["greeting", "ehlo", "mail", "rcpt", "after_data"])
def test_a_silent_server_is_cut_from_another_thread_at_once(server: MailServer, step: str) -> None:
    line = MailLine(step_seconds=120)
    server.manners.silent_at = step
    ended: list[Tried | None] = []

    def work() -> None:
        tried = line.open(to(server), None)
        ended.append(send(line) if tried is None else tried)

    worker = threading.Thread(target=work)
    worker.start()
    server.wait_for(step)
    began = time.monotonic()
    line.cut()
    worker.join(30)
    assert time.monotonic() - began < 5
    (tried,) = ended
    assert tried is not None
    assert tried.outcome is (Outcome.UNKNOWN if step == "after_data" else Outcome.LEFT)
    assert line.open(to(server), None) is not None, "what was cut stays so"
    line.close()


def test_a_server_that_is_silent_for_too_long_is_left(server: MailServer) -> None:
    line = MailLine(step_seconds=0.2)
    server.manners.silent_at = "rcpt"
    assert line.open(to(server), None) is None
    tried = send(line)
    assert (tried.outcome, tried.trouble) == (Outcome.AGAIN, Trouble.CONNECTION)
    line.close()
