"""Letters in the window: those that failed are counted in the bar, and a customer leads to theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.roles import Role
from tests.evening import start_evening
from tests.everywhere import settle
from tests.kinds import SQLITE
from tests.services.letters.post import Post

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
    settle(evening)
    evening.press(Qt.Key.Key_F8)
    settle(evening)
    letters = evening.workplace.letters
    assert letters is not None
    assert evening.window.current_screen == "letters"
    evening.wait(lambda: [row.letter_id for row in letters.search.table.shown] == [of_anna])
