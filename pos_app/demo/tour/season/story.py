"""The manager's tour from an empty database to the first ticket sold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.db.judge import judge_database
from pos_app.demo.tour.season.desk import ManagersDesk
from pos_app.demo.tour.season.hiring import Hiring
from pos_app.demo.tour.season.promoting import Promoting
from pos_app.demo.tour.stage import Record, Stage, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.errors import PosError

    Steps = Sequence[tuple[str, Callable[[], object]]]

_REST_SECONDS: Final = 0.15


def play_season(foyer: Foyer, folder: Path, *, tell: Callable[[str], object]) -> Record:
    """Drive the real window through setting a season up; returns what happened. The window is closed at the end."""
    stage = Stage(folder, foyer.window, tell, rest_seconds=_REST_SECONDS)
    problems: list[PosError] = []
    foyer.failed.connect(problems.append)
    foyer.start()

    def opened() -> None:
        stage.wait_for("the box office is open", lambda: foyer.desk is not None or problems, 120)
        if problems:
            fail(str(problems[0]))

    try:
        if stage.play("open", opened):
            _play_all(stage, foyer)
    finally:
        foyer.window.close()
        foyer.shut_down()
    return stage.record


def _play_all(stage: Stage, foyer: Foyer) -> None:
    desk = ManagersDesk(stage, foyer)
    steps = [
        ("sign in", desk.sign_in),
        *_promo_codes(Promoting(desk)),
        *_staff(Hiring(desk)),
        ("judge", lambda: _judge(foyer)),
    ]
    all(stage.play(name, step) for name, step in steps)


def _promo_codes(promoting: Promoting) -> Steps:
    return (
        ("promo codes", promoting.look),
        ("new promo code", promoting.begin_code),
        ("promo code refused", promoting.refuse_code),
        ("promo code", promoting.save_code),
        ("batch sheet", promoting.begin_batch),
        ("batch of codes", promoting.make_batch),
        ("batch exported", promoting.export_batch),
        ("uses of a code", promoting.show_uses),
        ("uses closed", promoting.close_uses),
    )


def _staff(hiring: Hiring) -> Steps:
    return (
        ("staff", hiring.look),
        ("new staff member", hiring.begin_account),
        ("staff member", hiring.save_account),
        ("pin sheet", hiring.begin_pin),
        ("pin changed", hiring.change_pin),
        ("password sheet", hiring.begin_password),
        ("password kept", hiring.leave_password),
        ("sign-ins", hiring.show_sign_ins),
        ("sign-ins closed", hiring.close_sign_ins),
    )


def _judge(foyer: Foyer) -> None:
    """Everything is as `foyer database check` wants it."""
    if foyer.house is None:
        fail("the box office is not open")
    findings = foyer.house.database.read(judge_database)
    if findings:
        fail("; ".join(finding.message for finding in findings))
