"""The tour of letters, from a house without a mail server to a failed letter that arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.tour.judging import judge
from pos_app.tour.letters.post import Post
from pos_app.tour.letters.receiver import Receiver
from pos_app.tour.selling import Selling
from pos_app.tour.stage import Record, Stage, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.errors import PosError
    from pos_app.domain.staff.sign_in import DemoSignIn

    Steps = Sequence[tuple[str, Callable[[], object]]]


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
    post = Post(stage, foyer, receiver)
    return (
        ("sign in", Selling(stage, foyer, staff[Role.MANAGER]).sign_in),
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
        ("judge", lambda: judge(foyer)),
    )
