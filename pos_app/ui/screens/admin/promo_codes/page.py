"""The section of promo codes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pos_app.domain.editing import FieldRefused
from pos_app.domain.promo_codes.records import PromoDraft, PromoRecord, PromoStanding, rule_problems
from pos_app.services.promo_codes.batches import end_batch, list_redemptions
from pos_app.services.promo_codes.choices import list_promo_choices
from pos_app.services.promo_codes.records import end_promo_code, reopen_promo_code
from pos_app.ui.records.kind import RecordKind, RecordWords, View
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.promo_codes.batches import Batches
from pos_app.ui.screens.admin.promo_codes.fields import PromoFields
from pos_app.ui.screens.admin.promo_codes.operations import PromoOperations
from pos_app.ui.screens.admin.promo_codes.redemptions_sheet import RedemptionsSheet
from pos_app.ui.screens.admin.promo_codes.values import draft_from, values_from
from pos_app.ui.screens.admin.promo_codes.words import (
    of_what_words,
    standing_words,
    takes_words,
    uses_words,
    window_words,
)
from pos_app.ui.server_time import ServerTime
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pos_app.domain.promo_codes.records import PromoChoices, Redemption
    from pos_app.domain.sentences import Sentence
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.promo_codes.batch_sheet import BatchSheet

_TOAST_SECONDS = 12
_RUNNING = {PromoStanding.VALID, PromoStanding.LATER}


class PromoCodesPage(RecordPage):
    """Codes in a table, the rule of one in the form; batches, redemptions, and ending a code at once.

    Signals: those of RecordPage.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.time_zone = "UTC"
        self._choices: PromoChoices | None = None
        self.clock = ServerTime()
        self.fields = PromoFields(self.clock.now)
        super().__init__(self._kind(), PromoOperations(office), self.fields.all)
        self.fields.setParent(self)
        self.uses_button = self.editor.add_tool(self.tr("Uses"), "list", self._on_uses)
        self.end_button = self.editor.add_tool(self.tr("End at once"), "prohibit", self._on_end)
        self.many_button = self.editor.add_tool(self.tr("Many codes…"), "magic-wand", self.ask_batch)
        self.export_button = self.editor.add_tool(
            self.tr("Export batch…"), "floppy-disk", lambda: self._batches.export(self.record.batch)
        )
        self.opened.connect(self._on_opened)
        self._batches = Batches(self, office)
        self._batches.made.connect(self._on_batch_made)
        self._batches.said.connect(self._on_exported)

    def refresh(self) -> None:
        """Read what codes can be limited to, then the codes."""
        self._office.read_latest(self, "choices", list_promo_choices).then(self._on_choices, self._on_unreadable)

    def ask_batch(self) -> BatchSheet | None:
        """Ask what a batch of codes is to look like; its rule is the one in the form, saved or not."""
        try:
            rule = draft_from(self.form.values())
        except FieldRefused as error:
            self.form.show_problems(error.fields)
            return None
        if not (rule.value or rule.hundredths):
            self.form.show_problems(
                {"percent": self.tr("Type what each code takes off."), "amount": self.tr("Type it.")}
            )
            return None
        if rule.valid_until is not None and rule.valid_until <= self.clock.now():
            self.form.show_problems({"valid_until": self.tr("This is past: no code of a batch could be used.")})
            return None
        return self._batches.ask(rule)

    def _kind(self) -> RecordKind[PromoRecord]:
        tr = self.tr
        return RecordKind(
            name="promo_codes",
            icon="tag",
            words=RecordWords(
                title=tr("Promo codes"),
                new=tr("New code"),
                unsaved=tr("A new promo code that is not saved"),
                nothing=tr("No promo codes yet"),
                first=tr("A code takes a percentage or an amount off. Make the first one, then try it at the till."),
                choose=tr("Choose a promo code in the table, or make a new one."),
            ),
            columns=(
                Column("code", tr("Code"), lambda one: one.code, lower=lambda one: one.batch or one.note, strong=True),
                Column("takes", tr("Takes off"), takes_words, _by_size, lower=of_what_words, width=126),
                Column("uses", tr("Uses"), uses_words, lambda one: one.uses, width=104, right=True),
                Column(
                    "standing",
                    tr("Now"),
                    lambda one: standing_words(self._standing(one))[0],
                    lambda one: str(self._standing(one)),
                    lower=lambda one: window_words(one, self._standing(one), self.time_zone),
                    width=180,
                ),
            ),
            key=lambda one: one.promo_code_id,
            title=lambda one: one.code,
            search=lambda one: (one.code, one.note, one.batch),
            values=lambda one: values_from(one, self._currency()),
            is_archived=lambda one: one.archived,
            fresh=lambda: values_from(PromoDraft(), self._currency()),
            status=lambda one: standing_words(self._standing(one)),
            views=(
                View("running", tr("Running"), lambda one: self._standing(one) in _RUNNING),
                View("over", tr("Over"), lambda one: not one.archived and self._standing(one) not in _RUNNING),
                View("archived", tr("Archived"), lambda one: one.archived),
            ),
            problems=self._problems,
            warning=self._warning,
        )

    def _standing(self, one: PromoRecord) -> PromoStanding:
        return one.standing(self.clock.now())

    def _problems(self, _record: PromoRecord | None, values: Mapping[str, object]) -> Mapping[str, Sentence]:
        return rule_problems(draft_from(values), self._choices) if self._choices is not None else {}

    def _warning(self, record: PromoRecord | None, values: Mapping[str, object]) -> str:
        limit, until = values.get("most_uses"), values.get("valid_until")
        changed = record is None or record.valid_until != until
        if isinstance(until, datetime) and until <= self.clock.now() and changed:
            return self.tr("The code is over at once: its last moment lies in the past.")
        if record is not None and isinstance(limit, int) and limit <= record.uses and limit != record.most_uses:
            return spoken_count(
                "It was used {count} time already: with a limit of {limit} nobody can use it any more.",
                "It was used {count} times already: with a limit of {limit} nobody can use it any more.",
                record.uses,
                limit=limit,
            )
        return ""

    def _on_choices(self, choices: PromoChoices) -> None:
        self.clock.take(choices.now)
        self.time_zone = choices.time_zone
        self._choices = choices
        self.fields.show_choices(choices)
        super().refresh()

    def prepare(self, values: Mapping[str, object]) -> None:
        """Read and write the amounts in the currency of the code."""
        self.fields.currency.show_value(values.get("currency"))
        self.fields.follow_currency()

    def _currency(self) -> str:
        return next(iter(self._choices.currencies), "") if self._choices is not None else ""

    def _on_opened(self, record: PromoRecord | None) -> None:
        stored = record is not None
        in_batch = record is not None and bool(record.batch)
        ended = record is not None and record.ended_at is not None
        self.uses_button.setVisible(stored)
        self.export_button.setVisible(in_batch)
        self.end_button.setVisible(record is not None and not record.archived)
        self.end_button.setText(f" {self.tr('Reopen') if ended else self.tr('End at once')}")
        self.many_button.setVisible(not in_batch)

    def _on_end(self) -> None:
        self.leave(lambda: self._end_or_reopen(self.record))

    def _end_or_reopen(self, record: PromoRecord) -> None:
        if record.ended_at is not None:
            self._reopen(record)
            return
        lost = (self.tr("No sale takes it from now on, at no till."),)
        sheet = confirm(
            self,
            self.tr("End {0} at once?").format(record.code),
            self.tr("Baskets that have it are told before the money is taken."),
            yes=self.tr("End it"),
            no=self.tr("Let it run"),
            lost=lost,
        )
        sheet.confirmed.connect(lambda: self._end(record))
        if record.batch:
            whole = sheet.add_button(self.tr("End the whole batch"))
            whole.clicked.connect(sheet.close_sheet)
            whole.clicked.connect(lambda: self._end_batch(record))

    def _end(self, record: PromoRecord) -> None:
        self.saving.ask(
            self._office.write(self, end_promo_code, record.promo_code_id),
            lambda stored: self._after(stored, self.tr("“{0}” is ended."), lambda: self._reopen(stored)),
            lambda: self._end(record),
        )

    def _end_batch(self, record: PromoRecord) -> None:
        """End all codes of a record's batch."""

        def ended(codes: Sequence[PromoRecord]) -> None:
            self.refresh()
            self.show_stored(next((one for one in codes if one.promo_code_id == record.promo_code_id), record))
            words = spoken_count(
                "{count} code of “{batch}” is ended.",
                "All {count} codes of “{batch}” are ended.",
                len(codes),
                batch=record.batch,
            )
            self.say(Message(words, "", Level.OK))

        answer = self._office.write(self, end_batch, record.batch)
        self.saving.ask(answer, ended, lambda: self._end_batch(record))

    def _reopen(self, record: PromoRecord) -> None:
        self.saving.ask(
            self._office.write(self, reopen_promo_code, record.promo_code_id),
            lambda stored: self._after(stored, self.tr("“{0}” runs again."), lambda: self._end(stored)),
            lambda: self._reopen(record),
        )

    def _on_batch_made(self, codes: Sequence[PromoRecord]) -> None:
        first = codes[0]
        # The rule went into the batch; what is left in the form is a template that nobody needs any more.
        if self.is_new:
            self.close_form()
        self.list.show_records([*self.list.table.records, *codes])
        self.leave(lambda: self.show_stored(first))
        words = spoken_count(
            "{count} code of “{batch}” was made.",
            "{count} codes of “{batch}” were made.",
            len(codes),
            batch=first.batch,
        )
        self.say(Message(words, "", Level.OK, self.tr("Export…"), lambda: self._batches.export(first.batch)))

    def _on_exported(self, message: Message) -> None:
        self.say(message, _TOAST_SECONDS if message.level is Level.OK else 0)

    def _on_uses(self) -> None:
        record = self.record
        self._office.read_latest(
            self, "redemptions", list_redemptions, promo_code_id=record.promo_code_id, batch=record.batch
        ).then(lambda found: self._show_uses(record, found), lambda error: self.say(message_for(error)))

    def _show_uses(self, record: PromoRecord, found: Sequence[Redemption]) -> None:
        words = self.tr("Redemptions of the batch “{0}”") if record.batch else self.tr("Redemptions of {0}")
        RedemptionsSheet(self, words.format(record.batch or record.code), found, self.time_zone).open()

    def _after(self, stored: PromoRecord, words: str, undo: Callable[[], object]) -> None:
        self.show_stored(stored)
        self.say_done(words.format(stored.code), undo)


def _by_size(one: PromoRecord) -> tuple[str, str, int, int]:
    """Percentages and amounts of different currencies are not to be compared."""
    return one.kind, one.currency, one.value, one.hundredths
