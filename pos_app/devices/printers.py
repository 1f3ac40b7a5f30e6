"""Printer queues of this machine, by the CUPS commands `lpstat` and `lp`."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

from pos_app.domain.errors import PrintFailed
from pos_app.domain.sentences import say, say_count

LIST_TIMEOUT_SECONDS: Final = 5.0
PRINT_TIMEOUT_SECONDS: Final = 30.0
LONGEST_TITLE: Final = 120


def list_queues() -> tuple[str, ...]:
    """Return the names of the printer queues; empty where there is no CUPS or it does not answer. Never raises."""
    # -e also names queues found on the network, and is unknown to old versions: they are asked with -p.
    names = _lpstat("-e") or [line.split()[1] for line in _lpstat("-p") if line.startswith("printer ")]
    return tuple(dict.fromkeys(names))


def print_pdf(
    pdf: bytes,
    queue: str,
    *,
    title: str,
    timeout_seconds: float = PRINT_TIMEOUT_SECONDS,
) -> None:
    """Hand a PDF to a printer queue and return when the queue has taken it (not when the paper is out).

    Raises PrintFailed with a sentence for the person; waits at most timeout_seconds, so call it off the GUI thread.
    """
    if not queue:
        raise PrintFailed(
            say("No printer is chosen."), advice=say("Choose a printer in the settings, or save the PDF.")
        )
    command = ["lp", "-d", queue, "-n", "1", "-t", _clean_title(title)]
    try:
        done = subprocess.run(
            command, input=pdf, capture_output=True, check=False, timeout=timeout_seconds, env=_plain_language()
        )
    except FileNotFoundError:
        raise PrintFailed(
            say("This machine has no printing system."), advice=say("Save the PDF, or print from another till.")
        ) from None
    except subprocess.TimeoutExpired:
        raise PrintFailed(
            say_count(
                "The printer {queue} did not answer within {count} second.",
                "The printer {queue} did not answer within {count} seconds.",
                round(timeout_seconds),
                queue=queue,
            ),
            advice=say("Look whether paper came out before you print again."),
        ) from None
    except (OSError, ValueError) as error:
        raise PrintFailed(
            say("The printer {queue} could not be reached: {error}.", queue=queue, error=str(error))
        ) from error
    if done.returncode != 0:
        cause = _cause(done.stderr)
        raise PrintFailed(
            say("The printer {queue} did not take the document ({cause}).", queue=queue, cause=cause)
            if cause
            else say("The printer {queue} did not take the document.", queue=queue),
            advice=say("Check the printer, then print again."),
        )


def _lpstat(option: str) -> list[str]:
    if shutil.which("lpstat") is None:
        return []
    try:
        done = subprocess.run(
            ["lpstat", option],  # noqa: S607 - found on PATH, as everywhere in CUPS
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=LIST_TIMEOUT_SECONDS,
            env=_plain_language(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    if done.returncode != 0:
        return []
    return [line for line in done.stdout.decode("utf-8", "replace").splitlines() if len(line.split()) > 0]


def _plain_language() -> dict[str, str]:
    """The words of `lpstat -p` are translated; they are read here in English."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _clean_title(title: str) -> str:
    return "".join(letter for letter in title if letter.isprintable())[:LONGEST_TITLE] or "Foyer"


def _cause(stderr: bytes) -> str:
    """Return what the printing system says, in its words; "" where it says nothing."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("lp: ").removeprefix("Error - ").strip().rstrip(".") if lines else ""
