from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.computer.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path


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
