from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pos_app.devices.printers import list_queues, print_pdf
from pos_app.domain.errors import PrintFailed

MakeCommand = Callable[[str, str], Path]
PDF = b"%PDF-1.4\n" + bytes(range(256)) + b"\n%%EOF"


def test_a_machine_without_cups_has_no_queues(make_command: MakeCommand) -> None:
    assert list_queues() == ()


def test_queues_are_listed_once_each(make_command: MakeCommand) -> None:
    make_command("lpstat", '[ "$1" = -e ] && printf "Counter_A4\\nRoll\\nCounter_A4\\n"')
    assert list_queues() == ("Counter_A4", "Roll")


def test_an_old_lpstat_without_e_is_asked_with_p(make_command: MakeCommand) -> None:
    make_command(
        "lpstat",
        'if [ "$1" = -e ]; then echo "lpstat: Unknown option" >&2; exit 1; fi\n'
        'echo "printer Roll is idle.  enabled since Mon"\necho "	Ready"\n'
        'echo "printer Counter disabled since Tue -"\necho "	Paused"',
    )
    assert list_queues() == ("Roll", "Counter")


def test_lpstat_is_asked_in_english(make_command: MakeCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    make_command("lpstat", '[ "$1" = -p ] && [ "$LC_ALL" = C.UTF-8 ] && echo "printer Roll is idle."')
    assert list_queues() == ("Roll",)


def test_a_broken_lpstat_gives_no_queues(make_command: MakeCommand) -> None:
    make_command("lpstat", "echo Counter; exit 1")
    assert list_queues() == ()


def test_the_pdf_arrives_whole_with_queue_and_title_in_one_copy(make_command: MakeCommand, tmp_path: Path) -> None:
    make_command("lp", f'printf "%s\\n" "$@" > "{tmp_path}/arguments"\nexec /bin/cat > "{tmp_path}/pdf"')
    print_pdf(PDF, "Roll", title="Order $(date) `x`\n7K4M")
    assert (tmp_path / "pdf").read_bytes() == PDF
    assert (tmp_path / "arguments").read_text().splitlines() == ["-d", "Roll", "-n", "1", "-t", "Order $(date) `x`7K4M"]


def test_a_printer_that_refuses_is_told_in_its_words(make_command: MakeCommand) -> None:
    make_command("lp", 'echo "lp: Error - The printer or class does not exist." >&2\nexit 1')
    with pytest.raises(PrintFailed) as caught:
        print_pdf(PDF, "Gone", title="Tickets")
    assert caught.value.message == "The printer Gone did not take the document (The printer or class does not exist)."
    assert caught.value.advice


def test_a_printer_that_refuses_without_reading_a_large_document_is_told_too(make_command: MakeCommand) -> None:
    make_command("lp", "exit 1")
    with pytest.raises(PrintFailed, match="did not take the document"):
        print_pdf(PDF * 10_000, "Roll", title="Tickets")


def test_a_machine_without_lp_says_so(make_command: MakeCommand) -> None:
    with pytest.raises(PrintFailed, match="no printing system"):
        print_pdf(PDF, "Roll", title="Tickets")


def test_a_printer_that_hangs_is_given_up(make_command: MakeCommand) -> None:
    make_command("lp", "exec /bin/sleep 60")
    started = time.monotonic()
    with pytest.raises(PrintFailed, match="did not answer") as caught:
        print_pdf(PDF, "Roll", title="Tickets", timeout_seconds=0.3)
    assert time.monotonic() - started < 10
    assert "before you print again" in caught.value.advice


@pytest.mark.parametrize("queue", ["", "a\0b"])
def test_a_queue_that_cannot_be_is_refused(make_command: MakeCommand, queue: str) -> None:
    make_command("lp", "exit 0")
    with pytest.raises(PrintFailed):
        print_pdf(PDF, queue, title="Tickets")
