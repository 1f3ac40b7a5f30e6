"""Many tills that guess the secret of one person at the same moment: five guesses are looked at, and no more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import SignInAttempt
from pos_app.domain.staff.sign_in import FREE_TRIES
from pos_app.services.staff.attempts import begin_attempt
from pos_app.services.staff.old_tries import KEPT_SECONDS
from tests.concurrency.sign_in_deeds import count_without_a_turn, guess_each, guess_or_forget
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

GUESSERS = 16
TOO_MANY = "There were too many wrong tries."


def _count_tries(session: Session) -> dict[tuple[str, str], int]:
    rows = session.execute(
        select(SignInAttempt.name_key, SignInAttempt.purpose, func.count()).group_by(
            SignInAttempt.name_key, SignInAttempt.purpose
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def test_of_sixteen_guesses_at_once_five_are_looked_at(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=2)
    guesses = {"names": ["Carla Cash", "Nobody"], "manager": "Mario Manager"}
    jobs = [Job(arena.url, actor, guess_each, guesses) for actor in arena.actors(arena.house.cashier, GUESSERS)]
    with open_tills(jobs) as tills:
        let_go(tills)
        for sentence in ["That name and password do not belong together."] * 2 + ["That PIN is not right."]:
            let_go(tills)
            told = Counter(till.hear("refusal") for till in tills)
            assert told == {sentence: FREE_TRIES, TOO_MANY: GUESSERS - FREE_TRIES}
        for till in tills:
            till.result()
    assert arena.database.read(_count_tries) == {
        ("carla cash", "sign_in"): FREE_TRIES,
        ("nobody", "sign_in"): FREE_TRIES,
        ("mario manager", "approval"): FREE_TRIES,
    }
    arena.require_sound()


def test_what_is_forgotten_meanwhile_gives_no_guess_more(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=2)
    rounds, old = 5, 2
    for number in range(rounds):
        for _ in range(old):
            arena.database.transact(
                begin_attempt, name=f"Nobody {number}", staff_id=None, till_id=arena.house.till_id, purpose="sign_in"
            )
    older = update(SignInAttempt).values(created_at=utc_plus(-2 * KEPT_SECONDS))
    arena.database.transact(lambda session: session.execute(older))
    jobs = [
        Job(arena.url, actor, guess_or_forget, {"name": "nobody", "rounds": rounds, "forgets": turn % 4 == 0})
        for turn, actor in enumerate(arena.actors(arena.house.cashier, 12))
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for _ in range(rounds):
            for till in tills:
                till.hear("ready")
            let_go(tills)
        told = [till.result() for till in tills]
    for counted in zip(*filter(None, told), strict=True):
        # Either the old ones were forgotten before the first guess, or they count as long as there are guesses.
        assert sum(counted) in {FREE_TRIES, FREE_TRIES - old}


def test_without_a_turn_more_guesses_than_five_are_looked_at(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=2)
    actors = arena.actors(arena.house.cashier, FREE_TRIES + 2)
    with open_tills([Job(arena.url, actor, count_without_a_turn, {"name": "Carla Cash"}) for actor in actors]) as tills:
        let_go(tills)
        for till in tills:
            till.hear("counted")
        let_go(tills)
        assert [till.result() for till in tills] == [0] * (FREE_TRIES + 2)
