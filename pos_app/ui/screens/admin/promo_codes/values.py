"""A promo code as its form shows it, and back: the form has one field where the rule has two, and two for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from pos_app.domain.percents import WHOLE
from pos_app.domain.promo_codes.records import PromoDraft
from pos_app.domain.promo_codes.rules import PromoKind, PromoScope

if TYPE_CHECKING:
    from collections.abc import Mapping

PERCENT: Final = "percent"
EACH_TICKET: Final = "ticket"
ORDER: Final = "order"

_SAME: Final = (
    "code",
    "valid_from",
    "valid_until",
    "most_uses",
    "most_uses_each",
    "events",
    "performances",
    "categories",
    "ticket_types",
    "combinable",
    "verified_only",
    "note",
)


def values_from(record: PromoDraft, currency: str) -> dict[str, object]:
    """Return what the form shows of a code. currency: the one to begin with where the code has none."""
    of_percent = record.kind is PromoKind.PERCENT
    return {name: getattr(record, name) for name in _SAME} | {
        "currency": record.currency or currency,
        "takes": PERCENT if of_percent else str(record.scope),
        "percent": (record.percent or None) if of_percent else None,
        "amount": None if of_percent else record.value,
        "least_spend": record.least_spend_minor or None,
    }


def draft_from(values: Mapping[str, object]) -> PromoDraft:
    """Return the rule that the form holds; a value that is missing is nothing, which the service refuses."""
    takes = values["takes"]
    typed = values.get("percent") if takes == PERCENT else values.get("amount")
    value, hundredths = divmod(typed, WHOLE if takes == PERCENT else 1) if isinstance(typed, int) else (0, 0)
    same = cast("dict[str, Any]", {name: values[name] for name in _SAME if name in values})
    return PromoDraft(
        **same,
        currency=str(values.get("currency") or ""),
        kind=PromoKind.PERCENT if takes == PERCENT else PromoKind.AMOUNT,
        scope=PromoScope.ORDER if takes == ORDER else PromoScope.TICKET,
        value=value,
        hundredths=hundredths,
        least_spend_minor=least if isinstance(least := values.get("least_spend"), int) else 0,
    )
