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

_WALKS: Final = settings(
    max_examples=int(EXAMPLES or 24),
    stateful_step_count=80,
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    # A walk that is known to fail is made shorter by hand: name a number of walks.
    phases=[Phase.generate] if EXAMPLES is None else [Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def walk(stage: Stage, *, times: int = 1) -> None:
    """Walk, so many times as far as usual; raises what the first walk that went wrong raised."""
    machine = partial(SeatMachine, stage)
    lengths = settings(_WALKS, max_examples=times * _WALKS.max_examples)
    run_state_machine_as_test(machine, settings=lengths)  # type: ignore[arg-type]  # whatever makes one will do
