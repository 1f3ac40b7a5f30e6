from __future__ import annotations

import pytest

from pos_app.domain.errors import OtherCurrency
from pos_app.domain.selling.one_currency import require_one_currency


@pytest.mark.parametrize(("currency", "held"), [("EUR", "EUR"), ("CHF", "CHF"), ("CHF", "")])
def test_what_is_paid_alike_goes_together(currency: str, held: str) -> None:
    require_one_currency("Play", currency, held)


def test_what_is_paid_otherwise_is_refused_with_both_currencies_and_the_way() -> None:
    with pytest.raises(OtherCurrency) as refused:
        require_one_currency("Play", "CHF", "EUR")
    assert refused.value.message == "“Play” is sold in CHF, and what is in the basket is paid in EUR."
    assert refused.value.advice == "Pay for what is in the basket first, or release it."
