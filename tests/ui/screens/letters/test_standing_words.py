from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.letters.sending import Trouble
from pos_app.domain.letters.settings import MailSettings
from pos_app.domain.letters.standing import SenderStanding, SendingStanding
from pos_app.ui.screens.letters.standing_words import standing_words

pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
SET = MailSettings(server="mail.example.org", sender_address="tickets@example.org")


def till(name: str, minutes: float | None) -> SenderStanding:
    """Return a till whose queue rests for so many minutes more."""
    again = None if minutes is None else NOW + timedelta(minutes=minutes)
    return SenderStanding(1, name, Trouble.CONNECTION, "refused", NOW, again, NOW, is_alive=True)


def told(*tills: SenderStanding, waiting: int = 3) -> str:
    standing = SendingStanding(waiting, 0, NOW, tills, NOW)
    return standing_words(SET, standing, "Europe/Dublin", may_manage=True)


def test_a_queue_that_rests_says_when_it_is_tried_again() -> None:
    words = told(till("Till 1", 10), till("Till 2", 5))
    assert "Till 1, Till 2: The mail server cannot be reached." in words
    assert "It is tried again by itself at 15:05." in words
    assert words.endswith("3 letters wait.")


@pytest.mark.parametrize(("minutes", "waiting"), [(None, 3), (-1, 3), (5, 0)])
def test_where_that_is_now_or_nothing_waits_no_time_is_told(minutes: float | None, waiting: int) -> None:
    assert "tried again" not in told(till("Till 1", minutes), waiting=waiting)
