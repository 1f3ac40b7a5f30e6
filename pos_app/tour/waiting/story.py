"""The tour of waiting lists and resale, from the last seat of an evening to a seller at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.tour.admitting import Admitting
from pos_app.tour.judging import judge
from pos_app.tour.letters.post import Post
from pos_app.tour.letters.receiver import Receiver
from pos_app.tour.selling import Selling
from pos_app.tour.stage import Record, Stage, fail
from pos_app.tour.waiting.counter import Counter
from pos_app.tour.waiting.manager import ManagersQueue
from pos_app.tour.waiting.offers import Offers
from pos_app.tour.waiting.sellers import Sellers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.errors import PosError
    from pos_app.domain.staff.sign_in import DemoSignIn

    Steps = Sequence[tuple[str, Callable[[], object]]]


def play_waiting(foyer: Foyer, folder: Path, *, tell: Callable[[str], object], pseudo: bool = False) -> Record:
    """Drive the real window through waiting lists and resale; returns what happened, and closes it.

    pseudo: what stands in no bracket of the pseudo-language is told.
    """
    stage = Stage(folder, foyer.window, tell)
    receiver = Receiver(folder)
    problems: list[PosError] = []
    foyer.failed.connect(problems.append)
    foyer.start()

    def opened() -> None:
        stage.wait_for("the box office is open", lambda: foyer.signing_in is not None or problems, 120)
        if problems:
            fail(str(problems[0]))

    try:
        if stage.play("open", opened):
            people = {one.role: one for one in foyer.house.choices.demo} if foyer.house else {}
            all(stage.play(name, step) for name, step in _steps(stage, foyer, people, receiver))
    finally:
        stage.sum_up(foyer.house, pseudo=pseudo)
        foyer.window.remove_screens()
        foyer.window.close()
        foyer.shut_down()
        receiver.close()
    return stage.record


def _steps(stage: Stage, foyer: Foyer, staff: dict[Role, DemoSignIn], receiver: Receiver) -> Steps:
    selling = Selling(stage, foyer, staff[Role.MANAGER])
    counter = Counter(stage, foyer, selling)
    offers = Offers(stage, foyer, selling, counter, receiver)
    sellers = Sellers(stage, foyer, selling, offers, receiver)
    post = Post(stage, foyer, receiver)
    return (
        ("sign in", selling.sign_in),
        ("letters", post.open),
        ("settings", post.open_settings),
        ("server set", post.set_server),
        ("test letter", post.send_test),
        *_sold_out(counter, selling, sellers),
        *_joined(counter),
        *_offered(offers, selling),
        *_passed_on(offers, selling),
        *_resold(sellers, selling),
        ("the queue in the end", counter.look_back),
        ("queue left again", counter.leave_queue),
        ("managers queue", ManagersQueue(stage, foyer, selling).open),
        *_at_the_door(sellers, Admitting(stage, foyer, staff[Role.DOOR_STEWARD])),
        ("judge", lambda: judge(foyer)),
    )


def _sold_out(counter: Counter, selling: Selling, sellers: Sellers) -> Steps:
    return (
        ("nearly sold out", counter.open_evening),
        ("pick four", lambda: selling.pick_seats(4)),
        ("first cash", selling.open_cash),
        ("first sold", selling.take_cash),
        ("next customer", counter.note_order),
        ("pick three", lambda: selling.pick_seats(3)),
        ("whose they are", counter.name_seller),
        ("second cash", selling.open_cash),
        ("second sold", selling.take_cash),
        ("tickets of the seller", sellers.keep_faces),
        ("next customer again", counter.note_order),
        ("pick the last", counter.pick_last),
        ("last cash", selling.open_cash),
        ("last sold", selling.take_cash),
        ("till free again", counter.note_order),
        ("sold out", counter.see_sold_out),
    )


def _joined(counter: Counter) -> Steps:
    return (
        ("join sheet", counter.ask_to_join),
        ("joined", counter.join),
        ("three wait", counter.join_others),
        ("who waits", counter.look_at_queue),
        ("queue left", counter.leave_queue),
    )


def _offered(offers: Offers, selling: Selling) -> Steps:
    return (
        ("refund sheet", offers.ask_refund),
        ("refunded", offers.refund),
        ("offered", offers.hear_of_offer),
        ("offer found", offers.find_offer),
        ("offer opened", offers.open_offer),
        ("offer cash", selling.open_cash),
        ("offer sold", selling.take_cash),
        ("offer tickets", selling.keep_tickets),
        ("after the offer", selling.next_customer),
    )


def _passed_on(offers: Offers, selling: Selling) -> Steps:
    return (
        ("second refund", offers.ask_refund),
        ("refunded again", offers.refund),
        ("passed on", offers.let_lapse),
        ("passed on and opened", offers.open_offer),
        ("passed on cash", selling.open_cash),
        ("passed on sold", selling.take_cash),
        ("after passing on", selling.next_customer),
    )


def _resold(sellers: Sellers, selling: Selling) -> Steps:
    return (
        ("resale sheet", sellers.ask_to_give_back),
        ("on resale", sellers.give_back),
        ("resale on the map", sellers.pick),
        ("resale cash", selling.open_cash),
        ("resold", selling.take_cash),
        ("after resale", selling.next_customer),
        ("seller told", sellers.hear_of_sale),
    )


def _at_the_door(sellers: Sellers, admitting: Admitting) -> Steps:
    return (
        ("steward", admitting.sign_in),
        ("seller refused", lambda: sellers.go_to_the_door(admitting)),
        ("seller admitted", lambda: sellers.come_in_all_the_same(admitting)),
    )
