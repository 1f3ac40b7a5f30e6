"""A manager keeps the tills: their names, papers and printers, and the keys that gates trust."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.computer.identity import TillIdentity
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.roles import Role
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import TillDraft
from pos_app.services.tills.records import list_tills, save_till
from pos_app.ui.records.fields.choice_fields import ChoiceField
from pos_app.ui.screens.admin.tills.page import TillsPage
from tests.evening import settings_in
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.small_house import PASSWORDS, SIGNING_KEY
from tests.trusted_keys import trusted_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.domain.tills.records import TillRecord
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

pytestmark = pytest.mark.usefixtures("themed")


class Computer:
    """What the program knows of the computer on which the manager works."""

    def __init__(self, folder: Path) -> None:
        self.settings = replace(settings_in(folder), paper="")
        self.identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found = ["front-desk", "office"]
    monkeypatch.setattr("pos_app.ui.screens.admin.tills.page.list_queues", lambda: tuple(found))
    return found


@pytest.fixture
def office(open_section: Callable[..., Office], computer: Computer, queues: list[str]) -> Office:
    del queues
    return open_section(
        "tills", lambda office: TillsPage(office, computer.settings, lambda: computer.identity, "en_GB")
    )


def stored(house: OpenHouse, till_id: int) -> TillRecord:
    return next(one for one in house.database.read(list_tills, house.small.manager) if one.till_id == till_id)


def opened(office: Office, till_id: int) -> TillsPage:
    page: TillsPage = office.open("tills")
    page.open_record(stored(office.house, till_id))
    return page


@SQLITE_FIRST
def test_a_till_gets_its_paper_and_a_printer_of_the_list_or_another(office: Office, house: OpenHouse) -> None:
    page = opened(office, house.small.other_till_id)
    assert [page.printer.box.itemText(at) for at in range(page.printer.box.count())] == ["front-desk", "office"]
    assert not page.list.new_button.isVisible()
    office.fill(page, name="Garden kiosk", drawer="Garden drawer")
    office.choose(page, paper="roll80", kind="gate")
    page.printer.box.setCurrentIndex(1)
    page.printer.edited.emit()
    office.save(page)
    question = office.sheet()
    assert "is called “Garden kiosk” from then on" in question.accessibleDescription()
    assert stored(house, house.small.other_till_id).name != "Garden kiosk"
    question.yes.click()
    office.settle()
    till = stored(house, house.small.other_till_id)
    assert (till.name, till.drawer, till.paper, till.ticket_queue, till.kind) == (
        "Garden kiosk",
        "Garden drawer",
        "roll80",
        "office",
        TillKind.GATE,
    )
    line = page.printer.box.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "kiosk printer")
    office.save(page)
    assert stored(house, house.small.other_till_id).ticket_queue == "kiosk printer"


@SQLITE
def test_a_manager_decides_till_by_till_when_a_door_locks_itself(office: Office, house: OpenHouse) -> None:
    page = opened(office, house.small.other_till_id)
    editor = page.form.editor("door_lock_minutes")
    assert isinstance(editor, ChoiceField)
    box = editor.box
    assert [box.itemText(at) for at in range(box.count())] == [
        "never",
        *(f"after {minutes} quiet minutes" for minutes in (5, 15, 30, 60)),
    ]
    assert box.currentText() == "never"
    office.choose(page, door_lock_minutes=15)
    office.save(page)
    assert stored(house, house.small.other_till_id).door_lock_minutes == 15
    assert stored(house, house.small.till_id).door_lock_minutes == 0


@SQLITE
def test_a_computer_without_printers_says_so(office: Office, house: OpenHouse, queues: list[str]) -> None:
    page = opened(office, house.small.till_id)
    assert page.printer.known.isHidden()
    queues.clear()
    page.refresh()
    office.settle()
    assert page.printer.known.isVisible()
    assert "no printer queue" in page.printer.known.text()


@SQLITE_FIRST
def test_a_name_that_another_till_bears_is_refused_beside_the_field(office: Office, house: OpenHouse) -> None:
    page = opened(office, house.small.other_till_id)
    office.fill(page, name=stored(house, house.small.till_id).name, drawer="Drawer 2")
    office.save(page)
    assert "already" in page.form.problem("name")
    page.discard()


@SQLITE_FIRST
def test_the_second_manager_chooses_what_is_to_hold(office: Office, house: OpenHouse) -> None:
    page = opened(office, house.small.other_till_id)
    draft = TillDraft(page.record.name, page.record.kind, "Their drawer", "stock", "")
    house.database.transact(save_till, house.small.manager, page.record, draft)
    office.fill(page, drawer="My drawer")
    office.choose(page, paper="roll80")
    office.save(page)
    sheet = office.sheet()
    assert set(sheet.choices) == {"drawer", "paper"}
    sheet.choices["drawer"].choose("theirs")
    sheet.yes.click()
    office.settle()
    till = stored(house, house.small.other_till_id)
    assert (till.drawer, till.paper) == ("Their drawer", "roll80")


@SQLITE_FIRST
def test_revoking_a_key_says_what_becomes_of_its_tickets_and_a_new_one_is_made(
    office: Office, house: OpenHouse, computer: Computer
) -> None:
    page = opened(office, house.small.till_id)
    page.enrolled.connect(lambda identity, _key_id: setattr(computer, "identity", identity))
    assert page.enrol_button.isHidden()
    page.keys.revoke_asked.emit(page.record.keys[0])
    sheet = office.sheet()
    assert "refused when they are scanned" in sheet.accessibleDescription()
    assert "cannot be undone" in sheet.accessibleDescription()
    office.press(Qt.Key.Key_Escape)
    assert house.small.key_id in house.database.read(trusted_keys)
    page.keys.revoke_asked.emit(page.record.keys[0])
    office.sheet().yes.click()
    office.settle()
    assert house.database.read(trusted_keys) == {}
    assert not page.keys.nothing.isHidden()
    assert page.enrol_button.isVisible()
    page.enrol_button.click()
    sheet = office.sheet()
    for password, enrolled in (("222222", False), (PASSWORDS[Role.MANAGER], True)):
        sheet.form.editor("own_password").line.setText(password)
        sheet.yes.click()
        office.settle()
        assert sheet.is_open is not enrolled
    assert [key.hex() for key in house.database.read(trusted_keys).values()] == [computer.identity.public_key]
    assert computer.identity.private_key != SIGNING_KEY
    assert page.enrol_button.isHidden()


@SQLITE
def test_a_test_ticket_goes_to_the_printer_in_the_form_saved_or_not(
    office: Office, house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[bytes, str]] = []
    monkeypatch.setattr(
        "pos_app.flows.sample_tickets.print_pdf", lambda pdf, queue, *, title: printed.append((pdf, queue + title))
    )
    page = opened(office, house.small.till_id)
    office.choose(page, ticket_queue="front-desk")
    page.test_button.click()
    office.settle()
    assert [queue for _, queue in printed] == ["front-deskTest ticket"]
    assert printed[0][0].startswith(b"%PDF")
    assert "on its way to front-desk" in page.banner.message.text
    page.discard()


@SQLITE
def test_a_test_ticket_without_a_printer_is_refused_in_a_sentence(office: Office, house: OpenHouse) -> None:
    page = opened(office, house.small.other_till_id)
    page.test_button.click()
    office.settle()
    assert "No printer is chosen" in page.banner.message.text
    assert page.test_button.isEnabled()


@SQLITE
def test_the_till_underfoot_cannot_be_put_away_and_another_can(office: Office, house: OpenHouse) -> None:
    page = opened(office, house.small.till_id)
    assert page.editor.archive_button.isHidden()
    page.open_record(stored(house, house.small.other_till_id))
    page.editor.archive_button.click()
    office.settle()
    assert stored(house, house.small.other_till_id).archived
    page.banner.press_action()
    office.settle()
    assert not stored(house, house.small.other_till_id).archived


@SQLITE
def test_what_stands_on_this_computer_itself_is_said(
    open_section: Callable[..., Office], house: OpenHouse, computer: Computer, queues: list[str]
) -> None:
    del queues
    settings = replace(computer.settings, paper="stock", ticket_queue="own-queue")
    office = open_section("tills", lambda office: TillsPage(office, settings, lambda: computer.identity, "en_GB"))
    page = opened(office, house.small.till_id)
    assert "win: Ticket stock 5.5 x 2 in, own-queue." in page.own_note.text()
    assert page.own_note.isVisible()
    page.open_record(stored(house, house.small.other_till_id))
    assert page.own_note.isHidden()
