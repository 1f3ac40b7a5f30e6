"""A person is forgotten on this computer too: nothing of them is found in any file of its folders, nor in the log."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.computer.memory import TillMemory
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.selling.basket_notes import BasketNote, NotedLine, read_note
from pos_app.flows.erase_customer import ErasedHere, erase_customer_here, forget_on_this_computer
from pos_app.flows.print_tickets import set_tickets
from pos_app.logs import report_incident, start_logging
from tests.flows.test_print_tickets import press
from tests.pages import page_text
from tests.services.customers.people import add
from tests.services.customers.traces import FORMER, PERSON, WORDS, found_in, leave_traces
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = list(root.handlers)
    file = start_logging(folder=tmp_path / "log", verbose=True)
    assert file is not None
    yield file
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def note(key: str, **more: Any) -> BasketNote:
    return BasketNote(key, (NotedLine(1, 2, 3),), "Stalls", 4000, "EUR", **more)


def erase(house: OpenHouse, customer_id: int, folder: Path) -> ErasedHere:
    return erase_customer_here(
        house.database,
        house.small.manager,
        customer_id,
        request_id=uuid4().hex,
        tickets_folder=folder / "tickets",
        state_folder=folder / "state",
    )


def words_in_files(*places: Path) -> list[str]:
    """Look into each file, and onto each page of a PDF, for the words of the person."""
    found = []
    for path in (path for place in places for path in [*place.parent.glob(f"{place.name}*"), *place.rglob("*")]):
        if path.is_file():
            content = path.read_bytes()
            text = page_text(content) if path.suffix == ".pdf" else content.decode("utf-8", "replace")
            found += [f"{word} in {path}" for word in WORDS if word in text.lower()]
    return found


def test_no_file_and_no_line_of_the_log_names_the_person(house: OpenHouse, tmp_path: Path, log_file: Path) -> None:
    (tmp_path / "tickets").mkdir()
    person, sales = leave_traces(house)
    other = sold(house, [house.small.seat(4, 1)])
    for sale in (*sales, other):
        set_tickets(house.database, press(house, tmp_path / "tickets"), sale.ticket_ids[1:] or sale.ticket_ids)
    memory = TillMemory(tmp_path / "state", "sqlite:///x", 1)
    journal = memory.journal
    journal.keep_basket(note("a1", customer_name=PERSON.name, customer_id=person, note=f"Call {PERSON.phone}"))
    journal.keep_basket(note("b2", customer_name=FORMER.name))
    journal.keep_basket(note("c3", customer_name="Carla Other", note="aisle"))
    (journal.folder / "d4.unreadable").write_text(f"torn {PERSON.name}", encoding="utf-8")
    database_files = [] if house.url.startswith("mysql") else [Path(house.url.removeprefix("sqlite:///"))]
    assert {Path(line.rpartition(" in ")[2]).suffix for line in words_in_files(tmp_path)} >= {".pdf", ".basket"}
    logging.getLogger("pos_app").info("Something is logged.")
    with pytest.raises(CustomerRefused) as refused:
        house.database.transact(leave_open, house, person)
    report_incident(refused.value)
    done = erase(house, person, tmp_path)
    assert (done.files, done.notes, done.is_wiped, done.left) == (2, 3, True, ())
    assert words_in_files(tmp_path, *database_files) == []
    assert "Something is logged." in log_file.read_text()
    assert house.database.read(found_in) == []
    kept = {path.stem: path.read_bytes() for path in journal.folder.glob("*.basket")}
    left = {key: read_note(content, memory._house) for key, content in kept.items()}
    assert (left["a1"].lines, left["a1"].total_minor, left["a1"].customer_id) == ((NotedLine(1, 2, 3),), 4000, 0)
    assert (left["c3"].customer_name, left["c3"].note) == ("Carla Other", "aisle")
    assert [path.stem for path in (tmp_path / "tickets").iterdir()] == [other.number]
    memory.close()


def leave_open(_session: object, _house: OpenHouse, number: int) -> None:
    raise CustomerRefused(f"Customer {number} has something open.")  # type: ignore[arg-type]


def test_a_repeat_removes_what_was_left_and_a_refusal_removes_nothing(house: OpenHouse, tmp_path: Path) -> None:
    (tmp_path / "tickets").mkdir()
    person, sales = leave_traces(house)
    anna = add(house, CustomerDraft("Anna")).customer_id
    erase(house, person, tmp_path)
    late = tmp_path / "tickets" / f"{sales[0].number}-print-2-ABC.pdf"
    late.write_bytes(b"%PDF")
    done = erase(house, person, tmp_path)
    assert (done.files, late.exists()) == (1, False)
    assert erase(house, anna, tmp_path).files == 0


def test_another_computer_of_the_house_forgets_by_itself(house: OpenHouse, tmp_path: Path) -> None:
    (tmp_path / "tickets").mkdir()
    person, sales = leave_traces(house)
    other = sold(house, [house.small.seat(4, 1)])
    here = {"tickets_folder": tmp_path / "tickets", "state_folder": tmp_path / "state"}
    assert forget_on_this_computer(house.database, **here) == 0
    for sale in (sales[0], other):
        (tmp_path / "tickets" / f"{sale.number}.pdf").write_bytes(b"%PDF")
    memory = TillMemory(tmp_path / "state", "sqlite:///x", 1)
    memory.journal.keep_basket(note("a1", customer_name=PERSON.name, customer_id=person))
    erase(house, person, tmp_path / "elsewhere")
    assert forget_on_this_computer(house.database, **here) == 2
    assert [path.stem for path in (tmp_path / "tickets").iterdir()] == [other.number]
    assert forget_on_this_computer(house.database, **here) == 0
    memory.close()
