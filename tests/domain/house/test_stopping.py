from __future__ import annotations

import pytest

from pos_app.domain.house.setup import SetupRefused, Trouble
from pos_app.domain.house.stopping import Stop


def test_whoever_waits_is_let_off_at_once_and_told_so() -> None:
    stop, hung_up = Stop(), []
    stop.check()
    stop.watch(lambda: hung_up.append("first"))
    stop.watch(lambda: hung_up.append("second"))
    stop.ask()
    assert hung_up == ["second"], "the first one has answered since"
    with pytest.raises(SetupRefused) as refused:
        stop.check()
    assert refused.value.trouble is Trouble.CANCELLED


def test_nothing_is_begun_once_somebody_has_asked_to_stop() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(SetupRefused):
        stop.watch(lambda: None)
