"""The questions before an exchange: why, and who allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.roles import Permission
from pos_app.flows.sign_in import approve
from pos_app.services.staff.choices import list_approvers
from pos_app.ui.screens.selling.exchange.back_sheet import ExchangeSheet
from pos_app.ui.screens.selling.exchange.words import allowed_words
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.lists import following
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.exchanges import ExchangePreview
    from pos_app.ui.office import Office
    from pos_app.ui.widgets.sheets.confirm import ConfirmSheet


def ask_reason(screen: QWidget, number: str, preview: ExchangePreview, typed: str) -> ExchangeSheet:
    """Show what an exchange comes to, and ask why it is made. typed: what was answered before."""
    sheet = ExchangeSheet(
        screen,
        number,
        preview,
        (
            _tr("Other seats"),
            _tr("To sit together"),
            _tr("Another evening"),
            _tr("Cannot see the stage"),
        ),
    )
    sheet.reason_field.setText(typed)
    sheet.open()
    return sheet


def ask_whether(screen: QWidget, number: str) -> ConfirmSheet:
    """Ask whether ticket types are changed for the same money."""
    title = _tr("Exchange for order {0}").format(grouped(number))
    words = _tr("There is nothing to pay. The old tickets become void, and new ones take their place.")
    return confirm(screen, title, words, yes=_tr("Exchange"), danger=False)


def ask_manager(
    office: Office,
    over: QWidget,
    number: str,
    reason: str,
    preview: ExchangePreview,
    allowed: Callable[[int | None], object],
) -> ApprovalSheet:
    """Ask a manager to allow an exchange, over what is open; then say which approval it is."""
    about = following(*map(spoken, preview.why), reason)
    sheet = ApprovalSheet(over, allowed_words(number, preview), about, yes=_tr("Allow the exchange"))

    def settle(approval_id: int | None) -> None:
        sheet.close_sheet()
        allowed(approval_id)

    sheet.given.connect(
        lambda approval: office.run_flow(sheet, approve, approval, Permission.REFUND).then(settle, sheet.refuse)
    )
    sheet.open()
    office.background.read_latest(sheet, "approvers", list_approvers).then(sheet.show_managers, sheet.refuse)
    return sheet


def _tr(words: str) -> str:
    return QCoreApplication.translate("Exchange", words)
