from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.form import RecordForm

if TYPE_CHECKING:
    from tests.hands import PatientHands

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

HINT = "An empty line parts paragraphs. A line that has nothing to tell is left out."
WRONG = "Without {tickets} this letter does not say what it is for."


def sentence(form: RecordForm) -> QLabel:
    return next(label for label in form.findChildren(QLabel) if label.text() == WRONG)


def is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().height() == widget.height()


@pytest.mark.parametrize("height", [355, 250])
@pytest.mark.parametrize("name", ["subject", "body"])
def test_what_is_wrong_can_be_read_wherever_its_field_stands(qtbot: PatientHands, height: int, name: str) -> None:
    form = RecordForm(
        (
            Field("subject", "Subject", TextField()),
            Field("body", "What it says", TextAreaField(lines=9), hint=HINT),
            Field("note", "Note", TextField(), hint=HINT),
        )
    )
    qtbot.addWidget(form)
    form.resize(390, height)
    form.show()
    qtbot.waitExposed(form)
    qtbot.waitStill(form.inside.height)
    bottom = form.verticalScrollBar().maximum()
    for before in (0, bottom):
        form.show_problems({})
        form.verticalScrollBar().setValue(before)
        form.show_problems({name: WRONG})
        qtbot.waitStill(lambda: (form.inside.height(), form.verticalScrollBar().value()))
        assert is_whole(sentence(form))
        assert form.editor(name).isAncestorOf(form.focusWidget())
