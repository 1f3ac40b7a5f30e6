"""Writing the settings file: what is not set anew stays as it was, letter by letter."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from pos_app.assets import asset
from pos_app.computer.settings_file import write_settings
from pos_app.domain.errors import CannotConnect

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {"database": "mysql://ü@h:3306/foyer?ssl_ca=/a%20b.pem", "till_name": 'Kasse "1" \\ \x07مسرح'}


def test_a_file_is_made_with_its_folder_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    write_settings(path, VALUES)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == VALUES
    before = path.stat().st_mtime_ns, path.read_bytes()
    write_settings(path, VALUES)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_the_example_keeps_its_comments_and_values(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    example = asset("settings.example.toml").read_text(encoding="utf-8")
    path.write_text(example, encoding="utf-8")
    write_settings(path, VALUES)
    written = path.read_text(encoding="utf-8")
    assert tomllib.loads(written) == {**tomllib.loads(example), **VALUES}
    kept = [line for line in example.splitlines() if not line.startswith("till_name")]
    assert [line for line in written.splitlines() if not line.startswith(("till_name", "database"))] == kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('till_name = "A" # the "old" one\n', 'till_name = "B" # the "old" one\n'),
        ("till_name = 'A'   # it's\nsounds = true", 'till_name = "B"   # it\'s\nsounds = true'),
        ('"till_name"="A"\n', 'till_name = "B"\n'),
        ("sounds = true", 'sounds = true\ntill_name = "B"\n'),
        ('till_name = "#A"\n', 'till_name = "B"\n'),
        ("# only words\n", '# only words\ntill_name = "B"\n'),
        ("\ufeffsounds = true\n", 'sounds = true\ntill_name = "B"\n'),
    ],
)
def test_a_value_is_told_anew_where_it_stands(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(before, encoding="utf-8")
    write_settings(path, {"till_name": "B"})
    assert path.read_text(encoding="utf-8") == after


@pytest.mark.parametrize("before", ["not toml at all", 'till_name = """A\nB"""\n', "\xff"])
def test_a_file_that_cannot_be_changed_safely_stays_as_it_is(tmp_path: Path, before: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(before.encode("latin-1"))
    with pytest.raises(CannotConnect, match="cannot be written"):
        write_settings(path, {"till_name": "B"})
    assert path.read_bytes() == before.encode("latin-1")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotConnect, match="cannot be written"):
        write_settings(tmp_path / "file" / "settings.toml", VALUES)


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text("sounds = true\n")
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    write_settings(link, {"till_name": "B"})
    assert link.is_symlink()
    assert tomllib.loads(real.read_text()) == {"sounds": True, "till_name": "B"}


@pytest.mark.parametrize("content", [b"a=" + b"[" * 5000, b"n=" + b"9" * 4400, b"\xff\xfe", b"#" * 70_000])
def test_a_file_that_is_odd_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(CannotConnect, match=r"settings\.toml"):
        write_settings(path, {"till_name": "B"})
    assert path.read_bytes() == content
