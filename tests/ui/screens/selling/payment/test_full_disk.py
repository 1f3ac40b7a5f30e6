"""Selling at a till whose own disk takes nothing: the sale is made, and what is not kept is said."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.errors import DiskRefused
from pos_app.domain.sentences import say
from tests.full_disk import FullDisk
from tests.kinds import SQLITE
from tests.services.stories import seat_row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def sell(till: Till, number: int) -> None:
    till.hold(till.house.small.seat(1, number))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)


def test_the_sale_is_made_and_each_customer_s_is_told_to_be_unwritten(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk(monkeypatch)
    disk.refuse()
    for number in (3, 4):
        till.hold(till.house.small.seat(1, number))
        till.wait(lambda: "cannot write down what is in the basket: the disk of this computer is full" in till.said)
        assert "You can go on selling. Do not close Foyer" in till.said
        till.press(Qt.Key.Key_F10)
        till.wait(lambda: till.screen.checkout.sheet.is_open)
        till.press(Qt.Key.Key_Return)
        till.wait(lambda: till.screen.tickets.printed is not None)
        words = till.screen.tickets.panel.print_line.words
        assert "could not be saved" in words
        assert "The sale stands" in words
        assert not till.screen.tickets.panel.open_button.isEnabled()
        assert till.screen.tickets.panel.preview.images
        assert seat_row(till.house, till.house.small.seat(1, number)).state == "sold"
        till.press(Qt.Key.Key_Return)
        till.settle()
    disk.refuse(0)


def test_f6_saves_the_tickets_once_there_is_room(till: Till, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    disk = FullDisk(monkeypatch)
    disk.refuse()
    sell(till, 3)
    till.wait(lambda: till.screen.tickets.printed is not None)
    disk.refuse(0)
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: "Saved as" in till.screen.tickets.panel.print_line.words)
    (saved,) = (tmp_path / "tickets").iterdir()
    assert saved.read_bytes().startswith(b"%PDF")


def test_tickets_without_a_folder_are_shown_from_elsewhere(till: Till, tmp_path: Path) -> None:
    (tmp_path / "tickets").write_bytes(b"")
    sell(till, 3)
    tickets = till.screen.tickets
    till.wait(lambda: tickets.printed is not None)
    assert "there is a file where its folder should be" in tickets.panel.print_line.words
    assert "open and print it now" in tickets.panel.print_line.words
    assert tickets.panel.open_button.isEnabled()
    assert tickets.is_owed
    assert tickets.printed is not None
    assert tickets.printed.path is not None
    tickets.printed.path.unlink()
    tickets.printed.path.parent.rmdir()


def test_a_sale_that_the_database_s_disk_refuses_says_what_becomes_of_the_money(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = DiskRefused(say("The disk of this computer is full."), advice=say("Nothing was changed."))

    def refuse(*_args: object, **_more: object) -> None:
        raise refused

    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.settle()
    monkeypatch.setattr("pos_app.ui.screens.selling.payment.sale.sell_basket", refuse)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: "disk of this computer is full" in till.said)
    assert "Nothing was sold" in till.said
    assert seat_row(till.house, till.house.small.seat(1, 3)).state == "claimed"


@pytest.mark.parametrize("fault", [errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE], ids=errno.errorcode.get)
def test_so_with_every_fault_of_a_disk(till: Till, monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    disk = FullDisk(monkeypatch, fault)
    disk.refuse()
    sell(till, 5)
    till.wait(lambda: till.screen.tickets.printed is not None)
    assert "The sale stands" in till.screen.tickets.panel.print_line.words
    disk.refuse(0)
    till.settle()
