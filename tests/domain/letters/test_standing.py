from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pos_app.domain.letters.sending import Trouble
from pos_app.domain.letters.standing import AT_REST, TAKES, SenderStanding, SendingStanding, is_heard_of

NOW = datetime(2026, 12, 1, 14, 5)  # noqa: DTZ001 - UTC, as the server tells it
SOON = timedelta(seconds=1)
QUICK = timedelta()


def till(name: str, *, seen: timedelta, trouble: Trouble | None = None, is_alive: bool = False) -> SenderStanding:
    return SenderStanding(1, name, trouble, "", NOW, None, NOW - seen, is_alive)


def sending(*senders: SenderStanding) -> SendingStanding:
    return SendingStanding(1, 0, NOW, senders, NOW)


@pytest.mark.parametrize(
    ("seen", "rests", "waits", "heard"),
    [
        (AT_REST - SOON, None, None, True),
        (AT_REST, None, None, False),
        (TAKES - SOON, None, AT_REST, True),
        (TAKES, None, AT_REST, False),
        (AT_REST, None, TAKES - SOON, True),
        (AT_REST, None, TAKES, False),
        (AT_REST, SOON, AT_REST, True),
        (AT_REST, SOON - TAKES, AT_REST, True),
        (AT_REST, -TAKES, AT_REST, False),
        (AT_REST, -TAKES, None, True),
    ],
)
def test_a_till_is_counted_on_until_it_should_have_been_heard_of(
    seen: timedelta, rests: timedelta | None, waits: timedelta | None, *, heard: bool
) -> None:
    """seen: so long ago; rests: for so long from now; waits: so long a letter has."""
    next_at = None if rests is None else NOW + rests
    due_at = None if waits is None else NOW - waits
    assert is_heard_of(NOW, NOW - seen, next_at=next_at, due_at=due_at, pace=QUICK) == heard


def test_the_one_that_was_heard_of_last_is_named_where_none_is_any_more() -> None:
    first, last = till("Till 1", seen=timedelta(minutes=9)), till("Till 2", seen=timedelta(minutes=4))
    assert sending(first, last).silent == last
    assert sending(first, last).fell_silent == last
    assert sending(till("Till 3", seen=SOON, is_alive=True)).silent is None


def test_who_had_trouble_or_went_home_long_ago_did_not_fall_silent() -> None:
    assert sending(till("Till 1", seen=timedelta(minutes=4), trouble=Trouble.TLS_MISSING)).fell_silent is None
    assert sending(till("Till 1", seen=timedelta(hours=2))).fell_silent is None
