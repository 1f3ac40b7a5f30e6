"""Letters in the window: those that failed are counted in the bar, and a customer leads to theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.roles import Role
from pos_app.ui.screens.admin.events.page import PERFORMANCES
from pos_app.ui.screens.letters.note.sheet import NoteSheet
from tests.evening import start_evening
from tests.everywhere import settle
from tests.kinds import SQLITE
from tests.services.letters.post import Post
from tests.services.letters.written import letters, set_states, sold_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


def test_failed_ones_are_counted_in_the_bar_until_somebody_sees_to_them(evening: Evening, house: OpenHouse) -> None:
    post = Post(house)
    post.letter(post.customer("Anna", "anna@example.org"), state="failed")
    evening.sign_in(Role.CASHIER)
    button = evening.window.top_bar._buttons["letters"]
    evening.wait(lambda: button.accessibleName() == "Letters · 1 letter failed")
    assert "1" in button.text()
    evening.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert evening.window.current_screen == "letters"
    settle(evening)
    evening.press(Qt.Key.Key_F6)
    evening.wait(lambda: button.accessibleName() == "Letters")


def test_a_customer_leads_to_their_letters(evening: Evening, house: OpenHouse) -> None:
    post = Post(house)
    anna, bert = post.customer("Anna", "anna@example.org"), post.customer("Bert", "bert@example.org")
    of_anna = post.letter(anna)
    post.letter(bert)
    evening.sign_in(Role.CASHIER)
    evening.workplace._show_customer(anna)
    customers = evening.workplace.customers
    assert customers is not None
    evening.wait(lambda: customers.page.record is not None and customers.page.record.customer_id == anna)
    settle(evening)
    evening.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    settle(evening)
    screen = evening.workplace.letters
    assert screen is not None
    assert evening.window.current_screen == "letters"
    evening.wait(lambda: [row.letter_id for row in screen.search.table.shown] == [of_anna])


def test_a_performance_leads_to_a_note_to_its_guests(evening: Evening, house: OpenHouse) -> None:
    anna = Post(house).customer("Anna", "anna@example.org")
    sold_to(house, house.small.seats_of(1, (1,)), anna)
    evening.sign_in(Role.MANAGER)
    manage = evening.workplace.manage
    assert manage is not None
    evening.window.show_screen("manage")
    manage.open_section("events")
    settle(evening)
    events: Any = manage.section("events")
    events.open_part(PERFORMANCES)
    settle(evening)
    events.performances.open_record(events.performances.list.table.shown[0])
    settle(evening)
    events.panel_buttons[-1].click()
    settle(evening)
    assert evening.window.current_screen == "letters"
    sheet = next(one for one in evening.window.findChildren(NoteSheet) if one.is_open)
    assert sheet.recipients.target.performance_id == house.small.performance_id
    evening.wait(lambda: "It goes to 1 customer." in sheet.preview.reach.text())
    assert sheet.subject.hasFocus()


def test_the_tickets_of_an_order_go_once_more_by_one_key_and_a_look_at_the_address(
    evening: Evening, house: OpenHouse
) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1, 2)), Post(house).customer("Anna", "anna@example.org"))
    set_states(house, "sent")
    evening.sign_in(Role.CASHIER)
    orders = evening.workplace.orders
    assert orders is not None
    evening.window.show_screen("orders")
    orders.open_order(sale.order_id)
    evening.wait(lambda: orders.panel.order_id == sale.order_id)
    settle(evening)
    evening.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settle(evening)
    sheet = orders.emailing.sheet
    assert sheet is not None
    line: Any = sheet.form.editor("recipient")
    assert line.line.text() == "anna@example.org"
    # What is no address is told beside it, and nothing is written.
    line.line.setText("anna@")
    evening.press(Qt.Key.Key_Return)
    settle(evening)
    assert "no e-mail address" in sheet.form.problem("recipient")
    assert len(letters(house)) == 1
    line.line.setText("novak@example.net")
    evening.press(Qt.Key.Key_Return)
    settle(evening)
    assert evening.window.current_screen == "orders"
    assert orders.banner.message.text == "The tickets go to novak@example.net by e-mail."
    first, again = letters(house)
    assert (again.kind, again.state, again.recipient) == ("confirmation", "waiting", "novak@example.net")
    assert again.facts["tickets"] == first.facts["tickets"]
