"""Promo codes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.promo_codes.records import PromoStanding
from pos_app.domain.promo_codes.rules import PromoKind, PromoScope
from pos_app.ui.words.amounts import shown_amount, shown_number, shown_percent
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from pos_app.domain.promo_codes.records import PromoDraft, PromoRecord


def _tr(words: str) -> str:
    return QCoreApplication.translate("PromoWords", words)


def takes_words(record: PromoDraft) -> str:
    """Say what it takes off: "10.5 %", "€5.00"."""
    if record.kind is PromoKind.PERCENT:
        return _tr("{0} %").format(shown_percent(record.percent))
    return shown_amount(record.value, record.currency)


def of_what_words(record: PromoDraft) -> str:
    """Say of what it takes that off."""
    if record.kind is PromoKind.PERCENT:
        return _tr("off each ticket")
    return _tr("off each ticket") if record.scope is PromoScope.TICKET else _tr("off the order")


def each_words(record: PromoDraft) -> str:
    """Say what each code of a batch takes off, and of what."""
    of_order = record.kind is PromoKind.AMOUNT and record.scope is PromoScope.ORDER
    words = (
        _tr("Each code: {0} off the order, as in the form.")
        if of_order
        else _tr("Each code: {0} off each ticket, as in the form.")
    )
    return words.format(takes_words(record))


def uses_words(record: PromoRecord) -> str:
    """Say how often it was used: "3", or "3 of 50"."""
    if record.most_uses is None:
        return shown_number(record.uses)
    return _tr("{0} of {1}").format(shown_number(record.uses), shown_number(record.most_uses))


def standing_words(standing: PromoStanding) -> tuple[str, str]:
    """Say how it stands, with the tone to say it in."""
    return {
        PromoStanding.VALID: (_tr("Valid"), "ok"),
        PromoStanding.LATER: (_tr("Not yet"), "accent"),
        PromoStanding.OVER: (_tr("Over"), "muted"),
        PromoStanding.USED_UP: (_tr("Used up"), "warn"),
        PromoStanding.ENDED: (_tr("Ended"), "danger"),
        PromoStanding.ARCHIVED: (_tr("Archived"), "muted"),
    }[standing]


def window_words(record: PromoRecord, standing: PromoStanding, time_zone: str) -> str:
    """Say from or until when: what matters next."""
    if standing is PromoStanding.ENDED and record.ended_at is not None:
        return shown_dated_moment(record.ended_at, time_zone)
    if standing is PromoStanding.LATER and record.valid_from is not None:
        return _tr("from {0}").format(shown_dated_moment(record.valid_from, time_zone))
    if record.valid_until is not None:
        return _tr("until {0}").format(shown_dated_moment(record.valid_until, time_zone))
    return ""
