from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say
from pos_app.ui.save_file import _write, refusal
from tests.full_disk import FullDisk

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_that_does_not_fit_leaves_the_one_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"of yesterday")
    FullDisk(monkeypatch).refuse(2)
    with pytest.raises(OSError, match="No space left") as raised:
        _write(path, lambda: b"of today")
    assert path.read_bytes() == b"of yesterday"
    assert list(tmp_path.iterdir()) == [path]
    told = refusal(raised.value)
    assert told.sentence == "The file could not be written: the disk of this computer is full. Choose another place."


def test_a_link_leads_to_the_file_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    _write(tmp_path / "link.csv", lambda: b"new")
    assert (tmp_path / "real.csv").read_bytes() == b"new"
    assert (tmp_path / "link.csv").is_symlink()


@pytest.mark.parametrize("fault", [errno.EROFS, errno.EACCES, errno.ENOENT])
def test_every_fault_is_told_in_words(fault: int) -> None:
    assert refusal(OSError(fault, "system's words")).text.startswith("The file could not be written: ")
    assert "system's words" not in refusal(OSError(fault, "system's words")).text


def test_what_the_making_of_a_file_refuses_is_told_as_it_is() -> None:
    assert refusal(PosError(say("There is nothing to write."))).text == "There is nothing to write."


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        _write(tmp_path / "none" / "orders.csv", lambda: b"x")
    assert refusal(raised.value).text == "The file could not be written: it is not there, or its folder is not."
    assert not list(tmp_path.iterdir())
