"""What a computer keeps of the keys of a house: the pepper where only its user reads it, and the key that it pinned."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import keyring
import pytest

from pos_app.computer.house_keys import KeptKeys
from pos_app.documents.house_keys import new_house_keys
from pos_app.domain.errors import CannotConnect
from tests.computer.test_identity import MemoryKeyring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pos_app.documents.house_keys import HouseKeys

KEYS = new_house_keys()


@pytest.fixture
def trusted() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def kept(tmp_path: Path) -> KeptKeys:
    return KeptKeys(tmp_path / "state", "server:3306/foyer")


def pepper_of(kept: KeptKeys, keys: HouseKeys = KEYS) -> bytes | None:
    return kept.pepper(keys.public_key, keys.pepper_check)


def test_without_a_keyring_the_pepper_lies_in_a_file_of_its_user_alone(kept: KeptKeys, tmp_path: Path) -> None:
    assert (pepper_of(kept), kept.pinned()) == (None, "")
    kept.keep(KEYS)
    assert (pepper_of(kept), kept.pinned()) == (KEYS.pepper, KEYS.public_key)
    files = list((tmp_path / "state").iterdir())
    assert len(files) == 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert not any(KEYS.private_key in file.read_bytes() for file in files)


def test_in_a_keyring_it_leaves_no_file_and_is_missed_once_that_is_lost(
    kept: KeptKeys, tmp_path: Path, trusted: MemoryKeyring
) -> None:
    kept.keep(KEYS)
    assert pepper_of(kept) == KEYS.pepper
    assert len(list((tmp_path / "state").iterdir())) == 1
    trusted.secrets.clear()
    assert pepper_of(kept) is None
    kept.keep(KEYS)
    assert pepper_of(kept) == KEYS.pepper


def test_the_pepper_of_another_house_is_none(kept: KeptKeys) -> None:
    kept.keep(KEYS)
    assert pepper_of(kept, new_house_keys()) is None
    assert kept.pepper(KEYS.public_key, new_house_keys().pepper_check) is None


def test_what_is_pinned_belongs_to_one_database(kept: KeptKeys, tmp_path: Path) -> None:
    kept.pin(KEYS.public_key)
    other = KeptKeys(tmp_path / "state", "server:3306/another")
    assert other.pinned() == ""
    assert KeptKeys(tmp_path / "state", "server:3306/foyer").pinned() == KEYS.public_key


def test_a_damaged_pin_is_told_and_not_passed_over(kept: KeptKeys, tmp_path: Path) -> None:
    kept.pin(KEYS.public_key)
    (file,) = (tmp_path / "state").iterdir()
    file.write_bytes(b"something else")
    with pytest.raises(CannotConnect, match=r"is damaged.*Remove it"):
        kept.pinned()
    kept.pin(KEYS.public_key)
    assert kept.pinned() == KEYS.public_key


def test_a_damaged_pepper_is_missed_and_kept_anew(kept: KeptKeys, tmp_path: Path) -> None:
    kept.keep(KEYS)
    (file,) = (tmp_path / "state").glob("pepper-*")
    file.write_bytes(b"short")
    assert pepper_of(kept) is None
    kept.keep(KEYS)
    assert pepper_of(kept) == KEYS.pepper


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    kept: KeptKeys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept.keep(KEYS)

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("pos_app.computer.house_keys.load_private_file", refuse)
    for ask in (kept.pinned, lambda: pepper_of(kept)):
        with pytest.raises(CannotConnect, match=r"cannot be read: Permission denied\..*manager signs in here"):
            ask()


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, where the folder should be")
    with pytest.raises(CannotConnect, match="cannot be kept in"):
        KeptKeys(tmp_path / "state", "house").keep(KEYS)
