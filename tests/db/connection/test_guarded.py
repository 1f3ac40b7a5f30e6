"""Whoever listens on a port of this machine in the place of the server asks for the password, and is not told it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.probe.probing import probe_database
from pos_app.domain.errors import CannotConnect, PasswordNotTold, PosError
from pos_app.domain.house.setup import ServerAccount, SetupRefused
from pos_app.domain.house.stopping import Stop
from tests.certificates import make_certificates
from tests.db.connection.false_server import FalseServer, more, self_made_tls, switch_to

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD: Final = "the till's pässword"
_SHA2: Final = b"caching_sha2_password"
_SHA256: Final = b"sha256_password"
TRICKS: Final[dict[str, tuple[bytes, tuple[bytes | tuple[bytes, ...], ...]]]] = {
    "the password in clear": (b"mysql_native_password", (switch_to(b"mysql_clear_password"),)),
    "in clear, to a question": (b"mysql_native_password", (b"\xfedialog\0\4Password: ",)),
    "in clear, after a scramble": (_SHA2, ((more(b"\3"), switch_to(b"mysql_clear_password")),)),
    "caching_sha2, all of it, for its own key": (_SHA2, (more(b"\4"), more(b"THE_KEY"))),
    "the same after a switch": (b"mysql_native_password", (switch_to(_SHA2), more(b"\4"), more(b"THE_KEY"))),
    "sha256, its key unasked for": (_SHA256, (more(b"THE_KEY"),)),
    "sha256 after a switch": (_SHA2, (switch_to(_SHA256), more(b"THE_KEY"))),
    "sha256 after a switch, its key for the scramble": (_SHA2, (more(b"\4"), switch_to(_SHA256), more(b"THE_KEY"))),
    "the scramble of the last century": (b"mysql_native_password", (switch_to(b"mysql_old_password"),)),
    "the same as it was asked for then": (b"mysql_native_password", (b"\xfe",)),
    "a way that nobody knows": (b"mysql_native_password", (switch_to(b"my_own_way"),)),
    "a way that nobody knows, at first": (b"my_own_way", (switch_to(b"mysql_clear_password"),)),
}
NAMED: Final = {
    "in clear, after a scramble",
    "the password in clear",
    "caching_sha2, all of it, for its own key",
    "sha256 after a switch",
}


def _till(port: int, options: str = "") -> PosError:
    """Return what a till says that connects there."""
    database = Database(parse_address(f"mysql://foyer@127.0.0.1:{port}/foyer{options}"), lambda: PASSWORD)
    try:
        with pytest.raises(PosError) as refused:
            database.read(lambda session: session.execute(text("SELECT 1")))
    finally:
        database.close()
    return refused.value


def _probe(port: int, **files: str) -> SetupRefused:
    """Return what the page says on which a server is tested."""
    with pytest.raises(SetupRefused) as refused:
        probe_database(ServerAccount("127.0.0.1", port, "foyer", "foyer", PASSWORD, **files), Stop())
    return refused.value


@pytest.mark.parametrize("encrypted", [False, True], ids=["in clear", "encrypted, of its own making"])
@pytest.mark.parametrize("trick", TRICKS)
def test_a_password_is_not_told_to_whoever_listens_in_the_place_of_the_server(
    trick: str, tmp_path: Path, *, encrypted: bool
) -> None:
    plugin, steps = TRICKS[trick]
    make_certificates(tmp_path)
    false = FalseServer(steps, plugin, self_made_tls(tmp_path) if encrypted else None)
    with false.listening() as port:
        told, probed = _till(port), _probe(port)
    assert len(false.heard) >= 2, "it was spoken to"
    assert not false.knows(PASSWORD)
    assert isinstance(told, CannotConnect)
    if trick in NAMED:
        assert isinstance(told, PasswordNotTold)
        for sentence in (str(told), str(probed)):
            assert "asks for the password" in sentence
            assert "not told" in sentence
            assert "socket=FILE" in sentence
    assert PASSWORD not in f"{told}{probed}"


@pytest.mark.parametrize("trick", [name for name in TRICKS if "sha" in name])
def test_a_key_that_came_over_the_line_does_not_replace_the_one_that_was_kept(trick: str, tmp_path: Path) -> None:
    plugin, steps = TRICKS[trick]
    kept = tmp_path / "public_key.pem"
    kept.write_bytes(FalseServer(()).public_key)
    false = FalseServer(steps, plugin)
    with false.listening() as port:
        _till(port, f"?server_key={kept}")
        _probe(port, server_key=str(kept))
    assert not false.knows(PASSWORD)


@pytest.mark.parametrize("trick", [name for name in TRICKS if "sha" in name])
def test_what_is_encrypted_for_the_key_that_was_kept_is_read_by_its_owner(trick: str, tmp_path: Path) -> None:
    """So the tests above would see it if it were told."""
    plugin, steps = TRICKS[trick]
    true = FalseServer(steps, plugin)
    kept = tmp_path / "public_key.pem"
    kept.write_bytes(true.public_key)
    with true.listening() as port:
        _till(port, f"?server_key={kept}")
    assert true.knows(PASSWORD) == (trick != "sha256, its key unasked for")


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    letter = tmp_path / "letter.pem"
    letter.write_text("Dear customer")
    for file in (letter, tmp_path / "none.pem"):
        assert "server_key" in str(_till(1, f"?server_key={file}"))
        assert "server_key" in str(_probe(1, server_key=str(file)))


def test_an_account_without_a_password_has_nothing_to_hide() -> None:
    false = FalseServer((more(b"\4"),), _SHA2)
    with false.listening() as port:
        database = Database(parse_address(f"mysql://foyer@127.0.0.1:{port}/foyer"))
        with pytest.raises(CannotConnect) as refused:
            database.read(lambda session: session.execute(text("SELECT 1")))
        database.close()
    assert refused.value.wrong_password
