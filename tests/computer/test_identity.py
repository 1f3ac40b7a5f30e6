from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from pos_app.computer.identity import load_identity
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class MemoryKeyring(KeyringBackend):
    """A keyring that can be trusted, for the time of a test."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError("it is not there")


@pytest.fixture
def trusted() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_a_computer_keeps_its_identity_in_a_file_where_there_is_no_keyring(tmp_path: Path) -> None:
    first = load_identity(tmp_path / "state")
    assert load_identity(tmp_path / "state") == first
    assert first.public_key == public_key_of(first.private_key).hex()
    assert (tmp_path / "state" / "signing-key").stat().st_mode & 0o777 == 0o600
    assert load_identity(tmp_path / "another").machine_key != first.machine_key
    assert first.private_key.hex() not in repr(first)


def test_a_key_in_a_keyring_leaves_no_file(tmp_path: Path, trusted: MemoryKeyring) -> None:
    first = load_identity(tmp_path)
    assert not (tmp_path / "signing-key").exists()
    assert list(trusted.secrets.values()) == [first.private_key.hex()]
    assert load_identity(tmp_path) == first


def test_rights_that_are_too_loose_are_tightened(tmp_path: Path) -> None:
    load_identity(tmp_path)
    (tmp_path / "signing-key").chmod(0o644)
    load_identity(tmp_path)
    assert (tmp_path / "signing-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path, content: bytes) -> None:
    load_identity(tmp_path)
    (tmp_path / "signing-key").write_bytes(content)
    with pytest.raises(InvalidInput, match="damaged"):
        load_identity(tmp_path)
    assert (tmp_path / "signing-key").read_bytes() == content


def test_a_damaged_secret_in_the_keyring_is_told(tmp_path: Path, trusted: MemoryKeyring) -> None:
    load_identity(tmp_path)
    for name in trusted.secrets:
        trusted.secrets[name] = "not hexadecimal"
    with pytest.raises(InvalidInput, match="damaged"):
        load_identity(tmp_path)
