from __future__ import annotations

import logging
import re
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.logs import log_folder, report_incident, start_logging

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
    logging.getLogger("pos_app").error("once")
    assert file.read_text(encoding="utf-8").count("once") == 1
