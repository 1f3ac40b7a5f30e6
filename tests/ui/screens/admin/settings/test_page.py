"""A manager decides for the whole house, and sees the tickets while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.documents.setting.logo import prepare_logo
from pos_app.domain.house.settings import HouseRecord, HouseSettings
from pos_app.services.house.record import load_house_record, save_house_record
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.ui import office as ui_office
from pos_app.ui.screens.admin.screen import Section
from pos_app.ui.screens.admin.settings.page import SettingsPage
from tests.kinds import BOTH, SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.ui.background import Background
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def office(open_section: Callable[..., Office]) -> Office:
    return open_section("settings", lambda office: SettingsPage(office, "en_GB"))


@pytest.fixture
def page(office: Office) -> SettingsPage:
    opened: SettingsPage = office.open("settings")
    wait_drawn(office, opened)
    return opened


def wait_drawn(office: Office, page: SettingsPage) -> None:
    preview = page.preview
    office.wait(lambda: not preview._timer.isActive() and not preview._is_drawing and preview.pages.images)


def picture(path: Path, colour: str = "#003366") -> Path:
    Image.new("RGB", (120, 60), colour).save(path)
    return path


def shown(page: SettingsPage) -> bytes:
    image = page.preview.pages.images[0]
    return bytes(image.constBits())


@BOTH
def test_what_is_decided_is_stored_audited_and_undone(office: Office, page: SettingsPage, house: OpenHouse) -> None:
    office.fill(page, organisation="Stadttheater", ticket_fee_minor="1.50", hold_minutes="20", line="No re-entry")
    office.choose(page, language="de_AT")
    office.save(page)
    settings = house.database.read(load_house_settings)
    assert settings == HouseSettings("Stadttheater", "EUR", 150, 0, 20, "de_AT")
    look = house.database.read(load_ticket_look)
    assert (look.line, look.organisation) == ("No re-entry", "Stadttheater")
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert list(actions) == ["house_settings_changed", "ticket_look_changed"]
    page.banner.press_action()
    office.settle()
    assert house.database.read(load_house_settings) == HouseSettings()
    assert house.database.read(load_ticket_look).line == ""


@SQLITE
def test_a_manager_decides_how_cash_is_typed(office: Office, page: SettingsPage, house: OpenHouse) -> None:
    assert page.form.editor("cash_in_cents").value() is False
    page.form.editor("cash_in_cents").box.click()  # type: ignore[attr-defined]  # a CheckField
    office.save(page)
    assert house.database.read(load_house_settings) == HouseSettings(cash_in_cents=True)


@SQLITE
def test_a_manager_decides_what_is_given_back_without_one_and_what_an_exchange_costs(
    office: Office, page: SettingsPage, house: OpenHouse
) -> None:
    bar = page.form.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    office.fill(page, refund_limit_minor="80", exchange_fee_minor="100 000 000 000.01")
    office.save(page)
    assert page.form.problem("exchange_fee_minor").startswith("That amount is too large")
    office.fill(page, refund_limit_minor="99999999999", exchange_fee_minor="2.50")
    office.save(page)
    assert page.form.problem("refund_limit_minor").startswith("No till holds so much.")
    assert house.database.read(load_house_settings) == HouseSettings()
    office.fill(page, refund_limit_minor="80")
    bar.setValue(bar.maximum())
    scrolled = bar.value()
    office.save(page)
    assert house.database.read(load_house_settings) == HouseSettings(refund_limit_minor=8000, exchange_fee_minor=250)
    # The sentence beside the field is gone, and the form is as much shorter.
    assert bar.value() == min(scrolled, bar.maximum()) > 0


@SQLITE
def test_a_manager_decides_how_long_an_offer_stands_and_what_a_resale_costs(
    office: Office, page: SettingsPage, house: OpenHouse
) -> None:
    office.fill(page, offer_minutes="5", resale_percent="101")
    office.save(page)
    assert page.form.problem("offer_minutes") == "Type a whole number from 10 to 10,080."
    assert page.form.problem("resale_percent") == "Type a whole number from 0 to 100."
    assert page.form.editor("offer_minutes").line.text() == "5"  # type: ignore[attr-defined]  # a WholeNumberField
    office.fill(page, offer_minutes="45", resale_percent="0")
    office.save(page)
    assert house.database.read(load_house_settings) == HouseSettings(offer_minutes=45, resale_percent=0)


@SQLITE
def test_a_language_is_searched_for_by_any_of_its_names(office: Office, page: SettingsPage) -> None:
    field = page.form.editor("language")
    field.choose_button.click()  # type: ignore[attr-defined]  # a LanguageField
    sheet = office.sheet()
    sheet._on_searched("german österreich")
    assert [sheet.list.item(at).text() for at in sheet._shown()] == [
        "Österreichisches Deutsch · Österreich · German · de_AT"
    ]
    sheet.search.setText("german österreich")
    sheet.yes.click()
    assert field.value() == "de_AT"
    assert page.unsaved()
    page.discard()
    assert field.value() == ""


@SQLITE
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_stored(
    office: Office, page: SettingsPage, house: OpenHouse
) -> None:
    office.fill(page, hold_minutes="45", ticket_fee_minor="-1", line="Kept")
    office.save(page)
    assert "1 to 30" in page.form.problem("hold_minutes")
    assert page.form.problem("ticket_fee_minor")
    assert house.database.read(load_house_settings) == HouseSettings()
    assert page.form.editor("line").value() == "Kept"
    page.discard()


@BOTH
def test_the_second_manager_chooses_what_is_to_hold(office: Office, page: SettingsPage, house: OpenHouse) -> None:
    theirs = HouseSettings(organisation="Theirs", hold_minutes=10)
    house.database.transact(save_house_settings, house.small.manager, HouseSettings(), theirs)
    office.fill(page, organisation="Mine", line="My line")
    office.save(page)
    sheet = office.sheet()
    assert {name: choice.current for name, choice in sheet.choices.items()} == {
        "organisation": "mine",
        "hold_minutes": "theirs",
    }
    sheet.yes.click()
    office.settle()
    stored = house.database.read(load_house_record, house.small.manager)
    assert (stored.organisation, stored.hold_minutes, stored.line) == ("Mine", 10, "My line")


@SQLITE
def test_the_ticket_is_drawn_anew_while_typing_and_on_each_paper(office: Office, page: SettingsPage) -> None:
    before = shown(page)
    office.fill(page, line="Doors close at eight sharp")
    wait_drawn(office, page)
    assert shown(page) != before
    sizes = set()
    for paper in ("a4", "a4-three", "roll80", "stock"):
        page.preview.papers._buttons[paper].click()
        wait_drawn(office, page)
        image = page.preview.pages.images[0]
        sizes.add((image.width(), image.height()))
    assert len(sizes) == 4
    page.discard()
    wait_drawn(office, page)


@SQLITE
def test_many_letters_ask_for_few_drawings(office: Office, page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    draw = page.preview._draw

    def watched(owner: QWidget, paper: str) -> Any:
        asked.append(paper)
        return draw(owner, paper)

    monkeypatch.setattr(page.preview, "_draw", watched)
    office.fill(page, line="a line of many letters that somebody types at one go")
    wait_drawn(office, page)
    assert 1 <= len(asked) <= 5
    page.discard()


@BOTH
def test_a_logo_is_chosen_shown_stored_and_taken_away(
    office: Office, page: SettingsPage, house: OpenHouse, tmp_path: Path
) -> None:
    file = picture(tmp_path / "logo.png")
    before = shown(page)
    page.logo.file_given.emit(str(file))
    office.wait(lambda: page.logo.value() is not None)
    wait_drawn(office, page)
    assert shown(page) != before
    office.save(page)
    assert house.database.read(load_ticket_look).logo_png == prepare_logo(file.read_bytes())
    page.logo.remove_button.click()
    office.save(page)
    assert house.database.read(load_ticket_look).logo_png is None


@SQLITE
@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"GIF89a", "not a PNG"), (b"x" * 2_000_001, "larger than 2 MB"), (None, "cannot be read")],
)
def test_a_file_that_is_no_logo_is_refused_beside_it(
    office: Office, page: SettingsPage, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "logo.png"
    if content is not None:
        file.write_bytes(content)
    page.logo.file_given.emit(str(file))
    office.wait(lambda: sentence in page.logo.said.text())
    assert page.logo.value() is None
    assert not page.unsaved()


@SQLITE
def test_unsaved_settings_are_named_and_asked_about(office: Office, page: SettingsPage) -> None:
    office.fill(page, organisation="Half typed")
    assert page.unsaved() == ("Changes of “The house”",)
    gone: list[bool] = []
    page.leave(lambda: gone.append(True))
    office.press(Qt.Key.Key_Escape)
    assert not gone
    QTest.keyClick(office.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert not page.unsaved()


@SQLITE
def test_a_house_that_cannot_be_read_says_so_and_is_read_again(
    make_office: Callable[..., Office], house: OpenHouse
) -> None:
    manager = house.small.manager

    def sections(background: Background) -> tuple[Section, ...]:
        services = ui_office.Office(background, manager)
        return (
            Section("other", "Other", "house", QWidget),
            Section("settings", "Settings", "gear-six", lambda: SettingsPage(services, "en_GB")),
        )

    office = make_office(sections)
    office.line.blind = True
    page: SettingsPage = office.open("settings")
    assert "cannot be reached" in page.banner.message.text
    office.line.blind = False
    page.refresh()
    office.settle()
    assert page.record is not None
    wait_drawn(office, page)


@BOTH
def test_saving_the_same_twice_is_done_once_and_the_logo_stays_what_it_is(house: OpenHouse, tmp_path: Path) -> None:
    manager, png = house.small.manager, picture(tmp_path / "logo.png").read_bytes()
    before = house.database.read(load_house_record, manager)
    wanted = HouseRecord("House", "CHF", 100, 200, 12, "de_CH", "  A line ", png)
    saved = house.database.transact(save_house_record, manager, before, wanted)
    assert (saved.line, saved.currency) == ("A line", "CHF")
    assert house.database.transact(save_house_record, manager, before, wanted) == saved
    again = house.database.transact(save_house_record, manager, saved, saved)
    assert again == saved == house.database.read(load_house_record, manager)
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert len(list(actions)) == 2


@SQLITE
def test_the_form_fits_beside_the_sample_in_a_small_window(office: Office, page: SettingsPage) -> None:
    office.window.resize(1280, 720)
    form = page.form
    office.wait(lambda: form.height() < 720)
    assert form.inside.minimumSizeHint().width() <= form.viewport().width()
