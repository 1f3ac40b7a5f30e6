"""What each write of a till must change, and no more: the stories that are told with a fault at every statement."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.concurrency import fault_deeds as deeds
from tests.concurrency import gate_deeds
from tests.concurrency.customer_stories import CUSTOMER_STORIES
from tests.concurrency.fault_stage import HALF_PRICE_MINOR
from tests.concurrency.letter_stories import LETTER_STORIES
from tests.concurrency.order_stories import ORDER_STORIES
from tests.concurrency.resale_stories import RESALE_STORIES
from tests.concurrency.reservation_stories import RESERVATION_STORIES
from tests.concurrency.story import Story
from tests.concurrency.waiting_stories import WAITING_STORIES

_TRIES: Final = frozenset({"sign_in_attempt", "sign_in_turn"})
_TAKEN_BACK: Final = {
    "approvals spent": 1,
    "refund": 1,
    "given back minor": 2 * HALF_PRICE_MINOR,
    "taken by refunds minor": 2 * HALF_PRICE_MINOR,
    "order_change": 1,
    "lines void": 2,
    "tickets void": 2,
    "tickets live": -2,
    "prints that gates take": -2,
    "redemptions undone": 1,
    "promo code uses": -1,
    "seats sold": -2,
    "audit_entry": 1,
    "audit numbers": 1,
}

STORIES: Final[dict[str, Story]] = {
    "the first seats are held": Story(deeds.first_seats, {"hold": 1, "seats claimed": 2}),
    "one more seat is held": Story(deeds.one_more_seat, {"seats claimed": 1}),
    "what was free is held": Story(deeds.some_of_many, {"hold": 1, "seats claimed": 1}),
    "seats that are gone are refused": Story(deeds.seats_gone, {}, transactions=0),
    "other seats are taken for some of the basket": Story(deeds.swap, {}),
    "places of an area are held": Story(deeds.places(3), {"hold": 1, "seats claimed": 3}),
    "more places of an area are held": Story(deeds.places(4, before=2), {"seats claimed": 2}),
    "places of an area are given back": Story(deeds.places(1, before=3), {"seats claimed": -2}),
    "the best seats are held": Story(deeds.best_seats, {"hold": 1, "seats claimed": 3}),
    "the next best seats are held instead": Story(partial(deeds.best_seats, instead=True), {}),
    "a hold is extended": Story(deeds.extension, {"holds extended": 1}),
    "a seat is released": Story(deeds.release(1), {"seats claimed": -1}),
    "a basket is released": Story(deeds.release(2), {"seats claimed": -2, "holds closed": 1}),
    "a basket is sold": Story(
        deeds.sale_of_basket,
        {
            "orders": 1,
            "order_change": 1,
            "order_line": 2,
            "payment": 1,
            "paid minor": 2 * HALF_PRICE_MINOR,
            "ticket": 2,
            "tickets live": 2,
            "prints": 2,
            "tickets handed over": 2,
            "ticket_presence": 2,
            "prints that gates take": 2,
            "promo_redemption": 1,
            "promo_share": 2,
            "promo code uses": 1,
            "seats claimed": -2,
            "seats sold": 2,
            "holds closed": 1,
            "audit_entry": 1,
            "audit numbers": 1,
        },
    ),
    "a sale is taken back": Story(deeds.void, _TAKEN_BACK),
    "a sale is taken back with a manager's PIN": Story(
        deeds.approved_void, _TAKEN_BACK, transactions=4, own=3, beside=_TRIES | {"approval"}
    ),
    "another till is asked for a seat": Story(deeds.question, {"release_request": 1}),
    "a seat is let go for another till": Story(deeds.let_go, {"questions answered": 1, "seats claimed": -1}),
    "a cashier signs in": Story(deeds.sign_in, {}, transactions=2, beside=_TRIES),
    "tickets are printed anew": Story(
        deeds.reprint,
        {
            "prints": 2,
            "prints that gates take": 2,
            "order_change": 1,
            "audit_entry": 1,
            "audit_text": 1,
            "audit numbers": 1,
        },
    ),
    "a guest comes in": Story(gate_deeds.scan(), {"check_in": 1, "guests inside": 1, "entries": 1}),
    "a guest goes out": Story(gate_deeds.scan(entered=True, leaving=True), {"check_in": 1, "guests inside": -1}),
    "a guest shows the ticket again": Story(gate_deeds.scan(entered=True), {"check_in": 1}),
    "the others of an order come in": Story(gate_deeds.others, {"check_in": 2, "guests inside": 1, "entries": 1}),
    "an entry is taken back": Story(gate_deeds.undo, {"check-ins undone": 1, "guests inside": -1}),
    **ORDER_STORIES,
    **RESERVATION_STORIES,
    **CUSTOMER_STORIES,
    **LETTER_STORIES,
    **WAITING_STORIES,
    **RESALE_STORIES,
}
