"""Measure what Foyer promises, on a private server: `python -m tests.benchmarks [--out FILE] [FIGURE...]`.

It is a MariaDB; FOYER_TEST_SERVER=mysql takes MySQL in its place (tests/servers.py).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.arena import open_arena
from tests.benchmarks.figures import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.benchmarks.arena import Arena
    from tests.benchmarks.figures import Figure

_OUT: Final = Path(__file__).resolve().parents[2] / ".cache" / "bench.json"
# In this order: what forks comes before what needs Qt or threads in this process.
BENCHMARKS: Final = {
    "round trips": "tests.benchmarks.round_trips:measure_round_trips",
    "holding": "tests.benchmarks.holding:measure_holding",
    "selling": "tests.benchmarks.selling:measure_selling",
    "sending": "tests.benchmarks.sending:measure_sending",
    "connecting": "tests.benchmarks.connecting:measure_connecting",
    "following": "tests.benchmarks.following:measure_following",
    "stampede": "tests.benchmarks.stampede:measure_stampede",
    "map": "tests.benchmarks.seeing:measure_map",
    "loading": "tests.benchmarks.seeing:measure_loading",
    "start": "tests.benchmarks.seeing:measure_start",
    "look": "tests.benchmarks.seeing:measure_look",
    "scanning": "tests.benchmarks.scanning:measure_scanning",
    "finding": "tests.benchmarks.finding:measure_finding",
    "tickets": "tests.benchmarks.admitting:measure_tickets",
    "orders": "tests.benchmarks.order_desk:measure_order_desk",
    "customers": "tests.benchmarks.find_customers:measure_customers",
    # Last: a season on sale would be in all other lists.
    "listing": "tests.benchmarks.listing:measure_listing",
}


def _find(name: str) -> Callable[[Arena], Iterable[Figure]]:
    module, _, function = BENCHMARKS[name].partition(":")
    found: Callable[[Arena], Iterable[Figure]] = getattr(import_module(module), function)
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure what Foyer promises.")
    parser.add_argument("--out", type=Path, default=_OUT, metavar="FILE", help=f"where the numbers go ({_OUT.name})")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"only these: {', '.join(BENCHMARKS)}")
    options = parser.parse_args()
    if unknown := set(options.figures) - set(BENCHMARKS):
        parser.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    machine: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load before": round(os.getloadavg()[0], 2),
    }
    start = time.monotonic()
    figures: list[Figure] = []
    failed: list[str] = []
    with open_arena() as arena:
        _say(f"a house of 60,000 seats on a private {arena.flavour} server, built in {time.monotonic() - start:.1f} s")
        for name in options.figures or BENCHMARKS:
            began, load = time.monotonic(), os.getloadavg()[0]
            try:
                figures.extend(_find(name)(arena))
            except Exception as error:  # noqa: BLE001 - whatever it was, all other figures are told
                failed.append(name)
                _say(f"{name} failed: {error!r}")
            _say(f"{name}: {time.monotonic() - began:.1f} s, load before it {load:.1f}")
    machine["load after"] = round(os.getloadavg()[0], 2)
    machine["seconds"] = round(time.monotonic() - start, 1)
    _say("\n" + table(figures) + "\n\n" + ", ".join(f"{name} {fact}" for name, fact in machine.items()))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    numbers = {"machine": machine, "figures": [figure.as_json() for figure in figures]}
    options.out.write_text(json.dumps(numbers, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    _say(f"The numbers are in {options.out}.")
    failed += [figure.name for figure in figures if figure.value is None]
    if failed:
        raise SystemExit(f"Not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
