from __future__ import annotations

import contextlib
import logging
import os
import re
import string
import sys
import threading
import unicodedata
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.logs import in_one_line, log_folder, report_incident, start_logging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hooks = list(root.handlers), root.level, (sys.excepthook, threading.excepthook)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def _raised(message: str) -> Exception:
    def fall() -> None:
        raise RuntimeError(message)

    with pytest.raises(RuntimeError) as caught:
        fall()
    return caught.value


def test_an_incident_is_found_by_its_number(tmp_path: Path) -> None:
    file = start_logging(folder=tmp_path)
    assert file is not None
    number = report_incident(_raised("the map fell off the wall"))
    text = file.read_text(encoding="utf-8")
    assert f"Incident {number}" in text
    assert "the map fell off the wall" in text
    assert "Traceback" in text


@pytest.mark.parametrize(
    "line",
    [
        "mysql+pymysql://till:s3cr3t@db.example/foyer refused",
        "connect(password='s3cr3t', host='db')",
        '{"token": "s3cr3t"}',
        "PIN=s3cr3t",
        "(1062, 'Duplicate')\n[SQL: INSERT INTO customer]\n[parameters: {'email': 's3cr3t'}]",
    ],
)
def test_no_secret_reaches_the_file(tmp_path: Path, line: str) -> None:
    file = start_logging(folder=tmp_path)
    assert file is not None
    report_incident(_raised(line))
    logging.getLogger("pos_app").warning("%s", line)
    text = file.read_text(encoding="utf-8")
    assert "s3cr3t" not in text
    assert "***" in text


KEPT_SECRET: Final = (
    "mysql+pymysql://till:{}@db.example/foyer refused",
    "mysql://till:pa/{}@db.example:3306/foyer",
    "ftp://u:{}@h and http://v:{}@k",
    "connect(password='{}', host='db')",
    'connect(password="it\'s {}")',
    "connect(user='a', password=b'so {}')",
    "password: {}",
    "Password : {}",
    "db_password={}",
    "newPassword = {}",
    "Passwort={}",
    "passwort: {}",
    "Kennwort: „die {}“",
    "passwd={};host=db",
    "pw={}",
    "pw: '{}'",
    "pwd={}",
    "passphrase={}",
    "password={},with{} more",
    "password_hash='{}'",
    "'pin_hash': '{}'",
    "pin={}",
    "PIN: {}",
    "new_pin={}",
    "token={}&page=2",
    '{{"token": "{}"}}',
    '{{\\"token\\": \\"{}\\"}}',
    "access_token='{}'",
    "accessToken={}",
    "client_secret={}",
    "api_key={}",
    "X-Api-Key: {}",
    "private_key={}",
    "Authorization: Bearer {}",
    "Authorization: Basic {}",
    "authorization={}",
    "{{'Authorization': 'Bearer {}', 'Accept': '*/*'}}",
    "Authorization: Digest username=till, response={}",
    "Cookie: session={}; other={}",
    "sent with Bearer {}",
    "foyer --password {} --once",
    "['foyer', '--password', '{}', '--once']",
    "mot de passe : {}",
    "contraseña={}",
    "$argon2id$v=19$m=65536,t=3,p=4${}",
    "(1062, '')\n[SQL: INSERT INTO customer]\n[parameters: {{'email': '{}'}}]\n(Background on this error at: x)",
    "[parameters: {{'email': 'one\n{}'}}]\n(Background on this error at: x)",
)
USEFUL: Final = (
    "Spin 1234",
    "The spin: 1234 turns",
    "pin_length=4 pin_digits: 4",
    "PIN has 4 digits, 12 were typed",
    "pins 1234",
    "PIN 2026-11-30 17:40",
    "passwordless: yes",
    "secretary: Anna",
    "tokens: 12",
    "token_count=12",
    "That PIN is not right.",
    "A password has 8 to 200 characters.",
    "http://127.0.0.1:8080/path?mail=anna@example.org",
    "https://example.org/a:b",
    "seat 12:34 sold for 40.00 EUR at 12:30:59",
    "opinion: good",
    "authorised: yes, the bearer of this letter",
    "C:\\Users\\anna\\foyer.db is locked",
)


@pytest.mark.parametrize("template", KEPT_SECRET)
def test_whatever_it_is_called_a_secret_is_not_written(template: str) -> None:
    secret = "s3cr3t-9042"
    written = in_one_line(template.format(*[secret] * template.count("{}")))
    assert "s3cr3t" not in written
    assert "9042" not in written
    assert "***" in written


@pytest.mark.parametrize(
    "text", ["PIN 4711", "pin 471100", "The PIN is 4711.", "PIN (4711)", "pin-code 4711", "die PIN lautet 4711"]
)
def test_a_pin_that_follows_its_word_is_not_written(text: str) -> None:
    assert "4711" not in in_one_line(text)


@pytest.mark.parametrize("text", USEFUL)
def test_what_is_no_secret_can_still_be_read(text: str) -> None:
    assert in_one_line(text) == text


def test_what_stands_around_a_secret_can_still_be_read() -> None:
    assert (
        in_one_line("connect(user='till', password='x y', host='db')")
        == "connect(user='till', password=***, host='db')"
    )
    assert in_one_line("f(pw=abc,host=db) failed: no route") == "f(pw=***,host=db) failed: no route"
    assert in_one_line("mysql://till:x@db:3306/foyer is gone") == "mysql://till:***@db:3306/foyer is gone"


