"""What a tour stands on: waiting for conditions, pictures, and the record of the steps."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.opening.stored_texts import stored_texts
from pos_app.tour.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.opening.open_house import OpenHouse

PATIENCE_SECONDS: Final = 20.0
REST_SECONDS: Final = 0.35
"""After a step the window gets so long to finish what it paints, before its picture is taken."""
_PNG_QUALITY: Final = 85
"""For PNG this is how hard it is compressed, the least but one: twice as fast as usual."""
_BREATH_SECONDS: Final = 0.002
"""Between two looks the other threads have their turn."""


class TourFailed(Exception):
    """A step did not do what it says."""


def fail(sentence: str) -> NoReturn:
    """End the step."""
    raise TourFailed(sentence)


@dataclass(slots=True)
class Step:
    """One step of the tour, as it stands in tour.json."""

    name: str
    ok: bool
    seconds: float
    screenshot: str
    problem: str = ""


@dataclass(slots=True)
class Record:
    """All that a tour tells in the end."""

    steps: list[Step] = field(default_factory=list)
    order: dict[str, object] = field(default_factory=dict)
    tickets: list[dict[str, str]] = field(default_factory=list)
    scans: list[dict[str, str]] = field(default_factory=list)
    findings: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Tell whether every step did what it says."""
        return bool(self.steps) and all(step.ok for step in self.steps)

    def write(self, path: Path) -> None:
        """Write tour.json."""
        steps = [{key: value for key, value in asdict(step).items() if value != ""} for step in self.steps]
        told = {"ok": self.ok, "steps": steps, "order": self.order, "tickets": self.tickets, "scans": self.scans}
        told |= self.findings
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


class Stage:
    """Waits, takes pictures, reads what is on screen, and keeps the record. typed: what the tour itself wrote."""

    def __init__(
        self, folder: Path, window: QWidget, tell: Callable[[str], object], *, rest_seconds: float = REST_SECONDS
    ) -> None:
        self.folder = folder
        self.record = Record()
        self.findings = Findings()
        self.typed: list[str] = []
        self._window = window
        self._tell = tell
        self._rest_seconds = rest_seconds

    def wait_for(self, what: str, condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
        """Let the window work until a condition holds. Raises TourFailed when it does not in time."""
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                fail(f"waited {seconds:.0f} s in vain for: {what}")
            _work()

    def rest(self) -> None:
        """Let the window finish painting."""
        until = time.monotonic() + self._rest_seconds
        while time.monotonic() < until:
            _work()

    def sum_up(self, house: OpenHouse | None, *, pseudo: bool) -> None:
        """Write down what was found in the windows and on paper. pseudo: whatever is not translated, too."""
        stored = house.database.read(stored_texts) if house is not None and pseudo else ()
        self.record.findings = self.findings.told((*stored, *self.typed) if pseudo else None)

    def play(self, name: str, step: Callable[[], object]) -> bool:
        """Run a step, take its picture, write it down; False when it failed."""
        began = time.monotonic()
        problem = ""
        try:
            step()
        except TourFailed as error:
            problem = str(error)
        self.rest()
        number = len(self.record.steps) + 1
        shot = f"{number:02d}-{name.replace(' ', '-')}.png"
        self._window.grab().save(str(self.folder / shot), "PNG", _PNG_QUALITY)
        self.findings.read_windows(name, self.rest)
        self.record.steps.append(Step(name, not problem, round(time.monotonic() - began, 2), shot, problem))
        self._tell(f"{'ok    ' if not problem else 'FAILED'}  {name}{': ' + problem if problem else ''}")
        return not problem


def _work() -> None:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    time.sleep(_BREATH_SECONDS)
