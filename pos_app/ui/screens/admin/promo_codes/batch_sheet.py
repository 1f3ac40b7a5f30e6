"""Ask how many codes, and what they are to look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.promo_codes.records import (
    FEWEST_RANDOM,
    LONGEST_BATCH,
    MOST_CODES,
    MOST_RANDOM,
    PromoBatch,
    PromoDraft,
)
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.screens.admin.promo_codes.words import each_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

_FORM_HEIGHT: Final = 270


class BatchSheet(FormSheet):
    """The batch's name, prefix and size; the rule is the one in the form. Signals: given(PromoBatch); see FormSheet."""

    def __init__(self, parent: QWidget, rule: PromoDraft) -> None:
        self._rule = rule
        tr = self.tr
        random = WholeNumberField(least=FEWEST_RANDOM, most=MOST_RANDOM)
        super().__init__(
            parent,
            tr("Many codes of this rule"),
            (
                Field("name", tr("Name of the batch"), TextField(longest=LONGEST_BATCH)),
                Field("prefix", tr("Codes begin with"), TextField(longest=24, placeholder=tr("Nothing")), half=True),
                Field("random", tr("Random letters"), random, half=True, hint=tr("None that look alike.")),
                Field("count", tr("How many codes"), WholeNumberField(least=1, most=MOST_CODES)),
            ),
            {"random": 8, "count": 100},
            sentence=each_words(rule),
            role="body",
            yes=tr("Make them"),
            busy=tr("Making them…"),
            height=_FORM_HEIGHT,
            width=520,
        )

    def answer(self, values: Mapping[str, Any]) -> object:
        """Return the batch."""
        return PromoBatch(values["name"], values["prefix"], values["count"], values["random"], self._rule)
