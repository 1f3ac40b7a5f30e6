"""What a test of the connection that fails says."""

from __future__ import annotations

import pytest

from pos_app.db.probe.probing import probe_database
from pos_app.domain.house.setup import ServerAccount, SetupRefused
from pos_app.domain.house.stopping import Stop


def refusal(account: ServerAccount) -> SetupRefused:
    """Return why an account cannot be used: one sentence of what is wrong, and one of what to do."""
    with pytest.raises(SetupRefused) as refused:
        probe_database(account, Stop())
    told = refused.value
    for sentence in (told.message, told.advice):
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
    assert ". " not in told.message
    return told
