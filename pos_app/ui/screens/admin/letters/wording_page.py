"""How each kind of letter is worded in each language, beside the letter that comes of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from babel import Locale
from babel.localedata import locale_identifiers
from PySide6.QtGui import QKeySequence, QShortcut

from pos_app.catalogues import country_of
from pos_app.domain.editing import values_of
from pos_app.domain.letters.placeholders import OFFERED
from pos_app.domain.letters.templates import LONGEST_BODY, LONGEST_SUBJECT, Template, problems
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.option_sheets import PickSheet
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.letters.operations import WordingOperations, worded
from pos_app.ui.screens.admin.letters.wording_preview import WordingPreview
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.letters import kind_words
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.domain.sentences import Sentence
    from pos_app.services.orders.letters.unsent import LetterExample
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office

_LIST_WIDTH: Final = 250
_EDITOR_WIDTH: Final = 400


class WordingPage(RecordPage):
    """The kinds at the left, the letter in the middle, its wording at the right. locale: of the house.

    Signals: those of RecordPage.
    """

    def __init__(self, office: Office, locale: str) -> None:
        self._operations = WordingOperations(office, locale)
        self._example: LetterExample | None = None
        self.body = TextAreaField(lines=9, longest=LONGEST_BODY)
        self.preview = WordingPreview(self._compose)
        super().__init__(self._kind(), self._operations, self._fields, editor_width=_EDITOR_WIDTH)
        self.list.setFixedWidth(_LIST_WIDTH)
        # Nothing is put away here: a wording goes back to the standard one.
        self.list.views.hide()
        self.fact_button = self.editor.add_tool(self.tr("Put in a fact… (Ctrl+I)"), "plus", self._ask_fact)
        QShortcut(QKeySequence("Ctrl+I"), self, self._ask_fact)
        self.reset_button = self.editor.add_tool(
            self.tr("Standard wording"), "arrow-counter-clockwise", self._ask_reset
        )
        self.language_button = text_button(self.tr("Another language…"), variant="tool")
        self.language_button.clicked.connect(self._ask_language)
        self._left.addWidget(self.language_button)
        self.form.edited.connect(self.preview.set_soon)
        self.opened.connect(self._on_opened)

    def _arrange(self) -> None:
        middle = column((self.preview, 1), self.banner, spacing=10)
        self._left = column((self.list, 1), spacing=8)
        row(self._left, (middle, 1), self.editor, inside=self, spacing=12)

    def _fields(self) -> Sequence[Field]:
        hint = self.tr(
            "An empty line parts paragraphs, “# ” begins a heading. A line that has nothing to tell is left out."
        )
        return (
            Field("subject", self.tr("Subject"), TextField(longest=LONGEST_SUBJECT)),
            Field("body", self.tr("What it says"), self.body, hint=hint),
        )

    def _kind(self) -> RecordKind[Template]:
        title = self.tr("Wordings")
        columns: tuple[Column[Template], ...] = (
            Column(
                "kind",
                self.tr("Letter"),
                lambda one: kind_words(one.kind),
                lower=lambda one: language_words(one.language),
                strong=True,
            ),
        )
        return RecordKind(
            name="letter-templates",
            icon="envelope-simple",
            words=RecordWords(
                title=title,
                new="",
                unsaved="",
                nothing=self.tr("Reading…"),
                first="",
                choose=self.tr("Choose a kind of letter in the table."),
            ),
            columns=columns,
            key=lambda one: (one.kind, one.language),
            title=lambda one: kind_words(one.kind),
            search=lambda one: (kind_words(one.kind), language_words(one.language), one.subject),
            values=lambda one: values_of(one, ("subject", "body")),
            is_archived=lambda _one: False,
            status=lambda one: (language_words(one.language), "accent"),
            problems=_problems,
            can_make=False,
            can_archive=False,
        )

    def _compose(self, owner: QWidget) -> Reply[ComposedLetter] | None:
        if self.record is None:
            return None
        template = worded(self.record, self.form.readable_values())
        if problems(template.kind, template.subject, template.body):
            self.preview.tell(self.tr("As it was before: what is typed cannot be set yet."), "warn")
            return None
        example = self._example
        if example is None or example.content.kind is not template.kind:
            return None
        told = (
            self.tr("With what the last letter of this kind told.")
            if example.is_real
            else self.tr("With made-up facts.")
        )
        self.preview.tell(told)
        return self._operations.compose(owner, example, template)

    def _on_opened(self, template: Template | None) -> None:
        if template is None:
            return
        self.reset_button.setEnabled(not template.is_standard)
        if self._example is None or template.kind is not self._example.content.kind:
            self._operations.example(self, template.kind).then(self._on_example, self._on_no_example)
        else:
            self.preview.set_soon()

    def _on_example(self, example: LetterExample) -> None:
        self._example = example
        self.preview.set_soon()

    def _on_no_example(self, error: Exception) -> None:
        self.preview.tell(message_for(error).sentence, "danger")

    def _ask_fact(self) -> None:
        """Offer what this kind of letter has to tell; what is picked stands where the cursor was."""
        if self.record is None:
            return
        options = [Option(f"{{{one.value}}}", f"{{{one.value}}}") for one in OFFERED[self.record.kind]]
        sheet = PickSheet(self, self.tr("Put in what the letter tells"), options, yes=self.tr("Put it in"), nothing="")
        sheet.picked.connect(lambda words: self._insert(str(words)))
        sheet.open()

    def _insert(self, words: str) -> None:
        self.body.area.insertPlainText(words)
        self.body.area.setFocus()

    def _ask_reset(self) -> None:
        template = self.record
        if template is None or template.is_standard:
            return
        question = confirm(
            self,
            self.tr("Back to the standard wording?"),
            self.tr("The house's own wording of this letter is lost:"),
            yes=self.tr("Take the standard"),
            lost=(template.subject,),
        )
        question.confirmed.connect(lambda: self._reset(template))

    def _reset(self, template: Template) -> None:
        def done(now: Template) -> None:
            self.show_stored(now)
            self.say_done(self.tr("The standard wording is back."))

        self._operations.reset(self, template).then(done, lambda error: self.say(message_for(error)))

    def _ask_language(self) -> None:
        sheet = PickSheet(
            self,
            self.tr("Word letters in another language"),
            _languages(ui_locale()),
            yes=self.tr("Choose"),
            nothing="",
        )
        sheet.picked.connect(self._on_language)
        sheet.open()

    def _on_language(self, name: object) -> None:
        if isinstance(name, str) and name not in self._operations.languages:
            self._operations.languages = (*self._operations.languages, name)
            self.refresh()


def language_words(name: str) -> str:
    """Return what a language is called in the language of the windows."""
    return Locale.parse(country_of(name)).get_display_name(ui_locale()) or name


@cache
def _languages(reader: str) -> tuple[Option, ...]:
    """Return every language without a country, sorted by its name as the reader's locale has it."""
    names = (name for name in locale_identifiers() if "_" not in name and name != "root")
    named = ((name, Locale.parse(name).get_display_name(reader)) for name in names)
    options = (Option(name, words[:1].upper() + words[1:], name) for name, words in named if words)
    return tuple(sorted(options, key=lambda option: option.named().casefold()))


def _problems(template: Template | None, values: Mapping[str, object]) -> Mapping[str, Sentence]:
    if template is None:
        return {}
    return problems(template.kind, str(values.get("subject") or ""), str(values.get("body") or ""))
