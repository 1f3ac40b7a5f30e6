from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.computer.journal import Journal, PendingSale
from tests.full_disk import FullDisk

if TYPE_CHECKING:
    from pathlib import Path

SALE = PendingSale("a1", "basket", 3, 4000, "EUR", "cash", "Stalls, row A, seat 1 · قاعة 🎭")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def test_a_note_is_read_again_until_it_is_forgotten(journal: Journal, tmp_path: Path) -> None:
    assert journal.pending() == ()
    journal.note(SALE)
    journal.note(replace(SALE, request_id="b2"))
    assert {one.request_id for one in Journal(tmp_path / "journal").pending()} == {"a1", "b2"}
    assert SALE in journal.pending()
    for _ in range(2):
        journal.forget("a1")
    assert [one.request_id for one in journal.pending()] == ["b2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"request_id": "a1", "basket_key": "bas',
        b"[]",
        b"null",
        b"7",
        b'{"request_id": "x"}',
        b"\xff\xfe",
        b"\x00" * 400,
        b'{"request_id": 5, "basket_key": 1, "till_id": "x", "total_minor": [],"currency": 1, "method": 2,"places": 3}',
    ],
)
def test_a_torn_note_is_put_aside_and_the_others_are_read(journal: Journal, tmp_path: Path, content: bytes) -> None:
    journal.note(SALE)
    torn = tmp_path / "journal" / "torn.json"
    torn.write_bytes(content)
    assert journal.pending() == (SALE,)
    assert not torn.exists()
    assert (tmp_path / "journal" / "torn.unreadable").read_bytes() == content


def test_a_note_that_was_being_written_when_the_power_went_is_no_note(journal: Journal, tmp_path: Path) -> None:
    journal.note(SALE)
    (tmp_path / "journal" / "b2.new").write_bytes(b'{"request')
    assert journal.pending() == (SALE,)


@pytest.mark.parametrize("request_id", ["", "../a", "a/b", "a.b", "\x00"])
def test_a_request_that_could_be_another_file_is_a_bug(journal: Journal, request_id: str) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        journal.note(replace(SALE, request_id=request_id))
    with pytest.raises(ValueError, match="letters and digits"):
        journal.forget(request_id)


class TestOnAFullDisk:
    def test_a_note_is_in_memory_until_the_disk_takes_it(
        self, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk = FullDisk(monkeypatch)
        disk.refuse()
        journal.note(SALE)
        assert journal.is_only_in_memory("a1")
        assert journal.pending() == (SALE,)
        assert Journal(tmp_path / "journal").pending() == ()
        disk.refuse(0)
        journal.note(replace(SALE, request_id="b2"))
        assert not journal.is_only_in_memory("a1")
        assert {one.request_id for one in Journal(tmp_path / "journal").pending()} == {"a1", "b2"}
        assert len(journal.pending()) == 2

    def test_a_note_in_memory_goes_on_to_the_next_person(
        self, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk = FullDisk(monkeypatch)
        disk.refuse()
        journal.note(SALE)
        other = Journal(tmp_path / "other")
        journal.hand_on(other)
        assert (journal.pending(), other.pending()) == ((), (SALE,))
        other.forget("a1")
        assert other.pending() == ()

    def test_a_long_note_of_any_script_fits_into_its_reserve(
        self, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal.reserve()
        FullDisk(monkeypatch, refuses_rewriting=False).refuse()
        journal.note(replace(SALE, places="\N{PERFORMING ARTS}" * 5000))
        assert not journal.is_only_in_memory("a1")
        (found,) = Journal(tmp_path / "journal").pending()
        assert found.places == "\N{PERFORMING ARTS}" * 400

    def test_a_note_far_too_large_to_be_one_is_put_aside(self, journal: Journal, tmp_path: Path) -> None:
        journal.note(SALE)
        with (tmp_path / "journal" / "huge.json").open("wb") as huge:
            huge.truncate(1 << 40)
        assert journal.pending() == (SALE,)
        assert journal.unreadable == 1
