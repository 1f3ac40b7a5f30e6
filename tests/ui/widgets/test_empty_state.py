from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotPermitted, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("themed")


def test_what_could_not_be_read_is_read_again_once_when_the_server_is_back(qtbot: QtBot) -> None:
    empty, asked = EmptyState("list", ""), list[bool]()
    qtbot.addWidget(empty)
    empty.asked.connect(lambda: asked.append(True))
    empty.show_trouble(message_for(ServerUnreachable(say("The server cannot be reached."))))
    assert empty._title.text() == "The server cannot be reached."
    server_answers().answered.emit()
    server_answers().answered.emit()
    assert asked == [True]


def test_a_refusal_is_left_to_the_person(qtbot: QtBot) -> None:
    empty, asked = EmptyState("list", ""), list[bool]()
    qtbot.addWidget(empty)
    empty.asked.connect(lambda: asked.append(True))
    empty.show_trouble(message_for(NotPermitted(say("You may not see this."))))
    server_answers().answered.emit()
    assert asked == []
