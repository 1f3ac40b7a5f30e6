"""The tour of letters, from a house without a mail server to a guest who is reminded of a reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.roles import Role
from pos_app.tour.judging import judge
from pos_app.tour.letters.guests import BUYER, Guests
from pos_app.tour.letters.post import Post
from pos_app.tour.letters.receiver import Receiver
from pos_app.tour.orders.desk import Desk
from pos_app.tour.orders.money import Money
from pos_app.tour.orders.picking import Picking
from pos_app.tour.orders.reseating import Reseating
from pos_app.tour.selling import Selling
from pos_app.tour.stage import Record, Stage, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.errors import PosError
    from pos_app.domain.staff.sign_in import DemoSignIn

    Steps = Sequence[tuple[str, Callable[[], object]]]

_SEATS: Final = 4
_KEPT_SEATS: Final = 2


def play_letters(foyer: Foyer, folder: Path, *, tell: Callable[[str], object], pseudo: bool = False) -> Record:
    """Drive the real window through the letters of the demo; returns what happened, and closes it.

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
    guests = Guests(stage, foyer, selling, receiver)
    picking = Picking(stage, selling)
    post = Post(stage, foyer, receiver)
    return (
        ("sign in", selling.sign_in),
        *_post(post),
        *_reservation(guests, selling, picking),
        *_sale(guests, selling, picking),
        *_changes(guests, Desk(stage, foyer, selling, BUYER)),
        ("settings again", post.open_settings),
        ("hours set", post.set_hours),
        ("reminded", guests.get_reminded),
        ("judge", lambda: judge(foyer)),
    )


def _post(post: Post) -> Steps:
    return (
        ("letters", post.open),
        ("settings", post.open_settings),
        ("server set", post.set_server),
        ("test letter", post.send_test),
        ("wording", post.look_at_wording),
        ("sent", post.see_what_waited_go),
        ("failed", post.show_failed),
        ("another address", post.ask_address),
        ("sent again", post.send_it_there),
        ("history", post.look_at_history),
    )


def _reservation(guests: Guests, selling: Selling, picking: Picking) -> Steps:
    """Reserve, for one who is reminded in the end."""
    return (
        ("sell", guests.sell),
        ("pick seats to keep", lambda: picking.cheap_seats(_KEPT_SEATS)),
        ("reserve sheet", guests.ask_to_reserve),
        ("reserved", guests.reserve),
        ("reserved and free again", selling.next_customer),
        ("address typed", guests.type_address),
    )


def _sale(guests: Guests, selling: Selling, picking: Picking) -> Steps:
    return (
        ("sell again", guests.sell),
        ("pick seats", lambda: picking.cheap_seats(_SEATS)),
        ("verify sheet", guests.ask_customer),
        ("code typed", guests.send_code),
        ("verified", guests.verify),
        ("customer of the basket", guests.keep_customer),
        ("cash", selling.open_cash),
        ("sold", selling.take_cash),
        ("tickets by e-mail", guests.get_tickets),
        ("tickets", selling.keep_tickets),
        ("next customer", selling.next_customer),
    )


def _changes(guests: Guests, desk: Desk) -> Steps:
    money, reseating = Money(desk), Reseating(desk)
    return (
        ("orders", desk.open),
        ("found by name", desk.find_by_name),
        ("refund sheet", money.ask_refund),
        ("refunded", money.refund),
        ("refund done", money.say_refunded),
        ("refund told", guests.wait_for_letter),
        ("exchange", reseating.begin_exchange),
        ("new seat", reseating.pick_dearer_seat),
        ("exchange sheet", reseating.ask_why),
        ("difference", reseating.pay_difference),
        ("exchanged", reseating.exchange),
        ("new ticket", reseating.keep_ticket),
        ("new ticket by e-mail", guests.get_tickets),
    )
