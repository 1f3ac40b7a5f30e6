"""A small house in which something of everything has happened."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Customer, Event, Order, OrderLine, Ticket, WorkItem
from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import SignInRefused
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.domain.local_times import wall_time
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.exchanges import SwapRequest
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.orders.reservations import KeepLongerRequest, PickUpRequest, ReserveRequest
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.domain.promo_codes.records import PromoDraft
from pos_app.domain.roles import Permission, Role
from pos_app.domain.season.events import Artwork
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, VoidRequest
from pos_app.domain.staff.sign_in import Approval
from pos_app.domain.takeover.file import read_season_file
from pos_app.flows.sign_in import approve, recognise
from pos_app.services.customers.records import add_customer
from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.house.mail import load_mail_settings, save_mail_settings
from pos_app.services.letters.outcomes import SentText, finish
from pos_app.services.letters.queue import claim_next, hand_over
from pos_app.services.letters.senders import note_sending
from pos_app.services.letters.templates import load_template, save_template
from pos_app.services.letters.verifying import send_code
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.refunds.making import preview_refund, refund
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.reservations.keeping import keep_longer
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.orders.work_lists.steps import work_off
from pos_app.services.promo_codes.records import save_promo_code
from pos_app.services.season.events import set_artwork
from pos_app.services.season.kept_seats import keep_back, release_kept
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import add_performance, draft_of, save_performance
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.holds import extend_hold, place_hold, release_seats
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from pos_app.services.staff.house_keys import make_house_keys, store_recovery
from pos_app.services.takeover.taking_over import take_over
from tests.db.schema.history.waiting import let_parties_wait
from tests.small_house import GALA_ORDER_FEE_MINOR, NAMES, PINS, SmallHouse, allow, build_small_house, sell_seats
from tests.standing import add_standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.seats import SeatKey

CODE: Final = "SPRING"
GUEST: Final = "Ægir Ñandú 🎭 Çelik"
_LONG, _GIVEN_UP = "a long basket", "a basket given up"
_PICTURE: Final = b"\x89PNG\r\n\x1a\n\0of a cherry tree"


def live_through(database: Database) -> None:
    """Build the house in an empty schema, and let all of it happen."""
    house = database.transact(build_small_house, rows=4, seats_per_row=6)
    area = database.transact(add_standing, house, 4)
    for deed in (_begin_baskets, _sell_and_correct, _let_in, _go_on_with_baskets, _set_up):
        database.transact(deed, house)
    database.transact(_fill_the_floor, house, area)
    database.transact(_change_a_sale, house)
    database.transact(_work_off, house)
    database.transact(_keep_for_a_customer, house)
    database.transact(_send_letters, house)
    database.transact(let_parties_wait, house)
    with suppress(SignInRefused):
        recognise(database, NAMES[Role.CASHIER], "forgotten", house.till_id)
    approve(database, house.cashier, Approval(house.manager.staff_id, PINS[Role.MANAGER]), Permission.GIVE_AWAY)
    database.transact(_give_keys, house)


def _give_keys(session: Session, house: SmallHouse) -> None:
    """Make the keys of the house, and a recovery sheet; what wraps them is no key of anybody."""
    keys, nobodys = new_house_keys(), WrappingKey("00" * 16, bytes(32))
    make_house_keys(session, house.manager, keys, nobodys)
    store_recovery(session, house.manager, keys, nobodys)


def _begin_baskets(session: Session, house: SmallHouse) -> None:
    seats = (*house.seats_of(3, (1, 2)), house.seat(3, 1, house.gala_id))
    place_hold(session, house.cashier, uuid4().hex, seats)
    place_hold(session, house.cashier, _LONG, house.seats_of(3, (3, 4, 5)))
    place_hold(session, house.cashier, _GIVEN_UP, [house.seat(3, 6)])


def _sell_and_correct(session: Session, house: SmallHouse) -> None:
    """Sell with a promo code, by card, for nothing, and what is taken back; print anew."""
    save_promo_code(session, house.manager, None, PromoDraft(code=CODE, value=50, most_uses=10, note="Österaktion"))
    part = PromoDraft("VELVET", value=10, hundredths=50, currency="EUR", least_spend_minor=3_000_000_000)
    save_promo_code(session, house.manager, None, part)
    _redeem(session, house, house.seats_of(1, (1, 2)))
    undone = _redeem(session, house, house.seats_of(1, (3,)))
    gala = sell_seats(session, house, house.seats_of(1, (4, 5), house.gala_id))
    sell_seats(session, house, [house.seat(1, 6)], ticket_type_id=house.complimentary_id)
    for order_id in (undone, sell_seats(session, house, house.seats_of(2, (1, 2))).order_id):
        request = VoidRequest(uuid4().hex, order_id, "wrong evening", allow(session, house))
        void_order(session, house.cashier, request)
    reissue_tickets(session, house.cashier, gala.ticket_ids[:1], request_id=uuid4().hex, reason="paper jam")


def _keep_for_a_customer(session: Session, house: SmallHouse) -> None:
    """Reserve for a customer, keep it longer, and let one of two seats be picked up."""
    draft = CustomerDraft(GUEST, "aegir.two@example.org", "+354 555 0199", marks=("Press",), letters=True)
    customer = add_customer(session, house.cashier, draft, request_id=uuid4().hex)
    basket, seats = uuid4().hex, house.seats_of(4, (5, 6), house.gala_id)
    place_hold(session, house.cashier, basket, seats)
    lines = tuple(SaleLine(seat, house.adult_id) for seat in seats)
    total = price_basket(session, lines).totals.total_minor
    asked = ReserveRequest(uuid4().hex, basket, lines, total, GUEST, customer_id=customer.customer_id)
    made = reserve(session, house.cashier, asked)
    longer = made.release_at + timedelta(minutes=5)
    revision = session.get_one(Order, made.order_id, populate_existing=True).revision
    keep_longer(session, house.cashier, KeepLongerRequest(uuid4().hex, made.order_id, revision, longer, "on the train"))
    paying = uuid4().hex
    opened = open_pick_up(session, house.cashier, made.order_id, paying)
    first = next(line for line in opened.lines if line.seat is not None)
    with_it = {first.line_id, None}
    due = first.told_minor + sum(
        one.told_minor for one in opened.lines if one.kind is LineKind.FEE and one.for_line_id in with_it
    )
    tender = Tender(PaymentMethod.CASH, due, due)
    pick_up(session, house.cashier, PickUpRequest(uuid4().hex, made.order_id, paying, (first.line_id,), due, tender))


def _send_letters(session: Session, house: SmallHouse) -> None:
    """Word a letter, send a code, and try two letters: one leaves, and a till that died has the other one."""
    usual = load_mail_settings(session)
    ours = replace(usual, server="mail.example.org", sender_address="tickets@example.org")
    save_mail_settings(session, house.manager, usual, ours)
    standard = load_template(session, LetterKind.CONFIRMATION, "en_GB")
    save_template(session, house.manager, standard, replace(standard, subject="Your tickets, {order}"))
    customer = session.scalars(select(Customer.id).where(Customer.email_key == "aegir.two@example.org")).one()
    send_code(session, house.cashier, customer, uuid4().hex)
    first = claim_next(session, house.till_id, uuid4().hex, domain="example.org")
    assert first is not None
    hand_over(session, first)
    finish(session, first, Tried(Outcome.SENT), SentText("Yours", "Dear Ægir", "[]"))
    assert claim_next(session, house.till_id, uuid4().hex, domain="example.org") is not None
    note_sending(session, house.till_id, Trouble.SIGN_IN, "535 5.7.8 Try again", next_in=60)


def _change_a_sale(session: Session, house: SmallHouse) -> None:
    """Give one of three tickets back, and let the other two guests change places."""
    sale = sell_seats(session, house, house.seats_of(2, (4, 5, 6), house.gala_id))
    lines = list(
        session.scalars(
            select(OrderLine.id)
            .where(OrderLine.order_id == sale.order_id, OrderLine.kind == LineKind.SEAT)
            .order_by(OrderLine.id)
        )
    )
    asked = preview_refund(session, house.cashier, RefundAsk(sale.order_id, (lines[0],)))
    request = RefundRequest(
        uuid4().hex,
        sale.order_id,
        asked.revision,
        (lines[0],),
        asked.amount_minor,
        "one of them is ill",
        approval_id=allow(session, house, permission=Permission.REFUND),
    )
    refund(session, house.cashier, request)
    swap_places(session, house.cashier, SwapRequest(uuid4().hex, sale.order_id, None, lines[1], lines[2]))


def _work_off(session: Session, house: SmallHouse) -> None:
    """Begin to work off the orders of an evening that got another date: the first of them keeps its tickets."""
    list_id = open_work_list(session, house.manager, OpenWorkList(uuid4().hex, house.performance_id, "half past eight"))
    first = session.scalars(select(WorkItem.order_id).order_by(WorkItem.order_id)).first()
    if first is not None:
        work_off(session, house.manager, WorkStep(list_id, first, WorkDeed.KEEP))


def _redeem(session: Session, house: SmallHouse, seats: Sequence[SeatKey]) -> int:
    """Sell seats by card with the promo code; return the order."""
    basket = uuid4().hex
    place_hold(session, house.cashier, basket, seats)
    lines = tuple(SaleLine(seat, house.adult_id) for seat in seats)
    total = price_basket(session, lines, CODE).totals.total_minor
    tender = Tender(PaymentMethod.CARD, total, reference="0042")
    request = SaleRequest(uuid4().hex, basket, lines, total, tender, customer_name=GUEST, promo_code=CODE)
    return sell(session, house.cashier, request).order_id


def _let_in(session: Session, house: SmallHouse) -> None:
    """Let a guest in, refuse the ticket, let the guest out; let another in by mistake; read nonsense."""
    seats = house.seats_of(2, (5, 6), house.begun_id)
    sale = sell_seats(session, house, seats, after_start=True)
    code, other = session.scalars(select(Ticket.short_code).where(Ticket.id.in_(sale.ticket_ids)).order_by(Ticket.id))
    scan = Scan(house.begun_id, "Main door", code, "")
    for one in (scan, replace(scan, gate="Balcony"), replace(scan, leaving=True), replace(scan, text="no ticket")):
        check_in(session, house.steward, replace(one, nonce=uuid4().hex))
    entry = check_in(session, house.steward, replace(scan, text=other, nonce=uuid4().hex))
    undo_check_in(session, house.steward, entry.check_in_id)


def _go_on_with_baskets(session: Session, house: SmallHouse) -> None:
    """Extend a basket and let one of its seats go, which the other till asks for; a second question waits."""
    extend_hold(session, house.cashier, _LONG, request_id=uuid4().hex, reason="Looking for the purse")
    release_seats(session, _GIVEN_UP)
    for number in (3, 4):
        ask_to_release(session, house.elsewhere(house.cashier), house.seat(3, number), request_id=uuid4().hex)
    question = min(one.question_id for one in load_questions(session, house.till_id).asked)
    answer_release(session, house.cashier, question, yes=True)


def _set_up(session: Session, house: SmallHouse) -> None:
    """Set artwork, keep seats back, put some of them on sale again, and take over what another system sold."""
    event = session.scalars(select(Event.id)).one()
    set_artwork(session, house.manager, event, Artwork(_PICTURE, "image/png", 3, 2))
    draft = KeepDraft(ClaimKind.HOUSE, "For the critics", release_before_doors=30)
    seats = [house.seat_id(4, number) for number in (1, 2, 3)]
    kept = keep_back(session, house.manager, uuid4().hex, house.gala_id, seats, draft)
    release_kept(session, house.manager, kept.kept_id, seats[:1])
    blocked = KeepDraft(ClaimKind.BLOCKED, "Broken spring")
    gone = keep_back(session, house.manager, uuid4().hex, house.gala_id, [house.seat_id(4, 4)], blocked)
    release_kept(session, house.manager, gone.kept_id)
    evening = load_performance_record(session, house.performance_id)
    when = f"{wall_time(evening.starts_at, evening.time_zone).wall:%Y-%m-%d %H:%M}"
    lines = (
        "performance,zone,row,seat,name,e-mail,price,old code,status",
        f"{when},Stalls,D,1,{GUEST},aegir@example.org,25.00,OLD-1,sold",
        f"{when},Stalls,D,2,{GUEST},aegir@example.org,25.00,OLD-2,sold",
        f"{when},Stalls,D,3,Cleo Day,cleo@example.org,,,reserved",
    )
    _give_an_end(session, house, evening)
    take_over(session, house.manager, uuid4().hex, read_season_file("\n".join(lines).encode()), {}, "season.csv")


def _give_an_end(session: Session, house: SmallHouse, evening: PerformanceRecord) -> None:
    """Set up an exhibition of four days, and let the evening end."""
    days = replace(
        draft_of(evening),
        starts_at=evening.starts_at + timedelta(days=30),
        ends_at=evening.starts_at + timedelta(days=33),
    )
    add_performance(session, house.manager, replace(days, doors_at=None))
    ends_at = evening.starts_at + timedelta(hours=3)
    save_performance(session, house.manager, evening, replace(draft_of(evening), ends_at=ends_at))


def _fill_the_floor(session: Session, house: SmallHouse, area: int) -> None:
    """Sell places of an area at the gala, with its fees, and hold others."""
    basket = uuid4().hex
    held = set_places(session, house.cashier, basket, house.gala_id, area, 2)
    assert held is not None
    lines = tuple(SaleLine(seat, house.child_id) for seat in held.seats)
    total = price_basket(session, lines).totals.total_minor
    assert total > GALA_ORDER_FEE_MINOR
    tender = Tender(PaymentMethod.CASH, total, total + 500)
    sell(session, house.cashier, SaleRequest(uuid4().hex, basket, lines, total, tender, note="By the stage"))
    set_places(session, house.cashier, uuid4().hex, house.gala_id, area, 1)
