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
_MAP: Final = {
    "build": ("build", "60,000 pictures painted", 25.0),
    "pan": ("pan frame", "a picture pushed", 5.0),
    "zoom": ("zoom frame", "a picture stretched", 3.0),
    "changes": ("100 changes", "60,000 pictures painted", 2.5),
}
"""Of each figure of the map: its name, its yardstick, and how many times as long it may take."""
_DEADLINE_SECONDS: Final = 30


def measure_map(_arena: Arena) -> Iterator[Figure]:
    """Measure the widget by itself."""
    for where, screen in _screens():
        yield from _map_figures(where, screen)


def measure_loading(arena: Arena) -> Iterator[Figure]:
    """Measure the sell screen while a performance comes from the server."""
    facts = {
        "url": arena.url,
        "performance_id": arena.stadium.performances["live"],
        "plan_id": arena.stadium.plan_id,
        "actor": asdict(arena.stadium.actors[0]),
    }
    for where, screen in _screens():
        told = run_window("load_map", screen, facts)
        yield Figure(
            f"longest gap between frames while 60,000 load / 60,000 pictures painted, {where}",
            median(told["gaps"]) / told["yardstick"],
            "x",
            7.0,
            facts={
                "each load, ms": [round(gap) for gap in told["gaps"]],
                "60,000 pictures painted, ms": told["yardstick"],
                "seconds to the seats": median(told["seconds"]),
            },
        )


def measure_start(arena: Arena) -> Iterator[Figure]:
    """Measure from the start of the process to the first picture, by turns."""
    for where, screen in _screens():
        bare, foyer = [], []
        _seconds_to_window(arena.url, screen)
        for _ in range(STARTS):
            bare.append(_seconds_to_window("bare", screen))
            foyer.append(_seconds_to_window(arena.url, screen))
        facts = {"sign-in, s": median(foyer), "bare QMainWindow, s": median(bare)}
        yield Figure(f"time to sign-in / bare window, {where}", median(foyer) / median(bare), "x", 2.0, facts=facts)


def measure_look(arena: Arena) -> Iterator[Figure]:
    """Measure from light to dark and back, with all that a manager has visited in the window."""
    for where, screen in _screens():
        told = run_window("change_look", screen, {"actor": asdict(arena.stadium.actors[0])})
        yield Figure(
            f"light to dark, all visited / a window of as many buttons, {where}",
            median(told["changes"]) / told["yardstick"],
            "x",
            8.0,
            facts={
                "each change, ms": [round(change) for change in told["changes"]],
                "as many buttons dressed, ms": told["yardstick"],
                "widgets": told["widgets"],
                "of them visible": told["visible"],
            },
        )


def _screens() -> Iterator[tuple[str, dict[str, str]]]:
    yield "offscreen", OFFSCREEN
    with real_screen() as screen:
        if screen is not None:
            yield "real window", screen


def _map_figures(where: str, screen: dict[str, str]) -> Iterator[Figure]:
    told: dict[str, Any] = run_window("show_map", screen)
    more = {
        "build": {"the first, with the fonts, ms": told["first build"]},
        "zoom": {"painted anew at rest, ms": told["crisp"]},
        "changes": {"zoomed in, ms": told["changes near"]},
    }
    for key, (name, yardstick, goal) in _MAP.items():
        one = told[key]
        facts = {"ms": one["median"], "longest, ms": one["longest"], f"{yardstick}, ms": one["yardstick"]}
        yield Figure(
            f"map of 60,000, {name} / {yardstick}, {where}",
            one["median"] / one["yardstick"],
            "x",
            goal,
            facts={**facts, **more.get(key, {})},
        )


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
