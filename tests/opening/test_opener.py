"""How the window comes to its box office: the password that is typed, the one that is kept, and what was set up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import keyring
import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.domain.errors import CannotConnect
from pos_app.domain.house.setup import Made, NoHouseYet, ServerAccount
from pos_app.opening.opener import Opener
from tests.accounts import a_user
from tests.computer.test_identity import MemoryKeyring
from tests.evening import settings_in
from tests.kinds import SERVER, SQLITE
from tests.servers import by_socket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.houses import OpenHouse


@pytest.fixture
def kept() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@contextmanager
def account_of(house: OpenHouse, password: str) -> Iterator[str]:
    """Give the address of an account with a password."""
    address = parse_address(house.url)
    with a_user(house.url, "desk", f"ALL ON {address.name}.*", password=password) as desk:
        place = f"127.0.0.1:{address.servers[0].port}"
        yield f"mysql://{desk}@{place}/{address.name}{by_socket(house.database)}"


def let_in(opener: Opener) -> None:
    opener.open(lambda _share, _sentence: None).database.close()


@SERVER
def test_a_password_is_asked_for_until_it_is_right_and_then_kept(
    house: OpenHouse, kept: MemoryKeyring, tmp_path: Path
) -> None:
    with account_of(house, "gehéim ☃") as url:
        opener = Opener(settings_in(tmp_path), url)
        for typed in (None, "wrong"):
            if typed is not None:
                opener.take_password(typed)
            with pytest.raises(CannotConnect) as refused:
                let_in(opener)
            assert refused.value.wrong_password
            # Nobody is accused of a wrong password who has not typed one yet.
            assert ("asks for a password" in refused.value.message) == (typed is None)
            assert "kept in the keyring" in refused.value.advice
        assert not any("wrong" in secret for secret in kept.secrets.values())
        opener.take_password("gehéim ☃")
        let_in(opener)
        let_in(Opener(settings_in(tmp_path), url))
        # Somebody changes it on the server: the one that is kept does not stand in the way.
        kept.set_password("foyer", parse_address(url).credential_name(), "an old one")
        later = Opener(settings_in(tmp_path), url)
        with pytest.raises(CannotConnect) as refused:
            let_in(later)
        assert refused.value.wrong_password
        later.take_password("gehéim ☃")
        let_in(later)
        let_in(Opener(settings_in(tmp_path), url))


@SQLITE
def test_what_was_set_up_is_opened_in_the_place_of_what_was_named(house: OpenHouse, tmp_path: Path) -> None:
    opener = Opener(settings_in(tmp_path), f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(NoHouseYet):
        let_in(opener)
    assert opener.this_computer().embedded_url.endswith("none.db")
    assert not (tmp_path / "none.db").exists()
    opener.take_made(Made(house.url, "Till 7"))
    let_in(opener)
    assert opener.settings.till_name == "Till 7"


@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("mysql://t@[::1]:3307/x?ssl_ca=/a.pem", ServerAccount("::1", 3307, "x", "t", "", "/a.pem")),
        ("sqlite:////a/b.db", ServerAccount()),
        ("nonsense", ServerAccount()),
        ("", ServerAccount()),
    ],
)
def test_the_pages_begin_with_the_server_that_is_named(tmp_path: Path, url: str, account: ServerAccount) -> None:
    assert Opener(settings_in(tmp_path), url).account() == account


def test_the_demo_touches_nothing_real(tmp_path: Path) -> None:
    opener = Opener(settings_in(tmp_path), "sqlite:///real.db")
    opener.take_demo()
    assert opener.settings.state_folder == tmp_path / "demo"
    assert opener.this_computer().state_folder == tmp_path
