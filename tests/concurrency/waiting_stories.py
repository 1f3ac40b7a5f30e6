"""What each change of a waiting list must change, and no more. Each party is two people."""

from __future__ import annotations

from typing import Final

from tests.concurrency import waiting_deeds as deeds
from tests.concurrency.story import Story

_AUDITED: Final = {"audit_entry": 1, "audit numbers": 1}
_WITH_A_REASON: Final = {**_AUDITED, "audit_text": 1}
_OFFERED: Final = {"waiting_offer": 1, "offers open": 1, "seats offered": 2, "seats claimed": 2, "seats of a list": 2}
_FREE_AGAIN: Final = {"offers open": -1, "seats offered": -2, "seats claimed": -2, "seats of a list": -2}
_LETTER: Final = {"outbox_email": 1, "letters with an address": 1, "letters of customers": 1}
_INSTEAD: Final = {**_LETTER, "letters stopped": 1}
"""The letter before it waited still: it is told to nobody."""
_JOBS: Final = frozenset({"audit_head"})
"""The chain of what no hand does begins with the first of them."""
_ALL_SEATS: Final = frozenset({"seats of a list"})

WAITING_STORIES: Final[dict[str, Story]] = {
    "a party joins a waiting list": Story(
        deeds.joining, {**_AUDITED, **_LETTER, "waiting_entry": 1, "parties waiting": 1}
    ),
    "a party joins while seats are free": Story(
        deeds.joining_what_is_free, {**_AUDITED, **_OFFERED, **_LETTER, "waiting_entry": 1, "parties offered": 1}
    ),
    "a party leaves a waiting list": Story(deeds.leaving, {**_AUDITED, "parties waiting": -1, "parties left": 1}),
    "a party is moved up": Story(deeds.moving_up, _WITH_A_REASON),
    "an order is refunded for which a party waits": Story(
        deeds.refunding,
        {
            **_AUDITED,
            **_OFFERED,
            **_INSTEAD,
            "parties waiting": -1,
            "parties offered": 1,
            "approvals spent": 1,
            "order_change": 1,
            "lines returned": 2,
            "tickets void": 2,
            "tickets live": -2,
            "prints that gates take": -2,
            "refund": 1,
            "given back minor": deeds.TWO_MINOR,
            "taken by refunds minor": deeds.TWO_MINOR,
            "seats sold": -2,
        },
    ),
    "an offer is opened for paying": Story(
        deeds.opening_an_offer,
        {"hold": 1, "holds with offers": 1, "offers open for paying": 1, "seats offered": -2},
    ),
    "an offer is left unpaid": Story(
        deeds.leaving_an_offer, {"holds closed": 1, "offers open for paying": -1, "seats offered": 2}
    ),
    "an offer is sold": Story(
        deeds.selling_an_offer,
        {
            **_AUDITED,
            "parties offered": -1,
            "parties sold": 1,
            "offers open": -1,
            "offers open for paying": -1,
            "offers sold": 1,
            "orders": 1,
            "order_change": 1,
            "order_line": 2,
            "payment": 1,
            "paid minor": deeds.TWO_MINOR,
            "ticket": 2,
            "tickets live": 2,
            "prints": 2,
            "tickets handed over": 2,
            "ticket_presence": 2,
            "prints that gates take": 2,
            "seats claimed": -2,
            "seats sold": 2,
            "holds closed": 1,
        },
    ),
    "an offer is over": Story(
        deeds.lapsing(passed_on=False),
        {**_AUDITED, **_FREE_AGAIN, **_INSTEAD, "offers lapsed": 1, "parties offered": -1, "parties lapsed": 1},
        beside=_JOBS,
    ),
    "an offer is over and passes on": Story(
        deeds.lapsing(passed_on=True),
        {
            **_AUDITED,
            **{name: 2 * number for name, number in _INSTEAD.items()},
            "waiting_offer": 1,
            "offers lapsed": 1,
            "parties waiting": -1,
            "parties lapsed": 1,
        },
        beside=_JOBS,
    ),
    "an offer is withdrawn": Story(
        deeds.withdrawing,
        {
            **_WITH_A_REASON,
            **_FREE_AGAIN,
            **_INSTEAD,
            "offers withdrawn": 1,
            "parties offered": -1,
            "parties closed": 1,
        },
    ),
    "a waiting list is closed": Story(
        deeds.closing,
        {**_WITH_A_REASON, **_INSTEAD, "lists open": -1, "parties waiting": -1, "parties closed": 1},
        beside=_ALL_SEATS,
    ),
    "a waiting list is opened": Story(deeds.opening, {**_AUDITED, "lists open": 1}, beside=_ALL_SEATS),
}
