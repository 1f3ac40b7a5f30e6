"""What keeps a line from being opened is told apart where something else is to be done about it."""

from __future__ import annotations

import smtplib
import ssl
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.clients.smtp.answers import judge_error, judge_silence
from pos_app.clients.smtp.line import MailLine
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.domain.letters.settings import USUAL_PORTS, MailSecurity
from tests.certificates import make_certificates, make_doubtful
from tests.letters import mail_settings
from tests.mail_server import open_mail_server, till_context

if TYPE_CHECKING:
    from pathlib import Path


def shown(folder: Path) -> ssl.SSLContext:
    """Return what a server shows that has its certificate in a folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
@pytest.mark.parametrize(
    ("doubtful", "name", "trouble"),
    [
        ({"from_days": -9, "to_days": -2}, "127.0.0.1", Trouble.CERTIFICATE_OVER),
        ({"from_days": 2, "to_days": 9}, "127.0.0.1", Trouble.CERTIFICATE_EARLY),
        ({"by_itself": True}, "127.0.0.1", Trouble.CERTIFICATE_STRANGE),
        ({}, "localhost", Trouble.CERTIFICATE_NAME),
        ({}, "127.0.0.1", None),
    ],
)
def test_what_is_wrong_with_a_certificate_is_told(
    tmp_path: Path, security: MailSecurity, doubtful: dict[str, Any], name: str, trouble: Trouble | None
) -> None:
    make_certificates(tmp_path)
    make_doubtful(tmp_path, **doubtful)
    with open_mail_server(context=shown(tmp_path), implicit=security is MailSecurity.TLS) as server:
        line = MailLine(till_context(tmp_path))
        tried = line.open(mail_settings(server.port, server=name, security=security), None)
        line.close()
    assert (tried and tried.trouble) == trouble
    assert tried is None or tried.outcome is Outcome.LEFT


def test_a_server_that_begins_without_tls_was_reached_all_the_same(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    with open_mail_server() as server:
        line = MailLine(till_context(tmp_path))
        tried = line.open(mail_settings(server.port, security=MailSecurity.TLS), None)
    assert tried is not None
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.TLS_LATER)


@pytest.mark.parametrize("usual", [True, False])
def test_a_server_that_waits_for_tls_is_known_by_its_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, usual: bool
) -> None:
    make_certificates(tmp_path)
    with open_mail_server(context=shown(tmp_path), implicit=True) as server:
        if usual:
            monkeypatch.setitem(USUAL_PORTS, MailSecurity.TLS, server.port)
        line = MailLine(till_context(tmp_path), step_seconds=0.5)
        tried = line.open(mail_settings(server.port, security=MailSecurity.STARTTLS), None)
    assert tried is not None
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.TLS_AT_ONCE if usual else Trouble.CONNECTION)


def test_a_port_where_nobody_is_waits_for_no_tls() -> None:
    assert judge_silence(ConnectionRefusedError()).trouble is Trouble.CONNECTION
    assert judge_silence(smtplib.SMTPServerDisconnected()).trouble is Trouble.TLS_AT_ONCE
    assert judge_error(smtplib.SMTPServerDisconnected()).trouble is Trouble.CONNECTION
    assert judge_error(ssl.SSLError()).trouble is Trouble.CONNECTION
