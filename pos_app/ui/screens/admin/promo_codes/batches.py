"""What concerns many codes at once: making them, exporting them, ending them; and who used them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from pos_app.domain.editing import FieldRefused
from pos_app.services.promo_codes.batches import end_batch, export_batch, list_redemptions, make_batch
from pos_app.ui.screens.admin.promo_codes.batch_sheet import BatchSheet
from pos_app.ui.screens.admin.promo_codes.redemptions_sheet import RedemptionsSheet
from pos_app.ui.screens.admin.promo_codes.values import draft_from
from pos_app.ui.screens.admin.promo_codes.words import of_what_words, takes_words
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.promo_codes.records import PromoBatch, PromoRecord, Redemption
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.promo_codes.page import PromoCodesPage

_TOAST_SECONDS = 12


class BatchDesk(QObject):
    """Works for the page of promo codes. No signals."""

    def __init__(self, page: PromoCodesPage, office: Office) -> None:
        super().__init__(page)
        self._page = page
        self._office = office

    def ask(self) -> BatchSheet | None:
        """Ask what a batch is to look like; its rule is the one in the form, saved or not."""
        page = self._page
        try:
            rule = draft_from(page.form.values())
        except FieldRefused as error:
            page.form.show_problems(error.fields)
            return None
        if not rule.value:
            page.form.show_problems(
                {"percent": self.tr("Type what each code takes off."), "amount": self.tr("Type it.")}
            )
            return None
        if rule.valid_until is not None and rule.valid_until <= page.now():
            page.form.show_problems({"valid_until": self.tr("This is past: no code of a batch could be used.")})
            return None
        sheet = BatchSheet(page, rule, f"{takes_words(rule)} {of_what_words(rule)}")
        sheet.given.connect(lambda batch: self._make(sheet, batch))
        sheet.open()
        return sheet

    def export(self, record: PromoRecord) -> None:
        """Write the codes of a record's batch to a file of the manager's choice."""
        path = self._page.ask_path(f"{record.batch}.csv")
        if path:
            self._office.write(self._page, export_batch, record.batch).then(
                lambda content: self._write(path, content), self._say
            )

    def end(self, record: PromoRecord) -> None:
        """End all codes of a record's batch."""
        page = self._page

        def ended(codes: Sequence[PromoRecord]) -> None:
            page.refresh()
            same = next((one for one in codes if one.promo_code_id == record.promo_code_id), record)
            page.show_stored(same)
            words = self.tr("All {0} codes of “{1}” are ended.").format(shown_number(len(codes)), record.batch)
            page.say(Message(words, "", Level.OK))

        page.saving.ask(self._office.write(page, end_batch, record.batch), ended, lambda: self.end(record))

    def show_redemptions(self, record: PromoRecord) -> None:
        """Show who used a code, or any code of its batch."""
        self._office.read_latest(
            self._page, "redemptions", list_redemptions, promo_code_id=record.promo_code_id, batch=record.batch
        ).then(lambda found: self._open_redemptions(record, found), self._say)

    def _open_redemptions(self, record: PromoRecord, found: Sequence[Redemption]) -> None:
        words = self.tr("Redemptions of the batch “{0}”") if record.batch else self.tr("Redemptions of {0}")
        title = words.format(record.batch or record.code)
        RedemptionsSheet(self._page, title, found, self._page.time_zone).open()

    def _make(self, sheet: BatchSheet, batch: PromoBatch) -> None:
        self._office.write(self._page, make_batch, batch).then(
            lambda codes: self._on_made(sheet, codes), sheet.show_refusal
        )

    def _on_made(self, sheet: BatchSheet, codes: Sequence[PromoRecord]) -> None:
        page, first = self._page, codes[0]
        sheet.close_sheet()
        # The rule went into the batch; what is left in the form is a template that nobody needs any more.
        if page.is_new:
            page.close_form()
        page.add_records(codes)
        page.leave(lambda: page.show_stored(first))
        words = self.tr("{0} codes of “{1}” were made.").format(shown_number(len(codes)), first.batch)
        page.say(Message(words, "", Level.OK, self.tr("Export…"), lambda: self.export(first)))

    def _write(self, path: str, content: bytes) -> None:
        self._office.background.outside(self._page, Path(path).write_bytes, content).then(
            lambda _done: self._on_written(path), self._on_unwritten
        )

    def _on_written(self, path: str) -> None:
        self._page.say(Message(self.tr("The codes were exported."), path, Level.OK), _TOAST_SECONDS)

    def _on_unwritten(self, error: Exception) -> None:
        if isinstance(error, OSError):
            words = self.tr("The file could not be written: {0}.").format(error.strerror or str(error))
            self._page.say(Message(words, self.tr("Choose another place."), Level.WARNING))
        else:
            self._say(error)

    def _say(self, error: Exception) -> None:
        self._page.say(message_for(error))


def ask_for_path(parent: PromoCodesPage, name: str) -> str:
    """Ask for a file to write codes to; "" for none."""
    path, _ = QFileDialog.getSaveFileName(parent, parent.tr("Export the codes"), name, "CSV (*.csv)")
    return path
