"""The tour of the order desk from a sale to the last order of a cancelled performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.roles import Role
from pos_app.tour.admitting import Admitting
from pos_app.tour.judging import judge
from pos_app.tour.orders.desk import Desk
from pos_app.tour.orders.money import Money
from pos_app.tour.orders.picking import Picking
from pos_app.tour.orders.reseating import Reseating
from pos_app.tour.orders.working_off import WorkingOff
from pos_app.tour.selling import Selling
from pos_app.tour.stage import Record, Stage, fail
from pos_app.ui.screens.door.verdict_look import DoorState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.errors import PosError
    from pos_app.domain.staff.sign_in import DemoSignIn

    Steps = Sequence[tuple[str, Callable[[], object]]]

_SEATS: Final = 4


def play_orders(foyer: Foyer, folder: Path, *, tell: Callable[[str], object], pseudo: bool = False) -> Record:
    """Drive the real window through the order desk of the demo; returns what happened. It is closed at the end.

    pseudo: what stands in no bracket of the pseudo-language is told.
    """
    stage = Stage(folder, foyer.window, tell)
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
            all(stage.play(name, step) for name, step in _steps(stage, foyer, people))
    finally:
        stage.sum_up(foyer.house, pseudo=pseudo)
        foyer.window.remove_screens()
        foyer.window.close()
        foyer.shut_down()
    return stage.record


def _steps(stage: Stage, foyer: Foyer, people: dict[Role, DemoSignIn]) -> Steps:
    manager, steward = people[Role.MANAGER], people[Role.DOOR_STEWARD]
    selling = Selling(stage, foyer, manager)
    desk = Desk(stage, foyer, selling)
    return (
        ("sign in", selling.sign_in),
        ("choose performance", selling.choose_performance),
        ("pick seats", lambda: Picking(stage, selling).cheap_seats(_SEATS)),
        ("cash", selling.open_cash),
        ("sold", selling.take_cash),
        ("tickets", selling.keep_tickets),
        ("next customer", selling.next_customer),
        *_desk(desk),
        *_money(Money(desk)),
        *_seats(desk, Reseating(desk)),
        *_door(desk, Admitting(stage, foyer, steward)),
        *_work_list(WorkingOff(desk, manager)),
        ("judge", lambda: judge(foyer)),
    )


def _desk(desk: Desk) -> Steps:
    return (
        ("orders", desk.open),
        ("last of this till", desk.show_last),
        ("name sheet", desk.ask_name),
        ("name", desk.write_name),
        ("found by name", desk.find_by_name),
        ("found by seat", desk.find_by_seat),
        ("found by scan", desk.find_by_scan),
        ("waiting at the window", desk.show_waiting),
    )


def _money(money: Money) -> Steps:
    return (
        ("refund sheet", money.ask_refund),
        ("refunded", money.refund),
        ("refund done", money.say_refunded),
        ("refunds due", money.show_due),
        ("pay out sheet", money.ask_to_pay_out),
        ("paid out", money.pay_out),
        ("desk again", money.leave_due),
    )


def _seats(desk: Desk, reseating: Reseating) -> Steps:
    return (
        ("swap sheet", reseating.ask_swap),
        ("swapped", reseating.swap),
        ("type sheet", reseating.ask_type),
        ("type corrected", reseating.correct_type),
        ("type done", reseating.say_corrected),
        ("exchange", reseating.begin_exchange),
        ("new seat", reseating.pick_dearer_seat),
        ("exchange sheet", reseating.ask_why),
        ("difference", reseating.pay_difference),
        ("exchanged", reseating.exchange),
        ("new ticket", reseating.keep_ticket),
        ("order afterwards", desk.look_again),
    )


def _door(desk: Desk, admitting: Admitting) -> Steps:
    def come_in() -> None:
        admitting.sign_in()
        admitting.choose_performance(desk.new_face)

    return (
        ("steward", come_in),
        ("old ticket refused", lambda: admitting.scan(desk.old_face.code, DoorState.REFUSED)),
        ("new ticket admitted", lambda: admitting.scan(desk.new_face.code, DoorState.ADMITTED)),
    )


def _work_list(working: WorkingOff) -> Steps:
    return (
        ("manager", working.sign_in),
        ("cancelled performance", working.open_performance),
        ("work list", working.open_list),
        ("work sheet", working.ask_refund),
        ("worked off", working.refund_all),
    )
