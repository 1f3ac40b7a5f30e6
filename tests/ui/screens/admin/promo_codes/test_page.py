from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.domain.promo_codes.records import PromoDraft
from pos_app.services.promo_codes.records import archive_promo_code, list_promo_codes, save_promo_code
from pos_app.ui.records.conflict_sheet import ConflictSheet
from pos_app.ui.screens.admin.promo_codes.page import PromoCodesPage
from pos_app.ui.screens.admin.promo_codes.words import takes_words
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.promo_codes.test_redeeming import buy, make_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.domain.promo_codes.records import PromoRecord
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def office(open_section: Callable[..., Office]) -> Office:
    return open_section("promo_codes", PromoCodesPage)


@pytest.fixture
def page(office: Office) -> PromoCodesPage:
    found: PromoCodesPage = office.open("promo_codes")
    return found


def stored(house: OpenHouse) -> dict[str, PromoRecord]:
    return {one.code: one for one in house.database.read(list_promo_codes, house.small.manager)}


def open_code(office: Office, page: PromoCodesPage, code: str) -> None:
    page.refresh()
    office.settle()
    page.open_record(next(one for one in page.list.table.records if one.code == code))


def said(page: PromoCodesPage) -> str:
    return f"{page.banner.message.text} {page.banner.message.advice}".strip()


@SQLITE_FIRST
def test_a_code_that_the_manager_makes_is_taken_at_the_till(
    office: Office, page: PromoCodesPage, house: OpenHouse
) -> None:
    page.list.empty._button.click()
    office.fill(page, code="family 20")
    office.choose(page, takes="order")
    office.fill(page, amount="20", least_spend="60", most_uses="5")
    office.choose(page, performances=frozenset({house.small.performance_id}), combinable=True)
    office.save(page)
    made = stored(house)["FAMILY20"]
    assert not made.verified_only
    assert (made.value, made.currency, made.least_spend_minor, made.most_uses) == (2000, "EUR", 6000, 5)
    assert made.performances == {house.small.performance_id}
    assert "“FAMILY20” was made." in said(page)
    assert buy(house, house.small.seats_of(1, [1, 2]), "Family-20").total_minor == 6000
    open_code(office, page, "FAMILY20")
    assert page.list.table.shown[0].uses == 1


@SQLITE
def test_a_code_may_be_for_verified_customers(office: Office, page: PromoCodesPage, house: OpenHouse) -> None:
    page.start_new()
    office.fill(page, code="FRIENDS", percent="10")
    office.choose(page, verified_only=True)
    office.save(page)
    assert stored(house)["FRIENDS"].verified_only
    open_code(office, page, "FRIENDS")
    assert page.form.values()["verified_only"] is True


@SQLITE
@pytest.mark.parametrize("typed", ["10.5", "10,5", "10.5 %", "10.50"])
def test_a_part_of_a_percent_is_typed_as_people_write_it(
    office: Office, page: PromoCodesPage, house: OpenHouse, typed: str
) -> None:
    page.start_new()
    office.fill(page, code="TENHALF", percent=typed)
    office.save(page)
    assert stored(house)["TENHALF"].percent == 1050
    assert takes_words(page.list.table.shown[0]) == "10.5 %"
    open_code(office, page, "TENHALF")
    assert page.form.values()["percent"] == 1050
    assert not page.unsaved()
    office.fill(page, percent="10.555")
    office.save(page)
    assert "two decimal places" in page.form.problem("percent")
    assert stored(house)["TENHALF"].percent == 1050


@SQLITE
def test_an_impossible_rule_is_refused_beside_its_field(office: Office, page: PromoCodesPage, house: OpenHouse) -> None:
    house.database.transact(make_code)
    page.start_new()
    office.fill(page, percent="120", most_uses="0")
    office.choose(page, valid_from=NOW, valid_until=NOW - timedelta(days=1))
    office.save(page)
    assert "from 0.01 to 100" in page.form.problem("percent")
    assert "from 1 to 1,000,000" in page.form.problem("most_uses")
    assert page.form.problem("code") == "Type a code."
    assert page.form.problem("valid_until") == "It ends before it begins."
    office.fill(page, code="Winter 10", percent="12", most_uses="")
    office.save(page)
    assert office.sheet() is None, "what is impossible is refused before anything is asked"
    assert page.form.problem("valid_until") == "It ends before it begins."
    office.choose(page, valid_until=None)
    office.save(page)
    assert page.form.problem("code") == "This code is taken."
    office.fill(page, code="Winter 12")
    office.save(page)
    assert set(stored(house)) == {"WINTER10", "WINTER12"}


@SQLITE
def test_a_limit_below_the_uses_is_asked_about_before_it_is_saved(
    office: Office, page: PromoCodesPage, house: OpenHouse
) -> None:
    house.database.transact(make_code)
    for seat in (1, 2):
        buy(house, house.small.seats_of(1, [seat]), "WINTER10")
    open_code(office, page, "WINTER10")
    office.fill(page, most_uses="2")
    office.save(page)
    assert "used 2 times already" in office.sheet().accessibleDescription()
    office.sheet().cancel()
    assert stored(house)["WINTER10"].most_uses is None
    assert page.form.values()["most_uses"] == 2
    office.save(page)
    office.sheet().yes.click()
    office.settle()
    assert stored(house)["WINTER10"].most_uses == 2
    assert page.editor._chip.text() == "Used up"


