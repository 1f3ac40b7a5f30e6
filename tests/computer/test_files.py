from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pos_app.computer.files import (
    FileTooLargeError,
    close_database,
    close_files,
    close_folder,
    make_folder,
    read_bounded,
    write_new,
    write_over,
    write_whole,
)
from pos_app.domain.disk_faults import why_disk
from tests.full_disk import FullDisk

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows rights come from the folder")


@pytest.fixture(autouse=True)
def loose_rights() -> Iterator[None]:
    """Let files be made readable for all, as on most computers."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _rights(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def _loose(path: Path, content: bytes = b"Ann Guest") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o644)
    return path


def test_a_file_is_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "note.json"
    for content in (b"first", b"", b"second" * 100_000):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == ["note.json"]
    assert [_rights(one) for one in (path, path.parent, path.parent.parent)] == [0o600, 0o700, 0o700]


def test_a_file_is_for_its_user_only_even_over_a_loose_draft_and_a_loose_file(tmp_path: Path) -> None:
    path = _loose(tmp_path / "signing-key")
    _loose(tmp_path / "signing-key.new").chmod(0o666)
    write_whole(path, b"secret")
    assert _rights(path) == 0o600
    assert path.read_bytes() == b"secret"


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    write_whole(path, b"old")
    (tmp_path / "note.json.new").mkdir()
    with pytest.raises(OSError, match=r"note\.json\.new"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_of_many_who_write_a_new_file_at_once_one_does_and_the_others_are_told(tmp_path: Path) -> None:
    path, contents = tmp_path / "new" / "ticket.pdf", [bytes([at]) * 50_000 for at in range(40)]

    def write(content: bytes) -> bytes | None:
        try:
            write_new(path, content)
        except FileExistsError:
            return None
        return content

    with ThreadPoolExecutor(8) as threads:
        written = [content for content in threads.map(write, contents) if content]
    assert [path.read_bytes()] == written
    assert [one.name for one in path.parent.iterdir()] == ["ticket.pdf"]
    assert _rights(path) == 0o600


def test_a_new_file_that_does_not_fit_leaves_its_name_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        FullDisk(patch).refuse(2)
        with pytest.raises(OSError, match="No space left"):
            write_new(tmp_path / "ticket.pdf", b"%PDF")
    assert list(tmp_path.iterdir()) == []
    write_new(tmp_path / "ticket.pdf", b"%PDF")


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    chosen = tmp_path / "shared"
    chosen.mkdir(mode=0o755)
    write_whole(chosen / "ticket.pdf", b"%PDF")
    make_folder(chosen)
    assert (_rights(chosen), _rights(chosen / "ticket.pdf")) == (0o755, 0o600)


def test_a_folder_of_before_is_closed_with_all_that_is_in_it(tmp_path: Path) -> None:
    state = tmp_path / "state"
    files = [_loose(state / name) for name in ("foyer.db", "foyer.db-wal", "tickets/AB.pdf", "journal/h/w/1.basket")]
    (state / "journal").chmod(0o775)
    assert close_folder(state) == ()
    assert {_rights(file) for file in files} == {0o600}
    assert {_rights(folder) for folder in (state, state / "tickets", state / "journal" / "h" / "w")} == {0o700}


def test_a_link_is_not_followed_to_what_is_somebody_elses(tmp_path: Path) -> None:
    outside, album = _loose(tmp_path / "letters.txt"), _loose(tmp_path / "album" / "picture.png")
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    (state / "signing-key").symlink_to(outside)
    (state / "tickets").symlink_to(album.parent)
    assert close_folder(state) == ()
    assert close_files([state / "signing-key"]) == ()
    assert [_rights(one) for one in (outside, album, album.parent)] == [0o644, 0o644, 0o755]


def test_the_folder_itself_may_be_a_link_to_another_disk(tmp_path: Path) -> None:
    file = _loose(tmp_path / "disk" / "foyer.db")
    (tmp_path / "state").symlink_to(file.parent)
    assert close_folder(tmp_path / "state") == ()
    assert (_rights(file), _rights(file.parent)) == (0o600, 0o700)


@pytest.mark.parametrize("kind", ["all may write", "home", "above home"])
def test_of_a_folder_that_serves_others_only_what_is_foyers_is_closed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    ours, inner, other = (_loose(place / name) for name in ("demo.db-shm", "tickets/AB.pdf", "song.mp3"))
    place.chmod(0o1777 if kind == "all may write" else 0o755)
    if kind != "all may write":
        monkeypatch.setenv("HOME", str(place if kind == "home" else place / "clara"))
    before = _rights(place)
    assert close_folder(place) == ()
    assert (_rights(place), _rights(other)) == (before, 0o644)
    assert (_rights(ours), _rights(inner)) == (0o600, 0o600)


def test_a_database_in_a_shared_folder_is_closed_with_what_lies_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    path = folder / "house.db"
    line = sqlite3.connect(path, isolation_level=None)
    try:
        line.execute("PRAGMA journal_mode=WAL")
        line.execute("CREATE TABLE guest (name)")
        beside = sorted(folder.iterdir())
        assert [one.name for one in beside] == ["house.db", "house.db-shm", "house.db-wal"]
        other = _loose(folder / "house.db.notes")
        assert close_database(path) == ()
        assert {_rights(one) for one in beside} == {0o600}
        assert (_rights(folder), _rights(other)) == (0o755, 0o644)
        line.execute("INSERT INTO guest VALUES ('Ann')")
    finally:
        line.close()
    # What SQLite lays beside it from now on has its rights.
    line = sqlite3.connect(path, isolation_level=None)
    try:
        line.execute("INSERT INTO guest VALUES ('Bob')")
        assert {_rights(one) for one in folder.glob("house.db-*")} == {0o600}
    finally:
        line.close()


def test_what_somebody_else_owns_is_named_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state"
    file = _loose(state / "foyer.db")
    theirs = os.geteuid() + 1
    monkeypatch.setattr("pos_app.computer.files.os.geteuid", lambda: theirs)
    assert close_folder(state) == (file,)
    assert close_database(file) == (file,)
    assert _rights(file) == 0o644


def test_what_is_not_there_is_nothing_to_close(tmp_path: Path) -> None:
    assert close_folder(tmp_path / "none") == ()
    assert close_database(tmp_path / "none.db") == ()
    assert close_files([tmp_path / "none"]) == ()


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


def test_a_pipe_or_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="pipe"):
        write_whole(pipe, b"note")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]
