from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.computer import mail_passwords
from pos_app.computer.mail_passwords import PASSWORD_VARIABLE, keep_mail_password, mail_password

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    kept: dict[str, str] = {}

    def save(name: str, secret: str) -> bool:
        kept[name] = secret
        return True

    functions: dict[str, Callable[..., object]] = {
        "load_secret": kept.get,
        "save_secret": save,
        "forget_secret": lambda name: kept.pop(name, None),
    }
    for name, function in functions.items():
        monkeypatch.setattr(mail_passwords, name, function)
    return kept


@pytest.mark.usefixtures("ring")
def test_a_password_is_kept_for_its_server_and_its_user_and_for_no_other() -> None:
    assert keep_mail_password("Mail.example.org", "tickets", "secret")
    assert mail_password("mail.example.org", "tickets") == "secret"
    assert mail_password("mail.example.org", "another") is None
    assert mail_password("other.example.org", "tickets") is None


def test_an_empty_one_takes_it_out(ring: dict[str, str]) -> None:
    keep_mail_password("mail.example.org", "tickets", "secret")
    assert keep_mail_password("mail.example.org", "tickets", "")
    assert not ring


@pytest.mark.usefixtures("ring")
def test_what_the_environment_says_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_mail_password("mail.example.org", "tickets", "secret")
    monkeypatch.setenv(PASSWORD_VARIABLE, "given")
    assert mail_password("mail.example.org", "tickets") == "given"


def test_without_a_keyring_it_is_kept_nowhere_and_that_is_said() -> None:
    assert not keep_mail_password("mail.example.org", "tickets", "secret")
    assert mail_password("mail.example.org", "tickets") is None
