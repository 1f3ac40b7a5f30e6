from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pos_app.logs import log_folder, report_incident, start_logging

if TYPE_CHECKING:
    from collections.abc import Iterator


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
