"""What each change of a customer must change, and no more."""

from __future__ import annotations

from typing import Final

from tests.concurrency import customer_deeds as deeds
from tests.concurrency.story import Story

_AUDITED: Final = {"audit_entry": 1, "audit numbers": 1}

CUSTOMER_STORIES: Final[dict[str, Story]] = {
    "a customer is made": Story(
        deeds.making, {**_AUDITED, "customer": 1, "customers with an address": 1, "search_word": 12}
    ),
    # By what it was found before, it is found still.
    "a customer is edited": Story(deeds.editing, {**_AUDITED, "search_word": 4}),
    "a customer is put away": Story(deeds.putting_away, {**_AUDITED, "customers put away": 1}),
    "a code is sent": Story(
        deeds.sending_a_code,
        {
            **_AUDITED,
            "email_verification": 1,
            "outbox_email": 1,
            "letters with an address": 1,
            "letters of customers": 1,
        },
    ),
    "a code is typed": Story(
        deeds.typing_a_code, {**_AUDITED, "codes tried": 1, "codes used": 1, "addresses verified": 1}
    ),
    "two customers are merged": Story(
        deeds.merging, {**_AUDITED, "customers merged": 1, "customers with an address": -1, "search_word": -6}
    ),
    "a customer is erased": Story(
        deeds.erasing,
        {
            **_AUDITED,
            "customers erased": 1,
            "customers with an address": -1,
            "orders with a name": -1,
            # The confirmation waited still: it is told to nobody.
            "letters stopped": 1,
            "letters with an address": -1,
            "search_word": -26,
        },
    ),
}
