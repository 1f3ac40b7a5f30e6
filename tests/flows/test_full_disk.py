"""A sale, its tickets and its being taken back, on a till whose disk refuses one step of writing after the other."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from pos_app.computer.journal import Journal
from pos_app.computer.memory import TillMemory
from pos_app.domain.errors import DiskRefused, OutcomeUnknown
from pos_app.domain.selling.basket_notes import BasketNote
from pos_app.domain.sentences import say
from pos_app.flows.print_tickets import print_for_counter, set_tickets
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.flows.void_order import void_with_approval
from pos_app.services.selling.sales import sell
from tests.flows.test_print_tickets import press
from tests.full_disk import FAULTS, FullDisk
from tests.kinds import SQLITE
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.domain.selling.sales import Sale, SaleRequest
    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("qapp")
_MOST_STEPS = 60


def try_to_sell(house: OpenHouse, journal: Journal, request: SaleRequest) -> Sale:
    return sell_basket(house.database, journal, house.small.cashier, request, currency="EUR", places="Row A")


def leave_open(house: OpenHouse, journal: Journal, request: SaleRequest, patch: pytest.MonkeyPatch) -> OutcomeUnknown:
    def unknown(_once: object, *, writes: bool) -> None:
        raise OutcomeUnknown(say("The server has not answered."))

    with patch.context() as patched:
        patched.setattr(house.database, "_run", unknown)
        with pytest.raises(OutcomeUnknown) as raised:
            try_to_sell(house, journal, request)
    return raised.value


@SQLITE
@pytest.mark.parametrize("lasting", ["once", "from then on"])
def test_whatever_step_the_disk_refuses_the_sale_is_made_printed_and_taken_back(
    house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lasting: str
) -> None:
    printed_titles: list[bytes] = []
    monkeypatch.setattr("pos_app.flows.print_tickets.print_pdf", lambda pdf, _queue, title: printed_titles.append(pdf))
    disk = FullDisk(monkeypatch)
    memory = TillMemory(tmp_path / "state", "house", 1)
    unkept = 0
    refused: list[str] = []
    for step in range(1, _MOST_STEPS):
        seat = house.small.seat(1 + (step - 1) // house.small.seats_per_row % house.small.rows, 1 + (step - 1) % 8)
        disk.refuse(step, only=lasting == "once")
        held = hold(house, [seat])
        try:
            memory.journal.keep_basket(BasketNote(held.basket_key, paying="cash"))
        except DiskRefused as error:
            refused.append(str(error))
        sale = try_to_sell(house, memory.journal, cash_request(house, held))
        assert memory.journal.pending() == ()
        printed = set_tickets(house.database, press(house, tmp_path / "tickets"), sale.ticket_ids)
        assert printed.pdf.startswith(b"%PDF")
        assert (printed.path is not None and printed.path.read_bytes() == printed.pdf) or printed.unkept
        unkept += bool(printed.unkept)
        print_for_counter(memory.journal, held.basket_key, press(house, tmp_path / "tickets"), printed)
        taken_back = void_with_approval(
            house.database, house.small.manager, sale.order_id, request_id=f"v{step}", reason="w", approval=None
        )
        assert taken_back.refund_minor == sale.total_minor
        if disk.steps < step:
            break
    else:
        pytest.fail("the walk does not end")
    assert step > 10
    assert unkept
    assert refused
    assert all("cannot write down" in one and "the disk of this computer is full" in one for one in refused)
    assert printed_titles
    disk.refuse(0)
    memory.close()


@SQLITE
def test_a_note_on_a_full_disk_lies_in_the_room_that_was_taken_for_it(
    house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program dies while the end of a sale is not known: the next one finds the note; and so for the next sale."""
    disk = FullDisk(monkeypatch, refuses_rewriting=False)
    memory = TillMemory(tmp_path / "state", "house", 1)
    disk.refuse()
    for number in (1, 2):
        request = cash_request(house, hold(house, [house.small.seat(1, number)]))
        told = leave_open(house, memory.journal, request, monkeypatch)
        assert "do not close Foyer" not in str(told)
        assert Journal(memory.journal.folder).pending()[0].request_id == request.request_id
        house.database.transact(sell, house.small.cashier, request)
        (resolved,) = resolve_pending(house.database, memory.journal)
        assert resolved.sale is not None
    disk.refuse(0)
    memory.close()
    assert not memory.journal.folder.exists()


@SQLITE
@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
def test_a_sale_in_doubt_that_no_disk_takes_is_told_of_and_found_by_this_program(
    house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    disk = FullDisk(monkeypatch, fault)
    memory = TillMemory(tmp_path / "state", "house", 1)
    disk.refuse()
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    told = leave_open(house, memory.journal, request, monkeypatch)
    assert "Do not take money again, and do not close Foyer" in str(told)
    made = house.database.transact(sell, house.small.cashier, request)
    (resolved,) = resolve_pending(house.database, memory.journal)
    assert resolved.sale == made
    assert resolve_pending(house.database, memory.journal) == ()
    disk.refuse(0)
    memory.close()


@SQLITE
@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
def test_a_till_that_is_opened_on_a_full_disk_sells(
    house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    disk = FullDisk(monkeypatch, fault)
    disk.refuse()
    memory = TillMemory(tmp_path / "state", "house", 1)
    assert memory.find_left().customers == ()
    held = hold(house, [house.small.seat(1, 1)])
    with pytest.raises(DiskRefused, match="cannot write down what is in the basket"):
        memory.journal.keep_basket(BasketNote(held.basket_key))
    assert try_to_sell(house, memory.journal, cash_request(house, held)).total_minor == 4000
    disk.refuse(0)
    memory.close()
    assert not list(tmp_path.rglob("*.json"))


@SQLITE
def test_tickets_whose_folder_takes_no_file_lie_elsewhere_for_a_while(house: OpenHouse, tmp_path: Path) -> None:
    """A file stands where their folder should be."""
    (tmp_path / "tickets").write_bytes(b"")
    sale = try_to_sell(house, Journal(tmp_path / "j"), cash_request(house, hold(house, [house.small.seat(1, 1)])))
    printed = set_tickets(house.database, press(house, tmp_path / "tickets"), sale.ticket_ids)
    assert "could not be saved" in printed.unkept
    assert printed.path is not None
    assert printed.path.read_bytes() == printed.pdf
    assert printed.path.stat().st_mode & 0o077 == 0
    printed.path.unlink()
    printed.path.parent.rmdir()
