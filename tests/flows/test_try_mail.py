"""A manager tries the mail server, and the password of its account stays in the keyring of this computer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import keyring
import pytest
from sqlalchemy import select

from pos_app.computer.mail_passwords import PASSWORD_VARIABLE
from pos_app.db.models import AuditEntry, Setting
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.domain.letters.settings import MailSecurity, MailSettings
from pos_app.flows.try_mail import has_password_here, keep_password_here, try_letters
from pos_app.services.house.mail import load_mail_settings, save_mail_settings
from tests.computer.test_identity import MemoryKeyring
from tests.letters import ANNA, mail_settings
from tests.mail_server import PASSWORD, USER, open_mail_server, server_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse
    from tests.mail_server import MailServer

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    before, ring = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Return a server that wants a sign-in, under a certificate that this computer trusts."""
    context = server_context(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with open_mail_server(context=context, signs_in=True) as running:
        yield running


def nobody(server: MailServer) -> MailSettings:
    return mail_settings(server.port, security=MailSecurity.STARTTLS)


def account(server: MailServer) -> MailSettings:
    return replace(nobody(server), user=USER)


def all_texts(session: Session) -> str:
    return "\n".join([*session.scalars(select(Setting.value)), *map(str, session.scalars(select(AuditEntry.body)))])


def test_a_password_that_is_kept_here_signs_in_and_one_that_is_forgotten_does_not(
    house: OpenHouse, server: MailServer, ring: MemoryKeyring
) -> None:
    settings, manager = account(server), house.small.manager
    assert not has_password_here(settings)
    keep_password_here(settings, PASSWORD)
    assert has_password_here(settings)
    assert list(ring.secrets.values()) == [PASSWORD]
    assert not has_password_here(replace(settings, user="somebody else"))
    assert try_letters(house.database, manager, settings, ANNA).outcome is Outcome.SENT
    assert [taken.recipient for taken in server.taken] == [ANNA]
    keep_password_here(settings, "")
    assert not ring.secrets
    tried = try_letters(house.database, manager, settings, ANNA)
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.NO_PASSWORD)


def test_one_that_is_typed_goes_before_the_one_that_is_kept_and_is_kept_nowhere(
    house: OpenHouse, server: MailServer, ring: MemoryKeyring
) -> None:
    settings, manager = account(server), house.small.manager
    assert try_letters(house.database, manager, settings, ANNA, password=PASSWORD).outcome is Outcome.SENT
    assert not ring.secrets
    keep_password_here(settings, PASSWORD)
    wrong = try_letters(house.database, manager, settings, ANNA, password="one that is wrong")
    assert (wrong.outcome, wrong.trouble) == (Outcome.LEFT, Trouble.SIGN_IN)
    assert house.database.read(load_mail_settings) == MailSettings()
    house.database.transact(save_mail_settings, manager, MailSettings(), settings)
    assert PASSWORD not in house.database.read(all_texts)


def test_a_server_that_wants_a_sign_in_is_told_of_where_none_is_set(house: OpenHouse, server: MailServer) -> None:
    tried = try_letters(house.database, house.small.manager, nobody(server), ANNA, password=PASSWORD)
    assert (tried.outcome, tried.trouble) == (Outcome.LEFT, Trouble.SIGN_IN_WANTED)
    assert "auth" not in server.steps


def test_what_the_environment_says_goes_before_the_keyring(
    house: OpenHouse, server: MailServer, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_password_here(account(server), "one that is wrong")
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    assert try_letters(house.database, house.small.manager, account(server), ANNA).outcome is Outcome.SENT
    assert PASSWORD not in ring.secrets.values()


def test_without_a_keyring_nothing_is_kept_and_the_way_out_is_told(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    with pytest.raises(FieldRefused) as refused:
        keep_password_here(account(server), PASSWORD)
    assert list(refused.value.fields) == ["password"]
    assert PASSWORD_VARIABLE in refused.value.fields["password"]
    assert not has_password_here(account(server))


def test_who_may_not_set_how_letters_are_sent_tries_nothing_either(house: OpenHouse, server: MailServer) -> None:
    with pytest.raises(NotPermitted):
        try_letters(house.database, house.small.cashier, account(server), ANNA, password=PASSWORD)
    with pytest.raises(FieldRefused) as refused:
        try_letters(house.database, house.small.manager, account(server), "anna", password=PASSWORD)
    assert list(refused.value.fields) == ["recipient"]
    assert server.lines == 0
