"""The tour from the first key to the last scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.tour.admitting import Admitting, forge
from pos_app.tour.quick_hands import QuickHands
from pos_app.tour.selling import Selling
from pos_app.tour.stage import Record, Stage, fail
from pos_app.ui.screens.door.verdict_look import DoorState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.errors import PosError
    from pos_app.domain.staff.sign_in import DemoSignIn
    from pos_app.domain.tickets.faces import TicketFace


def play_evening(foyer: Foyer, folder: Path, *, tell: Callable[[str], object], pseudo: bool = False) -> Record:
    """Drive the real window through an evening; returns what happened. The window is closed at the end.

    pseudo: what stands in no bracket of the pseudo-language is told.
    """
    window = foyer.window
    stage = Stage(folder, window, tell)
    problems: list[PosError] = []
    foyer.failed.connect(problems.append)
    foyer.start()

    def opened() -> None:
        stage.wait_for("the box office is open", lambda: foyer.signing_in is not None or problems, 120)
        if problems:
            fail(str(problems[0]))

    try:
        if stage.play("open", opened):
            _play_all(stage, foyer)
    finally:
        stage.sum_up(foyer.house, pseudo=pseudo)
        window.close()
        foyer.shut_down()
    return stage.record


def _play_all(stage: Stage, foyer: Foyer) -> None:
    people = {one.role: one for one in foyer.house.choices.demo} if foyer.house else {}
    selling = Selling(stage, foyer, people[Role.CASHIER])
    quick = QuickHands(stage, foyer, selling)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("sign in", selling.sign_in),
        ("choose performance", selling.choose_performance),
        ("best seats", quick.best_seats),
        ("pick seats", lambda: selling.pick_seats(1)),
        ("change ticket type", selling.change_type),
        ("promo code", quick.promo_code),
        ("cash", selling.open_cash),
        ("sold", selling.take_cash),
        ("tickets", selling.keep_tickets),
        ("next customer", selling.next_customer),
        ("hold runs out", selling.let_a_hold_run_out),
        ("take again", selling.take_them_again),
        ("release", selling.release),
        ("general admission", quick.general_admission),
        ("release the places", selling.release),
    ]
    if all(stage.play(name, step) for name, step in steps) and selling.printed is not None:
        _play_door(stage, foyer, people[Role.DOOR_STEWARD], selling.printed.faces)


def _play_door(stage: Stage, foyer: Foyer, person: DemoSignIn, faces: tuple[TicketFace, ...]) -> None:
    admitting = Admitting(stage, foyer, person)
    face, other = faces[0], faces[-1]

    def come_in() -> None:
        admitting.sign_in()
        admitting.choose_performance(face)

    def scan_again() -> None:
        # The same code at the same gate within six seconds is the same guest; at another gate it is somebody else.
        admitting.set_gate("Side entrance")
        admitting.scan(face.code, DoorState.ALREADY_USED)

    steps: list[tuple[str, Callable[[], object]]] = [
        ("steward", come_in),
        ("scan admitted", lambda: admitting.scan(face.code, DoorState.ADMITTED)),
        ("scan again", scan_again),
        ("scan forged", lambda: admitting.scan(forge(other.code), DoorState.REFUSED)),
        ("short code", lambda: admitting.type_code(other)),
    ]
    for name, step in steps:
        if not stage.play(name, step):
            break
