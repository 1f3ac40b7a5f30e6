"""One basket is paid in one currency."""

from __future__ import annotations

from pos_app.domain.errors import OtherCurrency
from pos_app.domain.sentences import say


def require_one_currency(title: str, currency: str, held: str) -> None:
    """Raise OtherCurrency where a performance is sold in another currency than what a basket holds ("": nothing)."""
    if held and currency != held:
        raise OtherCurrency(
            say(
                "“{title}” is sold in {currency}, and what is in the basket is paid in {held}.",
                title=title,
                currency=currency,
                held=held,
            ),
            advice=say("Pay for what is in the basket first, or release it."),
        )
