"""A house whose books are opened, after some trade and some work of its manager; what a thief does is by plain SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pos_app.domain.promo_codes.records import PromoBatch, PromoDraft
from pos_app.domain.roles import Role
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.season.prices import PriceDraft
from pos_app.domain.seats import ClaimKind
from pos_app.domain.selling.sales import VoidRequest
from pos_app.domain.staff.members import StaffDraft
from pos_app.services.books import open_books
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.promo_codes.batches import end_batch, make_batch
from pos_app.services.promo_codes.records import end_promo_code, reopen_promo_code, save_promo_code
from pos_app.services.season.cancellations import cancel_performance, reinstate_performance
from pos_app.services.season.dates import repeat_performance
from pos_app.services.season.kept_seats import change_kept, keep_back, release_kept
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import draft_of, save_performance
from pos_app.services.season.prices import load_price_grid, save_prices
from pos_app.services.staff.members import add_staff_member, archive_staff_member, save_staff_member
from pos_app.services.tills.records import revoke_key
from pos_app.services.tills.registering import enrol_key
from tests.doctor.conftest import Evening, trade
from tests.small_house import allow, sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale
    from tests.small_house import SmallHouse


@dataclass(frozen=True)
class Season(Evening):
    """An evening before the books were opened, and what was sold since.

    new_sale: row 1, seats 5 and 6, cash; the second ticket was printed anew. new_void: row 1, seat 7, taken back.
    """

    new_sale: Sale
    new_void: Sale

    def found(self, *statements: str, **values: object) -> list[str]:
        """Do what no service does; return what the judge says then: subject, what is wrong, and what to do."""
        self.change(*statements, **values)
        return [f"{one.subject}: {one.message} -> {one.advice}" for one in self.judge()]


def honest_season(session: Session, small: SmallHouse) -> Season:
    """Trade before the books are opened; afterwards trade once more, and all that a manager decides, by the program."""
    old = trade(session, small)
    open_books(session)
    sale = sell_seats(session, small, small.seats_of(1, (5, 6)))
    void = sell_seats(session, small, small.seats_of(1, (7,)))
    void_order(session, small.cashier, VoidRequest("void-2", void.order_id, "wrong night", allow(session, small)))
    reissue_tickets(session, small.cashier, sale.ticket_ids[1:], request_id="anew", reason="coffee on it")
    reissue_tickets(session, small.cashier, old.sale.ticket_ids[1:2], request_id="anew-2", reason="paper jam")
    manage(session, small)
    return Season(**vars(old), new_sale=sale, new_void=void)


def manage(session: Session, small: SmallHouse) -> None:
    """Decide a little of everything."""
    boss = small.manager
    added = add_staff_member(session, boss, StaffDraft("Nina New", Role.CASHIER), password_hash="hash-1")
    save_staff_member(session, boss, added, StaffDraft("Nina New", Role.DOOR_STEWARD))
    gone = add_staff_member(session, boss, StaffDraft("Otto Out", Role.CASHIER), password_hash="hash-2")
    archive_staff_member(session, boss, gone.staff_id)
    revoke_key(session, boss, enrol_key(session, boss, "ab" * 32))
    enrol_key(session, boss, "cd" * 32)
    grid = load_price_grid(session, boss, small.performance_id)
    dearer = {kind: amount + 100 for kind, amount in grid.amounts.items()}
    save_prices(session, boss, grid, PriceDraft(dearer, 10, 20))
    evening = load_performance_record(session, small.gala_id)
    hour = timedelta(hours=1)
    save_performance(session, boss, evening, replace(draft_of(evening), doors_at=evening.starts_at - hour))
    (again,) = repeat_performance(session, boss, small.performance_id, [evening.starts_at + timedelta(days=3)])
    cancel_performance(session, boss, again.performance_id, "the singer is ill")
    reinstate_performance(session, boss, again.performance_id)
    draft = PromoDraft(code="AUTUMN", value=15, most_uses=5)
    code = save_promo_code(session, boss, None, draft)
    end_promo_code(session, boss, code.promo_code_id)
    code = reopen_promo_code(session, boss, code.promo_code_id)
    save_promo_code(session, boss, code, replace(draft, value=20))
    for name in ("spring", "winter"):
        make_batch(session, boss, PromoBatch(name, name[:3].upper(), 3, 6, PromoDraft(value=10)))
    end_batch(session, boss, "winter")
    seats = [small.seat_id(4, number) for number in (7, 8, 9)]
    why = KeepDraft(ClaimKind.HOUSE, "press")
    kept = keep_back(session, boss, "keep-1", small.performance_id, seats, why)
    kept = change_kept(session, boss, kept, KeepDraft(ClaimKind.BLOCKED, "pillar"))
    release_kept(session, boss, kept.kept_id, seats[:1])
