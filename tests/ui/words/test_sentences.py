from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from pos_app.ui.words.sentences import listed

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def _japanese() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("ja_JP"))
    yield
    QLocale.setDefault(before)


def test_texts_stand_one_behind_the_other_and_are_not_read_as_templates() -> None:
    assert listed(()) == ""
    assert listed(["Stalls"]) == "Stalls"
    assert listed(["Stalls", "{0}", "Gallery"]) == "Stalls, {0}, Gallery"


@pytest.mark.usefixtures("_japanese")
def test_the_comma_is_that_of_the_person_s_country() -> None:
    assert listed(["Stalls", "Gallery"]) == "Stalls、Gallery"
