"""A reminder waits for its turn in the banner, and is read before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.widgets.banner import Banner
from pos_app.ui.window.reminder import Reminder
from pos_app.ui.words.messages import Ending, Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

_TOLD = Message("A list is begun.", ends=Ending(0))


@pytest.fixture
def banner(qtbot: QtBot, themed: QApplication) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_it_waits_until_nothing_else_stands_there(banner: Banner) -> None:
    banner.show_message(Message("Enrol this till."))
    Reminder(banner, banner).tell(_TOLD)
    assert banner.message.text == "Enrol this till."
    banner.dismiss()
    assert banner.message is _TOLD


def test_it_comes_back_after_a_message_that_took_its_place_and_not_after_its_cross(
    banner: Banner, qtbot: QtBot
) -> None:
    reminder = Reminder(banner, banner)
    reminder.tell(_TOLD)
    with qtbot.assertNotEmitted(reminder.closed):
        banner.show_message(Message("Refunded."))
        banner.dismiss()
    assert banner.message is _TOLD
    with qtbot.waitSignal(reminder.closed):
        banner.dismiss()
    banner.show_message(Message("Refunded."))
    banner.dismiss()
    assert banner.isHidden()


def test_at_once_it_takes_the_place_of_another_one(banner: Banner) -> None:
    banner.show_message(Message("Refunded."))
    Reminder(banner, banner).tell(_TOLD, at_once=True)
    assert banner.message is _TOLD


def test_withdrawn_it_takes_nobody_elses_message_away_and_is_told_no_more(banner: Banner) -> None:
    reminder = Reminder(banner, banner)
    reminder.tell(_TOLD)
    reminder.withdraw()
    assert banner.isHidden()
    reminder.tell(_TOLD)
    banner.show_message(Message("Refunded."))
    reminder.withdraw()
    assert banner.message.text == "Refunded."
    banner.dismiss()
    assert banner.isHidden()
