"""Running a piece of the program where memory is short: a process of its own, with so much room and no more."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_RUN = """
import resource, sys
{imports}

def most_megabytes():
    # Of this process alone: ru_maxrss of Linux begins with what its parent took when it was started.
    try:
        with open("/proc/self/status") as status:
            (line,) = [line for line in status if line.startswith("VmHWM:")]
        return int(line.split()[1]) // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

before = resource.getrusage(resource.RUSAGE_SELF)
try:
    {call}
    print("taken")
except Exception as error:
    print(type(error).__name__, error)
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime - before.ru_utime, most_megabytes())
"""
ROOT = Path(__file__).resolve().parents[1]
"""Where this program lies: a process of its own finds it by being there."""
needs_rusage = pytest.mark.skipif(sys.platform == "win32", reason="what a process takes is told so by POSIX only")


@dataclass(frozen=True)
class Taken:
    """What came of it: the error, or "taken"; seconds of the processor; megabytes at the most, all of Python's too."""

    said: str
    seconds: float
    megabytes: int


def run_bounded(imports: str, call: str, *arguments: Path | str) -> Taken:
    """Run `call` after `imports`; its arguments are sys.argv[1:]."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(imports=imports, call=call), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *said, told = done.stdout.strip().splitlines()
    seconds, megabytes = told.split()
    return Taken("\n".join(said), float(seconds), int(megabytes))


def writing(path: Path, content: Any) -> Path:
    """Write a file for it; returns the path."""
    path.write_bytes(content)
    return path
