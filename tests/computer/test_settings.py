from __future__ import annotations

import os
from pathlib import Path

import pytest

from pos_app.catalogues import catalogue
from pos_app.computer.settings import Settings, load_settings
from pos_app.db.connection.addresses import parse_address
from pos_app.domain.errors import InvalidInput


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def load(file: Path, text: str = "", **variables: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load_settings({"FOYER_SETTINGS": str(file), "FOYER_STATE": str(file.parent / "state"), **variables})


def test_a_computer_that_was_told_nothing_has_an_embedded_box_office(tmp_path: Path) -> None:
    settings = load_settings({"FOYER_STATE": str(tmp_path / "a?b#c d")})
    assert (settings.till_name, settings.paper, settings.lock_after_seconds, settings.sounds) == (
        "Till 1",
        "",
        300,
        True,
    )
    assert parse_address(settings.database_url()).path == tmp_path / "a?b#c d" / "foyer.db"
    assert settings.save_tickets_in == tmp_path / "a?b#c d" / "tickets"


def test_the_file_is_read_and_variables_come_last(file: Path) -> None:
    text = 'till_name = "Foyer left"\npaper = "roll80"\nlock_after_seconds = 60\nsounds = false\n'
    settings = load(file, text, FOYER_PAPER="a4", FOYER_LOCK_AFTER_SECONDS="0", FOYER_SOUNDS="Yes")
    assert (settings.till_name, settings.paper, settings.lock_after_seconds, settings.sounds) == (
        "Foyer left",
        "a4",
        0,
        True,
    )


@pytest.mark.parametrize("paper", ["a4", "a4-three", "roll80", "stock"])
def test_every_paper_can_be_set(file: Path, paper: str) -> None:
    assert load(file, f'paper = "{paper}"\n').paper == paper
    assert load(file, "", FOYER_PAPER=paper).paper == paper


def test_a_file_that_a_windows_editor_marked_is_read(file: Path) -> None:
    assert load(file, '\ufefftill_name = "Kasse"\n').till_name == "Kasse"


def test_tickets_are_kept_where_the_state_is_unless_told(file: Path, tmp_path: Path) -> None:
    elsewhere = load(file, f'state_folder = "{tmp_path}/x"\n')
    assert elsewhere.save_tickets_in == tmp_path / "x" / "tickets"
    both = load(file, f'state_folder = "{tmp_path}/x"\nsave_tickets_in = "~/tickets"\n')
    assert both.save_tickets_in == Path.home() / "tickets"


@pytest.mark.parametrize(
    "text",
    [
        "till_name = ",
        "= 3",
        "\x00",
        'password = "s3cret"',
        "[till]\nname = 1",
        "till_name = 5",
        'paper = "letter"',
        "paper = 80",
        "lock_after_seconds = -1",
        "lock_after_seconds = 1.5",
        "lock_after_seconds = true",
        "lock_after_seconds = 999999",
        'lock_after_seconds = "soon"',
        'sounds = "perhaps"',
        "sounds = 7",
        "state_folder = 7",
        'locale = "xx_YY_zz"',
        'locale = ""',
    ],
)
def test_a_setting_that_cannot_be_is_refused_in_a_sentence(file: Path, text: str) -> None:
    with pytest.raises(InvalidInput):
        load(file, text)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a=" + b"[" * 5000, "is nested too deeply|cannot be read"),
        (b"lock_after_seconds=" + b"9" * 4400, "a number or a date in it is none"),
        (b"lock_after_seconds=" + b"9" * 300, "from 0 to 86400"),
        (b'save_tickets_in="~nobodyxyz/x"', "a user whom this computer does not know"),
        (b'save_tickets_in="a\\u0000b"', "a text of at most 1,000 letters"),
        (b'till_name="' + b"x" * 50_000 + b'"', "a text of at most 1,000 letters"),
        (b"x" * 50_000 + b"=1", "is not a setting"),
        (b"#" * 70_000, "larger than 64 KB"),
        (b'till_name="\xff"', "not written in UTF-8"),
        ("till_name = 1".encode("utf-16"), "not written in UTF-8"),
        (b"d=2024-99-99T00:00:00Z", "cannot be read"),
        (b"lock_after_seconds = nan", "is a whole number"),
    ],
    ids=range(12),
)
def test_a_file_that_is_odd_is_named_in_a_short_sentence(file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=told) as raised:
        load_settings({"FOYER_SETTINGS": str(file), "FOYER_STATE": str(file.parent / "state")})
    assert file.name in str(raised.value)
    assert len(str(raised.value)) < 700
    assert file.read_bytes() == content


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, told in ((tmp_path, "it is a folder"), (pipe, "it is no file"), (tmp_path / ("n" * 300), "too long")):
        with pytest.raises(InvalidInput, match=told):
            load_settings({"FOYER_SETTINGS": str(path)})


def test_a_variable_that_cannot_be_is_refused_by_its_name(file: Path) -> None:
    with pytest.raises(InvalidInput, match="FOYER_LOCK_AFTER_SECONDS"):
        load(file, FOYER_LOCK_AFTER_SECONDS="soon")


def test_a_file_that_is_named_must_be_there_and_be_text(file: Path) -> None:
    with pytest.raises(InvalidInput, match="no settings file"):
        load_settings({"FOYER_SETTINGS": str(file)})
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_settings({"FOYER_SETTINGS": str(file)})


def test_variables_of_other_things_are_left_alone(file: Path) -> None:
    load(file, FOYER_DATABASE_PASSWORD="s3cret", FOYER_TEST_PLATFORM="x")


@pytest.mark.parametrize("name", ["x" * 900, "../../etc", "de/../../x", "\N{LATIN SMALL LETTER E WITH ACUTE}", "a\nb"])
def test_a_language_that_is_no_name_is_spoken_as_english(name: str) -> None:
    assert catalogue(name) is catalogue(name)
    assert catalogue(name).say("Save it smaller.") == "Save it smaller."