ENTRY: Final = "2026-11-30 17:40:00,000 INFO MainThread pos_app: the safe was opened by Mario Manager"
BREAKS: Final = ("\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")


def logged(folder: Path, log: Callable[[], object]) -> list[str]:
    """Return the lines that stand in the file after something was logged."""
    file = start_logging(folder=folder)
    assert file is not None
    log()
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line_break", BREAKS)
def test_no_text_makes_an_entry_of_its_own(tmp_path: Path, line_break: str) -> None:
    forged = f"nothing{line_break}{ENTRY}"
    (line,) = logged(tmp_path, lambda: logging.getLogger("pos_app").warning("%s", forged))
    assert "WARNING" in line
    assert line.endswith(ENTRY)


@pytest.mark.parametrize("line_break", BREAKS)
def test_nor_does_the_text_of_an_error(tmp_path: Path, line_break: str) -> None:
    def fall() -> None:
        cause = ValueError(f"first{line_break}{ENTRY}")
        cause.add_note(f"a note{line_break}{ENTRY}")
        raise ExceptionGroup(f"many{line_break}{ENTRY}", [cause]) from KeyError(f"why{line_break}{ENTRY}")

    def log() -> None:
        try:
            fall()
        except ExceptionGroup as error:
            report_incident(error)

    first, *below = logged(tmp_path, log)
    assert "Incident" in first
    assert all(line.startswith("    ") for line in below)
    assert any(line.lstrip(" |").startswith("ValueError: first") for line in below)
    assert not any(
        line.startswith(("2026-11-30 17:40", "    2026-11-30 17:40")) for line in below if "note" not in line
    )


def test_a_terminal_that_shows_the_log_obeys_nobody(tmp_path: Path) -> None:
    (line,) = logged(tmp_path, lambda: logging.getLogger("pos_app").info("\x1b[2J\x1b]0;owned\x07 \x9b2J \u202eevil"))
    assert line.isprintable()
    assert r"\x1b[2J" in line


def test_half_a_character_is_written_out() -> None:
    assert in_one_line("a \ud800 b") == r"a \ud800 b"


@given(st.text(), st.text())
def test_any_text_is_one_line_that_can_be_printed_and_stored(before: str, after: str) -> None:
    written = in_one_line(before + "\n" + after)
    assert len(written.splitlines()) == 1
    assert not any(unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Cs"} for letter in written)
    assert in_one_line(written).splitlines() == [in_one_line(written)]


@given(
    st.sampled_from(("password", "Passwort", "pw", "pin", "token", "client_secret")),
    st.sampled_from(("=", ": ", "='", '": "')),
    st.text(string.ascii_letters + string.digits + "!$%/.-_", min_size=8),
)
def test_any_value_that_is_named_is_masked(name: str, sign: str, secret: str) -> None:
    end = sign[-1] if sign[-1] in "'\"" else ""
    assert in_one_line(f"x {name}{sign}{secret}{end} y") == f"x {name}{sign.removesuffix(end) if end else sign}*** y"


def test_a_long_text_is_masked_in_no_time() -> None:
    for part in ("://a:", "password='", "pin ", "[parameters: ", "Authorization: ", "token={"):
        in_one_line(part * 20_000)


def test_what_nobody_catches_in_a_thread_is_logged(tmp_path: Path) -> None:
    file = start_logging(folder=tmp_path)
    assert file is not None

    def fall() -> None:
        raise RuntimeError("fell in a thread")

    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    assert "fell in a thread" in file.read_text(encoding="utf-8")


def test_an_unwritable_folder_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    assert start_logging(folder=tmp_path / "taken") is None


def test_the_state_folder_holds_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_STATE", str(tmp_path))
    assert log_folder() == tmp_path / "log"


def test_no_card_number_reaches_the_file_and_the_time_stays(tmp_path: Path) -> None:
    file = start_logging(folder=tmp_path, conceal=mask_card_numbers)
    assert file is not None
    logging.getLogger("pos_app").error("typed %r", "4111 1111 1111 1111")
    report_incident(_raised("no such note: 5555-5555-5555-4444"))
    text = file.read_text(encoding="utf-8")
    assert "**** **** **** 1111" in text
    assert "4111" not in text
    assert "5555" not in text
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ERROR", text)


def test_a_log_that_is_begun_twice_is_written_once(tmp_path: Path) -> None:
    file = start_logging(folder=tmp_path)
    assert file is not None
    assert file == start_logging(folder=tmp_path)
    assert file is not None
    logging.getLogger("pos_app").error("once")
    assert file.read_text(encoding="utf-8").count("once") == 1


def test_a_disk_that_takes_no_line_stops_nothing_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = start_logging(folder=tmp_path)
    assert file is not None
    handler = logging.getLogger().handlers[-1]
    assert isinstance(handler, RotatingFileHandler)
    handler.close()
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        handler.stream = full
        assert len(report_incident(_raised("a line that does not fit"))) == 6
        with contextlib.suppress(OSError):
            full.close()
    handler.stream = None
    monkeypatch.setattr(os, "rename", _refuse)
    handler.maxBytes = 10
    for _ in range(3):
        report_incident(_raised("a file that cannot be put aside" * 1000))
    assert capsys.readouterr().err == ""


def _refuse(*_args: object) -> None:
    raise OSError(28, "No space left on device")
