"""Somebody is met by the end of waiting as soon as one party, one offer or one ticket on resale is there."""

from __future__ import annotations

import pytest

from pos_app.domain.season.waiting_met import NOBODY_WAITS, WaitingMet


@pytest.mark.parametrize("met", [WaitingMet(parties=1), WaitingMet(offers=1), WaitingMet(resales=1)])
def test_one_of_anything_is_somebody(met: WaitingMet) -> None:
    assert met.is_any
    assert not NOBODY_WAITS.is_any
