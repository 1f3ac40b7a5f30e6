"""How far the machine walks: a few walks, always the same, or as many new ones as FOYER_TEST_EXAMPLES says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.state_machines.lengths import EXAMPLES
from tests.state_machines.machine import SeatMachine

if TYPE_CHECKING:
    from tests.state_machines.stage import Stage

WALKS: Final = 24
FEW_WALKS: Final = 14
"""So many meet all that is to be met, and are walked in each run."""
_WALKS: Final = settings(
    max_examples=int(EXAMPLES or WALKS),
    stateful_step_count=80,
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    # A walk that is known to fail is made shorter by hand: name a number of walks.
    phases=[Phase.generate] if EXAMPLES is None else [Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# Before it comes one without a step.
_ONE_WALK: Final = settings(_WALKS, derandomize=False, max_examples=2)


def walk(stage: Stage, most: int = WALKS) -> None:
    """Walk; raises what the first walk that went wrong raised. most: how often, unless FOYER_TEST_EXAMPLES says it."""
    machine = partial(SeatMachine, stage)
    told = _WALKS if EXAMPLES is not None else settings(_WALKS, max_examples=most)
    run_state_machine_as_test(machine, settings=told)  # type: ignore[arg-type]  # whatever makes one will do


def walk_from(stage: Stage, first: int, *, most: int = WALKS) -> None:
    """Walk ways that have numbers, each its own whichever were walked before it: this one, and those that follow it."""
    if EXAMPLES is not None:
        walk(stage)
        return
    machine = partial(SeatMachine, stage)
    for number in range(first, first + most):
        machine._hypothesis_internal_use_seed = number  # type: ignore[attr-defined]  # what hypothesis.seed() sets
        run_state_machine_as_test(machine, settings=_ONE_WALK)  # type: ignore[arg-type]  # whatever makes one will do
