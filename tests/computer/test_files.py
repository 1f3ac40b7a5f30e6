from __future__ import annotations

import os
from pathlib import Path

import pytest

from pos_app.computer.files import FileTooLargeError, read_bounded, write_over, write_whole
from pos_app.domain.disk_faults import why_disk
from tests.full_disk import FullDisk


def test_a_file_is_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "note.json"
    for content in (b"first", b"", b"second" * 100_000):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == ["note.json"]


def test_a_private_file_is_for_its_user_only_even_over_a_loose_draft(tmp_path: Path) -> None:
    path = tmp_path / "signing-key"
    loose = tmp_path / "signing-key.new"
    loose.write_bytes(b"left by somebody")
    loose.chmod(0o666)
    write_whole(path, b"secret", private=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == b"secret"


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    write_whole(path, b"old")
    (tmp_path / "note.json.new").mkdir()
    with pytest.raises(OSError, match=r"note\.json\.new"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_disk_that_gets_full_meanwhile_leaves_the_old_file_and_no_half_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.json"
    write_whole(path, b"old")
    disk = FullDisk(monkeypatch)
    for step in (1, 2, 3):
        disk.refuse(step)
        with pytest.raises(OSError, match="No space left"):
            write_whole(path, b"new")
        assert [one.name for one in tmp_path.iterdir()] == ["note.json"]
        assert path.read_bytes() == b"old"


def test_room_that_was_taken_is_written_over_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reserve"
    write_whole(path, b"-----")
    FullDisk(monkeypatch, refuses_rewriting=False).refuse()
    write_over(path, b"note ")
    assert path.read_bytes() == b"note "
    with pytest.raises(ValueError, match="as long as the file"):
        write_over(path, b"a longer note")


def test_no_more_is_read_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(FileTooLargeError):
        read_bounded(path, 4)
    os.truncate(path, 1 << 40)  # a file of a terabyte, of holes
    with pytest.raises(FileTooLargeError):
        read_bounded(path, 1_000_000)
    for other in (tmp_path, Path("/dev/zero")):
        with pytest.raises(OSError, match=r".") as raised:
            read_bounded(other, 10)
        assert why_disk(raised.value) in {"it is a folder", "it is no file"}
