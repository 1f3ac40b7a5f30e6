"""A manager keeps the accounts of those who work here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.errors import SignInRefused
from pos_app.domain.roles import Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.domain.staff.recovery import read_recovery_code
from pos_app.flows.founding_keys import recover
from pos_app.flows.house_keys import open_keys
from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.services.staff.members import list_staff, save_staff_member
from pos_app.services.tills.registering import KnownTill
from pos_app.ui.screens.admin.staff.page import StaffPage
from pos_app.ui.widgets.recovery_box import RecoveryBox
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet
from tests.evening import start_evening
from tests.kinds import SERVER, SQLITE, SQLITE_FIRST
from tests.small_house import NAMES, PASSWORDS, SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.staff.members import StaffRecord
    from tests.evening import Evening
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def office(open_section: Callable[..., Office]) -> Office:
    return open_section("staff", StaffPage)


def stored(house: OpenHouse, name: str) -> StaffRecord:
    return next(one for one in house.database.read(list_staff, house.small.manager) if one.name == name)


def window(house: OpenHouse) -> KnownTill:
    return KnownTill(house.small.till_id, "Till 1", house.small.key_id, "a4", "")


def audited(house: OpenHouse) -> list[str]:
    return list(house.database.read(lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()))


def opened(office: Office, role: Role) -> StaffPage:
    page: StaffPage = office.open("staff")
    page.open_record(stored(office.house, NAMES[role]))
    return page


@SQLITE_FIRST
def test_a_manager_takes_somebody_on_who_signs_in_at_once(office: Office, house: OpenHouse) -> None:
    page: StaffPage = office.open("staff")
    assert [one.name for one in page.list.table.shown] == sorted(NAMES.values())
    QTest.keyClick(office.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    office.fill(page, pin="123456789")
    office.save(page)
    assert "is needed" in page.form.problem("name")
    assert "8 to 200" in page.form.problem("password")
    assert "9 characters, of at most 8" in page.form.problem("pin")
    office.fill(page, name="Zoe New", pin="12")
    office.save(page)
    assert "8 to 200" in page.form.problem("password")
    assert "four to eight digits" in page.form.problem("pin")
    page.form.editor("password").make_button.click()  # type: ignore[attr-defined]  # a PasswordField
    password = str(page.form.editor("password").value())
    office.fill(page, pin="4711")
    office.save(page)
    made = stored(house, "Zoe New")
    assert (made.role, made.active, made.has_pin) == (Role.CASHIER, True, True)
    assert page.record == made
    assert not page.form.editor("password").isVisible()
    assert sign_in(house.database, window(house), "zoe new", password).staff_id == made.staff_id
    assert sign_in_by_pin(house.database, window(house), made.staff_id, "4711").staff_id == made.staff_id
    body = house.database.read(lambda s: s.scalars(select(AuditEntry.body).order_by(AuditEntry.id.desc())).first())
    assert password not in str(body)
    assert json.loads(str(body))["action"] == "staff_added"


@SQLITE_FIRST
def test_a_name_that_is_taken_is_refused_beside_the_field(office: Office) -> None:
    page: StaffPage = office.open("staff")
    page.start_new({"name": "carla  CASH", "password": "long-enough"})
    office.save(page)
    assert "already" in page.form.problem("name")
    assert page.form.editor("password").value() == "long-enough"
    page.discard()


@SQLITE
def test_ones_own_role_and_account_are_closed_and_say_why(office: Office) -> None:
    page = opened(office, Role.MANAGER)
    assert not page.role.buttons.isEnabled()
    assert page.role.note.isVisible()
    assert not page.form.editor("active").isVisible()
    assert page.editor.archive_button.isHidden()
    page.open_record(stored(office.house, NAMES[Role.CASHIER]))
    assert page.role.buttons.isEnabled()
    assert page.role.note.isHidden()
    assert page.form.editor("active").isVisible()
    assert not page.editor.archive_button.isHidden()


@SQLITE_FIRST
def test_closing_an_account_is_confirmed_done_and_undone(office: Office, house: OpenHouse) -> None:
    page = opened(office, Role.CASHIER)
    office.choose(page, active=False)
    office.save(page)
    sheet = office.sheet()
    assert "within a minute" in sheet.accessibleDescription()
    sheet.yes.click()
    office.settle()
    assert not stored(house, NAMES[Role.CASHIER]).active
    with pytest.raises(SignInRefused):
        sign_in(house.database, window(house), NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    page.banner.press_action()
    office.settle()
    assert stored(house, NAMES[Role.CASHIER]).active


@SQLITE_FIRST
def test_the_second_manager_is_told_what_the_first_changed_and_chooses(office: Office, house: OpenHouse) -> None:
    page = opened(office, Role.CASHIER)
    elsewhere = StaffDraft("Carla Berg", Role.CASHIER)
    house.database.transact(save_staff_member, house.small.manager, page.record, elsewhere)
    office.fill(page, name="Carla Cash-Berg")
    office.save(page)
    sheet = office.sheet()
    assert list(sheet.choices) == ["name"]
    sheet.choices["name"].choose("theirs")
    sheet.yes.click()
    office.settle()
    assert page.record.name == "Carla Berg"


@SQLITE
def test_a_new_password_is_shown_once_and_good_at_once(office: Office, house: OpenHouse) -> None:
    page = opened(office, Role.CASHIER)
    page.password_button.click()
    sheet = office.sheet()
    made_up = str(sheet.form.editor("password").value())
    assert len(made_up) == 14
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert office.sheet() is None
    assert made_up not in page.banner.message.text
    sign_in(house.database, window(house), NAMES[Role.CASHIER], made_up)
    with pytest.raises(SignInRefused):
        sign_in(house.database, window(house), NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    assert audited(house)[-1] == "staff_password_reset"


@SQLITE
def test_a_secret_that_is_none_is_refused_in_the_sheet_and_a_pin_can_be_removed(
    office: Office, house: OpenHouse
) -> None:
    page = opened(office, Role.CASHIER)
    page.pin_button.click()
    sheet = office.sheet()
    QTest.keyClicks(sheet.form.editor("pin").line, "12")
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert "four to eight digits" in sheet.form.problem("pin")
    sheet.form.editor("pin").line.setText("123456789")
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert "9 characters, of at most 8" in sheet.form.problem("pin")
    assert sheet.yes.isEnabled()
    remove = next(one for one in sheet.findChildren(type(sheet.yes)) if one.words == "Remove the PIN")
    remove.click()
    assert "It cannot be brought back" in office.sheet().accessibleDescription()
    office.sheet().cancel()
    assert stored(house, NAMES[Role.CASHIER]).has_pin
    page._ask_remove_pin(page.record)
    office.sheet().yes.click()
    office.settle()
    assert not stored(house, NAMES[Role.CASHIER]).has_pin
    assert not page.record.has_pin


@SQLITE
def test_who_must_wait_after_wrong_tries_is_seen_and_let_in_again(office: Office, house: OpenHouse) -> None:
    for _ in range(7):
        with pytest.raises(SignInRefused):
            sign_in(house.database, window(house), NAMES[Role.CASHIER], "wrong-secret")
    page = opened(office, Role.CASHIER)
    assert "Must wait" in page.editor._chip.text()
    page.sign_ins_button.click()
    office.settle()
    sheet = office.sheet()
    assert len(sheet.table.records) == 5
    moments = [one.at for _, one in sheet.table.shown]
    assert moments == sorted(moments, reverse=True)
    sheet.cancel()
    page.wait_button.click()
    office.sheet().yes.click()
    office.settle()
    assert page.wait_button.isHidden()
    sign_in(house.database, window(house), NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    assert audited(house) == ["staff_wait_ended"]
    page.wait_button.clicked.emit()
    office.sheet().yes.click()
    office.settle()
    assert audited(house) == ["staff_wait_ended"]


@SQLITE
def test_unsaved_changes_are_asked_about_before_another_row_is_opened(office: Office) -> None:
    page = opened(office, Role.CASHIER)
    office.fill(page, name="Carla C.")
    page.open_record(stored(office.house, NAMES[Role.DOOR_STEWARD]))
    assert office.sheet() is not None
    office.press(Qt.Key.Key_Escape)
    assert page.record.name == NAMES[Role.CASHIER]
    page.discard()


@SERVER
def test_a_manager_at_one_till_signs_a_cashier_out_at_another_within_a_minute(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    tills: list[Evening] = []
    try:
        tills.append(start_evening(qtbot, house, tmp_path / "one"))
        tills[0].sign_in(Role.CASHIER)
        tills[0].hold_a_seat()
        tills.append(start_evening(qtbot, house, tmp_path / "two", machine_key="machine-Till 2", key=SIGNING_KEY[::-1]))
        office = tills[1]
        office.sign_in(Role.MANAGER)
        office.window.show_screen("manage")
        desk = office.workplace.manage
        assert desk is not None
        desk.open_section("staff")
        page: Any = desk.section("staff")
        office.wait(lambda: page.list.table.records)
        page.open_record(next(one for one in page.list.table.records if one.name == NAMES[Role.CASHIER]))
        page.form.editor("active").show_value(False)
        page.form.editor("active").edited.emit()
        page.save()
        asked = next(sheet for sheet in office.window.findChildren(ConfirmSheet) if sheet.is_open)
        asked.yes.click()
        office.wait(lambda: tills[0].window.actor is None)
        assert "goes on with this customer" in tills[0].window.sign_in_screen.status.refusal.words
    finally:
        for till in tills:
            till.foyer.shut_down()


def type_own_password(office: Office, password: str) -> None:
    """Answer the sheet that asks who works here once more."""
    sheet = office.sheet()
    sheet.form.editor("own_password").line.setText(password)
    sheet.yes.click()
    office.settle()


@SQLITE_FIRST
def test_a_manager_is_made_by_the_password_of_another_one(office: Office, house: OpenHouse) -> None:
    page: StaffPage = office.open("staff")
    page.start_new({"name": "Zoe Second", "password": "zoe-secret"})
    assert not page.form.editor("own_password").isVisible()
    office.choose(page, role=str(Role.MANAGER))
    assert page.form.editor("own_password").isVisible()
    office.fill(page, own_password="222222")
    office.save(page)
    assert "That password is not right" in page.form.problem("own_password")
    office.fill(page, own_password=PASSWORDS[Role.MANAGER])
    office.save(page)
    zoe = stored(house, "Zoe Second")
    assert zoe.role is Role.MANAGER
    assert open_keys(house.database, zoe.staff_id, "zoe-secret") is not None
    page.open_record(stored(house, NAMES[Role.CASHIER]))
    office.choose(page, role=str(Role.MANAGER))
    office.fill(page, password="carlas-new-one", own_password=PASSWORDS[Role.MANAGER])
    office.save(page)
    office.sheet().yes.click()
    office.settle()
    carla = stored(house, NAMES[Role.CASHIER])
    assert carla.role is Role.MANAGER
    assert open_keys(house.database, carla.staff_id, "carlas-new-one") is not None
    assert not page.form.is_dirty


@SQLITE
def test_a_managers_new_password_opens_the_keys_and_a_recovery_sheet_is_reminded_of_and_made(
    office: Office, house: OpenHouse
) -> None:
    page = opened(office, Role.MANAGER)
    assert "recovery sheet" not in page.banner.message.text
    page.password_button.click()
    sheet = office.sheet()
    sheet.form.editor("password").line.setText("marios-new-one")
    type_own_password(office, "222222")
    assert "That password is not right" in sheet.form.problem("own_password")
    type_own_password(office, PASSWORDS[Role.MANAGER])
    assert office.sheet() is None
    assert open_keys(house.database, page.record.staff_id, "marios-new-one") is not None
    page.banner.dismiss()
    page.refresh()
    office.settle()
    assert "no recovery sheet" in page.banner.message.text
    page.recovery_button.click()
    type_own_password(office, "marios-new-one")
    box = office.sheet().findChild(RecoveryBox)
    assert read_recovery_code(box.code.text()) == box.code.text()
    office.press(Qt.Key.Key_Escape)
    assert recover(house.database, box.code.text(), "mario manager", "the third one") == "Mario Manager"
    page.open_record(stored(house, NAMES[Role.CASHIER]))
    assert page.recovery_button.isHidden()
