from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.window.connection import Connection, ConnectionState

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("themed")


class Clock:
    now = 100.0


@pytest.mark.parametrize(
    ("seconds", "words", "tone"),
    [
        (0.0, "Online · synced 0 s ago", "ok"),
        (2.9, "Online · synced 2 s ago", "ok"),
        (3.0, "No answer for 3 s", "warn"),
        (6.5, "No answer for 6 s", "warn"),
    ],
)
def test_it_is_green_only_while_answers_come(qtbot: QtBot, seconds: float, words: str, tone: str) -> None:
    clock = Clock()
    state = ConnectionState(clock=lambda: clock.now)
    qtbot.addWidget(state)
    state.show_connection(Connection.ONLINE)
    clock.now += seconds
    state._show()
    assert (state.words, state._dot.property("tone"), state._words.text()) == (words, tone, words)


def test_it_is_red_once_the_server_cannot_be_reached_and_green_again_with_the_next_answer(qtbot: QtBot) -> None:
    clock = Clock()
    state = ConnectionState(clock=lambda: clock.now)
    qtbot.addWidget(state)
    state.show_connection(Connection.LOST)
    assert state._dot.property("tone") == "danger"
    clock.now += 60
    state.show_connection(Connection.ONLINE)
    assert (state.words, state._dot.property("tone")) == ("Online · synced 0 s ago", "ok")


def test_trouble_is_said_in_words_where_there_is_little_room(qtbot: QtBot) -> None:
    clock = Clock()
    state = ConnectionState(clock=lambda: clock.now)
    qtbot.addWidget(state)
    state.set_short(True)
    state.show_connection(Connection.ONLINE)
    assert state._words.isHidden()
    clock.now += 3
    state._show()
    assert not state._words.isHidden()
