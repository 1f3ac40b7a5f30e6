"""What a person sees: the map of 60,000 seats, the screen while it loads, the time to the sign-in window."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import asdict
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.figures import Figure
from tests.benchmarks.windows import OFFSCREEN, calm_environment, real_screen, run_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.arena import Arena

STARTS: Final = 5
_GOALS: Final = {"build": 150.0, "pan": 4.0, "zoom": 8.0, "changes": 20.0}
_NAMES: Final = {"build": "build", "pan": "pan frame", "zoom": "zoom frame", "changes": "100 changes"}
_DEADLINE_SECONDS: Final = 30


def measure_map(_arena: Arena) -> list[Figure]:
    """Measure the widget by itself."""
    return [figure for where, screen in _screens() for figure in _map_figures(where, screen)]


def measure_loading(arena: Arena) -> list[Figure]:
    """Measure the sell screen while a performance comes from the server."""
    facts = {
        "url": arena.url,
        "performance_id": arena.stadium.performances["live"],
        "actor": asdict(arena.stadium.actors[0]),
    }
    figures = []
    for where, screen in _screens():
        told = run_window("load_map", screen, facts)
        figures.append(
            Figure(
                f"longest gap between frames while 60,000 load, {where}",
                median(told["gaps"]),
                "ms",
                50.0,
                facts={
                    "each load, ms": [round(gap) for gap in told["gaps"]],
                    "seconds to the seats": median(told["seconds"]),
                },
            )
        )
    return figures


def measure_start(arena: Arena) -> list[Figure]:
    """Measure from the start of the process to the first picture, by turns."""
    figures = []
    for where, screen in _screens():
        bare, foyer = [], []
        _seconds_to_window(arena.url, screen)
        for _ in range(STARTS):
            bare.append(_seconds_to_window("bare", screen))
            foyer.append(_seconds_to_window(arena.url, screen))
        facts = {"sign-in, s": median(foyer), "bare QMainWindow, s": median(bare)}
        figures.append(
            Figure(f"time to sign-in / bare window, {where}", median(foyer) / median(bare), "x", 2.0, facts=facts)
        )
    return figures


def _screens() -> Iterator[tuple[str, dict[str, str]]]:
    yield "offscreen", OFFSCREEN
    with real_screen() as screen:
        if screen is not None:
            yield "real window", screen


def _map_figures(where: str, screen: dict[str, str]) -> Iterator[Figure]:
    told: dict[str, Any] = run_window("show_map", screen)
    more = {
        "build": {"the first, with the fonts": told["first build"]},
        "pan": {"longest": told["longest pan"]},
        "zoom": {"longest": told["longest zoom"], "painted anew at rest": told["crisp"]},
        "changes": {"zoomed in": told["changes near"]},
    }
    for key, goal in _GOALS.items():
        yield Figure(f"map of 60,000, {_NAMES[key]}, {where}", told[key], "ms", goal, facts=more[key])


def _seconds_to_window(what: str, screen: dict[str, str]) -> float:
    with calm_environment(screen) as environment:
        start = time.monotonic()
        told = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.show_window", what],
            env=environment,
            capture_output=True,
            text=True,
            timeout=_DEADLINE_SECONDS,
            check=False,
        )
    if told.returncode or not told.stdout:
        raise RuntimeError(f"The window did not come:\n{told.stderr}")
    # All processes of a machine share the monotonic clock.
    return float(told.stdout) - start