@SQLITE_FIRST
def test_two_managers_at_one_code_choose_what_holds(office: Office, page: PromoCodesPage, house: OpenHouse) -> None:
    house.database.transact(make_code)
    open_code(office, page, "WINTER10")
    office.fill(page, percent="15")
    other = house.small.elsewhere(house.small.manager)
    house.database.transact(save_promo_code, other, page.record, PromoDraft("WINTER10", value=20, note="Hers"))
    office.save(page)
    sheet = office.sheet()
    assert isinstance(sheet, ConflictSheet)
    assert set(sheet.choices) == {"percent", "note"}
    sheet.yes.click()
    office.settle()
    now = stored(house)["WINTER10"]
    assert (now.value, now.note) == (15, "Hers")


@SQLITE
def test_a_code_that_somebody_put_away_is_brought_back_with_my_changes(
    office: Office, page: PromoCodesPage, house: OpenHouse
) -> None:
    code_id = house.database.transact(make_code)
    open_code(office, page, "WINTER10")
    office.fill(page, percent="15")
    house.database.transact(archive_promo_code, house.small.manager, code_id)
    office.save(page)
    office.sheet().yes.click()
    office.settle()
    now = stored(house)["WINTER10"]
    assert (now.value, now.archived) == (15, False)


@SQLITE
def test_when_the_server_goes_in_the_middle_nothing_typed_is_lost(
    office: Office, page: PromoCodesPage, house: OpenHouse
) -> None:
    page.start_new()
    office.fill(page, code="ten", percent="10")
    office.line.cut = office.line.blind = True
    office.save(page)
    assert "What you typed is still here." in said(page)
    page.refresh()
    office.settle()
    assert page.form.values()["code"] == "ten"
    office.line.cut = office.line.blind = False
    office.save(page)
    assert "TEN" in stored(house)


@SQLITE
def test_a_code_is_ended_at_once_and_runs_again(office: Office, page: PromoCodesPage, house: OpenHouse) -> None:
    house.database.transact(make_code)
    open_code(office, page, "WINTER10")
    page.end_button.click()
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert stored(house)["WINTER10"].ended_at is not None
    assert page.list.views.current == "over"
    assert page.end_button.text().strip() == "Reopen"
    assert page.banner.press_action()
    office.settle()
    assert stored(house)["WINTER10"].ended_at is None
    assert page.list.views.current == "running"


@SQLITE
def test_many_codes_are_made_of_the_rule_in_the_form_exported_and_ended(
    office: Office, page: PromoCodesPage, house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.start_new()
    assert page.ask_batch() is None
    office.fill(page, percent="20")
    sheet = page.ask_batch()
    assert sheet is not None
    assert QApplication.focusWidget() is sheet.form.editor("name").focusProxy()
    sheet.form.change_values({"prefix": "a+", "count": 12})
    sheet.yes.click()
    office.settle()
    assert sheet.form.problem("name") == "Type a name for the batch."
    assert "letters and digits" in sheet.form.problem("prefix")
    sheet.form.change_values({"name": "Letter", "prefix": "news"})
    sheet.yes.click()
    office.settle()
    assert not page.unsaved()
    assert len(page.list.table.shown) == 12
    assert "12 codes of “Letter” were made." in said(page)

    file = tmp_path / "codes.csv"
    monkeypatch.setattr("pos_app.ui.save_file.ask_path", lambda *_asked: str(file))
    assert page.banner.press_action()
    office.settle()
    office.settle()
    assert file.read_bytes().count(b"\r\n") == 13
    monkeypatch.setattr("pos_app.ui.save_file.ask_path", lambda *_asked: str(tmp_path / "none" / "codes.csv"))
    page.export_button.click()
    office.settle()
    office.wait(lambda: "could not be written" in said(page))

    page.end_button.click()
    whole = next(button for button in office.sheet().findChildren(type(office.sheet().yes)) if "batch" in button.words)
    whole.click()
    office.settle()
    assert all(one.ended_at is not None for one in stored(house).values())


@SQLITE
def test_the_uses_of_a_code_are_shown(office: Office, page: PromoCodesPage, house: OpenHouse) -> None:
    house.database.transact(make_code)
    sale = buy(house, house.small.seats_of(1, [1]), "WINTER10")
    open_code(office, page, "WINTER10")
    page.uses_button.click()
    office.settle()
    sheet = office.sheet()
    assert [one.order_number for one in sheet.table.shown] == [sale.number]
    assert "€4.00" in sheet.summary.text()
    office.press(Qt.Key.Key_Escape)
    assert office.sheet() is None


@SQLITE
def test_performances_are_offered_by_the_chosen_events(office: Office, page: PromoCodesPage) -> None:
    page.start_new()
    offered = page.fields.performances.open_sheet()
    assert offered.list.count() == 3
    offered.cancel()
    office.choose(page, events=frozenset({999}))
    assert page.fields.performances.open_sheet().list.count() == 0


def test_no_batch_is_made_of_a_rule_that_is_over(office: Office, page: PromoCodesPage) -> None:
    page.start_new()
    office.choose(page, takes="percent", valid_until=page.clock.now() - timedelta(days=1))
    office.fill(page, percent="10")
    assert page.ask_batch() is None
    assert "past" in page.form.problem("valid_until")
    assert office.sheet() is None
