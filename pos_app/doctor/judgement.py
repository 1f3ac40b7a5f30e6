"""Ask every question, in the order in which a person would want the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.doctor.approvals import judge_approvals
from pos_app.doctor.audit import judge_audit
from pos_app.doctor.changes import judge_changes
from pos_app.doctor.check_ins import judge_check_ins, judge_entries
from pos_app.doctor.customers import judge_customers
from pos_app.doctor.holds import judge_holds
from pos_app.doctor.inventory import judge_inventory
from pos_app.doctor.kept_back import judge_kept_back
from pos_app.doctor.keys import judge_keys
from pos_app.doctor.letters import judge_letters
from pos_app.doctor.money import judge_payments, judge_totals
from pos_app.doctor.names import Names
from pos_app.doctor.offers import judge_offers, judge_spent_offers
from pos_app.doctor.performances import judge_ends
from pos_app.doctor.promo_codes import judge_promo_codes
from pos_app.doctor.refunds import judge_refunds
from pos_app.doctor.resale import judge_resale, judge_resold
from pos_app.doctor.reservations import judge_pick_ups, judge_releases, judge_reserved_lines, judge_reserved_seats
from pos_app.doctor.search_words import judge_search_words
from pos_app.doctor.snapshot import one_moment
from pos_app.doctor.sold_places import judge_live_lines, judge_sold_places
from pos_app.doctor.strays import judge_strays
from pos_app.doctor.tickets import judge_all_tickets, judge_one_ticket, judge_presence, judge_ticket_places
from pos_app.doctor.told.changed_lines import judge_told_lines
from pos_app.doctor.told.given_back import judge_told_payments, judge_told_refunds
from pos_app.doctor.told.kept_back import judge_told_keeping
from pos_app.doctor.told.performances import judge_performances
from pos_app.doctor.told.prices import judge_prices
from pos_app.doctor.told.promo_codes import judge_told_codes
from pos_app.doctor.told.staff import judge_staff
from pos_app.doctor.told.till_keys import judge_till_keys
from pos_app.doctor.told.trade import judge_sold_baskets, judge_told_orders, judge_told_prints
from pos_app.doctor.told.trail import Trail
from pos_app.doctor.unserved import judge_unserved
from pos_app.doctor.waiting_lists import judge_entries as judge_waiting
from pos_app.doctor.waiting_lists import judge_guards
from pos_app.doctor.work_lists import judge_work_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.findings import Finding

_QUESTIONS: Final[tuple[Callable[[Session, Names], Iterator[Finding]], ...]] = (
    judge_inventory,
    judge_one_ticket,
    judge_sold_places,
    judge_live_lines,
    judge_all_tickets,
    judge_ticket_places,
    judge_presence,
    judge_changes,
    judge_totals,
    judge_payments,
    judge_refunds,
    judge_approvals,
    judge_work_lists,
    judge_holds,
    judge_reserved_seats,
    judge_reserved_lines,
    judge_releases,
    judge_pick_ups,
    judge_kept_back,
    judge_guards,
    judge_offers,
    judge_spent_offers,
    judge_waiting,
    judge_unserved,
    judge_resale,
    judge_resold,
    judge_promo_codes,
    judge_ends,
    judge_check_ins,
    judge_entries,
    judge_search_words,
    judge_customers,
    judge_letters,
    judge_keys,
    judge_strays,
)
_TOLD: Final[tuple[Callable[[Session, Names, Trail], Iterator[Finding]], ...]] = (
    judge_told_orders,
    judge_told_refunds,
    judge_told_payments,
    judge_told_lines,
    judge_told_prints,
    judge_sold_baskets,
    judge_staff,
    judge_till_keys,
    judge_prices,
    judge_performances,
    judge_told_codes,
    judge_told_keeping,
)
"""Asked last, when the audit was read."""


def judge_database(session: Session) -> tuple[Finding, ...]:
    """Return what is wrong with the database; empty: it is sound. Only reads, and sees one moment of a busy house.

    Run it by Database.read. A place may appear under several rules when one fault breaks several promises.
    """
    with one_moment(session):
        names = Names(session)
        found = [finding for question in _QUESTIONS for finding in question(session, names)]
        trail = Trail()
        found += judge_audit(session, trail)
        found += [finding for question in _TOLD for finding in question(session, names, trail)]
        # One strange entry of the audit may be in the way of several questions.
        return tuple(dict.fromkeys(found))
