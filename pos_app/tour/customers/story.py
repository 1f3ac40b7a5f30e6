"""The tour of reservations and customers, from a name on the basket to a person who is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.roles import Role
from pos_app.tour.customers.counter import Counter
from pos_app.tour.customers.people import People
from pos_app.tour.judging import judge
from pos_app.tour.orders.picking import Picking
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


def play_customers(foyer: Foyer, folder: Path, *, tell: Callable[[str], object], pseudo: bool = False) -> Record:
    """Drive the real window through reservations and customers of the demo; returns what happened, and closes it.

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


def _steps(stage: Stage, foyer: Foyer, staff: dict[Role, DemoSignIn]) -> Steps:
    selling = Selling(stage, foyer, staff[Role.MANAGER])
    return (
        ("sign in", selling.sign_in),
        ("choose performance", selling.choose_performance),
        ("pick seats", lambda: Picking(stage, selling).cheap_seats(_SEATS)),
        *_reservation(Counter(stage, foyer, selling), selling),
        *_customer(People(stage, foyer)),
        ("judge", lambda: judge(foyer)),
    )


def _reservation(counter: Counter, selling: Selling) -> Steps:
    return (
        ("reserve sheet", counter.ask_name),
        ("reserved", counter.reserve),
        ("reserved and free again", selling.next_customer),
        ("open reservations", counter.list_open),
        ("keep longer sheet", counter.ask_to_keep_longer),
        ("kept longer", counter.keep_longer),
        ("pick up a part", counter.open_pick_up),
        ("pick up cash", counter.ask_money),
        ("picked up", counter.pay),
        ("next customer", selling.next_customer),
        ("lapsed", counter.let_lapse),
    )


def _customer(people: People) -> Steps:
    return (
        ("customers", people.open),
        ("alike offered", people.begin),
        ("customer made", people.make),
        ("customer found", people.find),
        ("orders of a customer", people.look_at_orders),
        ("merge choice", people.ask_merge),
        ("merge comparison", people.compare),
        ("merged", people.merge),
        ("export sheet", people.ask_export),
        ("exported", people.export),
        ("erase sheet", people.ask_erase),
        ("erased", people.erase),
    )
