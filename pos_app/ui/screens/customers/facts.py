"""What is known of a customer besides what is typed: number, since when, whether letters may come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.words.lists import labelled, listed, side_by_side
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord

_VERIFY_KEY: Final = "F8"


def customer_facts(record: CustomerRecord, time_zone: str) -> tuple[str, ...]:
    """Return what is known, a few words each."""
    lines = [_tr("Number {0}").format(record.customer_id)]
    if record.former_ids:
        lines.append(labelled(_tr("Also found under"), listed(str(one) for one in record.former_ids)))
    lines.append(labelled(_tr("Made"), shown_dated_moment(record.created_at, time_zone)))
    if record.erased_at is not None:
        lines.append(labelled(_tr("Erased"), shown_dated_moment(record.erased_at, time_zone)))
        return tuple(lines)
    if record.letters_at is not None:
        lines.append(labelled(_tr("Letters may come since"), shown_dated_moment(record.letters_at, time_zone)))
    if record.email and record.verified_at is not None:
        lines.append(labelled(_tr("E-mail address verified"), shown_dated_moment(record.verified_at, time_zone)))
    elif record.email:
        lines.append(_tr("E-mail address not verified"))
    return tuple(lines)


class CustomerFacts(QWidget):
    """What is known, below the name, and the key that verifies the address; no room while nobody is shown.

    Signals: verify_asked().
    """

    verify_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = text_label("", "small", wrap=True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verify = KeyButton(self.tr("Verify e-mail…"), _VERIFY_KEY)
        self.verify.clicked.connect(self.verify_asked)
        row((self.lines, 1), self.verify, inside=self, margins=(18, 0, 14, 10), spacing=10)
        self.hide()

    def show_record(self, record: CustomerRecord | None, time_zone: str) -> None:
        """Tell what is known of a customer; None: nothing."""
        say(self.lines, "" if record is None else side_by_side(*customer_facts(record, time_zone)))
        is_open = record is not None and record.erased_at is None and bool(record.email)
        self.verify.setVisible(is_open and record is not None and record.verified_at is None)
        self.setVisible(record is not None)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerFacts", words)
