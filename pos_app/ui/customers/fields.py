"""The fields of a customer, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.customers.contact import LONGEST_EMAIL, LONGEST_PHONE
from pos_app.domain.customers.records import LONGEST_CUSTOMER_NAME, LONGEST_CUSTOMER_NOTE, CustomerDraft
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.records.fields.language_field import LanguageField
from pos_app.ui.records.fields.text_fields import TextField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.ui.customers.marks_field import MarksField


def customer_fields(marks: MarksField) -> tuple[Field, ...]:
    """Return the fields of a customer. marks: the field of the marks, to which those in use are told later."""
    return (
        Field("name", _tr("Name"), TextField(longest=LONGEST_CUSTOMER_NAME)),
        Field("email", _tr("E-mail"), TextField(longest=LONGEST_EMAIL, placeholder="name@example.org"), half=True),
        Field("phone", _tr("Phone"), TextField(longest=LONGEST_PHONE), half=True),
        Field("letters", "", CheckField(_tr("Agrees to letters from the house")), half=True),
        Field("language", _tr("Letters are written in"), letter_language_field(), half=True),
        Field("note", _tr("Note, for the staff"), TextField(longest=LONGEST_CUSTOMER_NOTE)),
        Field("marks", _tr("Marks"), marks),
    )


def letter_language_field() -> LanguageField:
    """Return the field that asks in which language letters to a customer are."""
    return LanguageField(_tr("Letters are written in"), _tr("The house's own language"))


def draft_from(values: Mapping[str, object]) -> CustomerDraft:
    """Return what was typed, as it is stored. Raises FieldRefused: beside each field what is wrong with it."""
    marks = values.get("marks")
    return CustomerDraft(
        str(values.get("name") or ""),
        str(values.get("email") or ""),
        str(values.get("phone") or ""),
        str(values.get("note") or ""),
        tuple(map(str, marks)) if isinstance(marks, tuple) else (),
        letters=bool(values.get("letters")),
        language=str(values.get("language") or ""),
    ).cleaned()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Customers", words)
