from __future__ import annotations

import dataclasses
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSettings

from pos_app.devices.sound import SoundPlayer
from pos_app.domain.door.check_in import (
    LONGEST_SCAN,
    DoorCounts,
    DoorPerformance,
    GuestTicket,
    Reason,
    Scan,
    ScanEntry,
    ScanResult,
    Verdict,
)
from pos_app.domain.door.finding import FoundGuests
from pos_app.domain.door.order_party import OrderParty, PartyResult, PartyScan, PartyTicket
from pos_app.domain.seats import Place
from pos_app.ui.look.theme import apply_theme
from pos_app.ui.screens.door.operations import DoorOperations
from pos_app.ui.screens.door.screen import DoorScreen
from pos_app.ui.wedge import WedgeFilter
from tests.ui.replies import Later, Now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.devices.tones import Sound

DOORS = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=10)
NUTCRACKER = DoorPerformance(
    1, "The Nutcracker", "Main House", "Asia/Baku", DOORS + timedelta(minutes=45), 600.0, cancelled=False
)
BRAHMS = DoorPerformance(
    2,
    "City Philharmonic: Brahms",
    "Main House",
    "Asia/Baku",
    DOORS + timedelta(days=3),
    3 * 86_400,
    cancelled=False,
)


@dataclass
class FakeDoor(DoorOperations):
    """A door in memory. slow: verdicts wait in `pending`. broken: every answer is this error."""

    shows: tuple[DoorPerformance, ...] = (BRAHMS, NUTCRACKER)
    tickets: dict[str, GuestTicket] = dataclasses.field(default_factory=dict)
    scans: list[Scan] = dataclasses.field(default_factory=list)
    entries: list[ScanEntry] = dataclasses.field(default_factory=list)
    undone: list[int] = dataclasses.field(default_factory=list)
    pending: deque[Later[Any]] = dataclasses.field(default_factory=deque)
    slow: bool = False
    broken: Exception | None = None
    inside: int = 411
    counted: int = 0
    repeated: bool = False
    more_guests: bool = False
    slow_parties: bool = False
    most_others: int = 40
    parties: list[PartyScan] = dataclasses.field(default_factory=list)
    admitted: dict[str, int] = dataclasses.field(default_factory=dict)

    @property
    def till_name(self) -> str:
        return "Gate 1"

    def others_of_order(self, owner: QObject, check_in_id: int) -> Later[OrderParty]:
        code = next(scan.text for number, scan in enumerate(self.scans, 1) if number == check_in_id)
        order = self.tickets[code].order_number
        others = tuple(
            PartyTicket(number, ticket.place, ticket.ticket_type)
            for number, (other, ticket) in enumerate(self.tickets.items())
            if ticket.order_number == order and other != code and not ticket.inside
        )
        listed = others[: self.most_others]
        found = OrderParty(check_in_id, order, "Amina Əliyeva", listed, len(others) - len(listed))
        if not self.slow_parties:
            return Now(found)
        later: Later[Any] = Later(found)
        self.pending.append(later)
        return later

    def check_in_others(self, owner: QObject, party: PartyScan) -> Later[PartyResult]:
        self.parties.append(party)
        outcome: Any = self.broken
        if outcome is None:
            codes = list(self.tickets)
            come: list[ScanResult] = []
            for ticket_id in party.ticket_ids:
                self.scans.append(Scan(1, party.gate, codes[ticket_id], f"{party.request_id}:{ticket_id}"))
                come.append(self._judge(self.scans[-1]))
            outcome = PartyResult(
                tuple(one for one in come if one.verdict is Verdict.ADMITTED),
                tuple(one for one in come if one.verdict is not Verdict.ADMITTED),
            )
        if not self.slow:
            return Now(outcome)
        later: Later[Any] = Later(outcome)
        self.pending.append(later)
        return later

    def gates(self, owner: QObject) -> Later[tuple[str, ...]]:
        return Now(("Balcony", "North stairs"))

    def performances(self, owner: QObject) -> Later[tuple[DoorPerformance, ...]]:
        return Now(self.shows)

    def counts(self, owner: QObject, performance_id: int) -> Later[DoorCounts]:
        self.counted += 1
        return Now(DoorCounts(self.inside, 1312) if performance_id == 1 else DoorCounts(0, 900))

    def last_scans(self, owner: QObject, performance_id: int, gate: str) -> Later[tuple[ScanEntry, ...]]:
        here = [entry for entry in reversed(self.entries) if gate in {"", entry.gate}]
        return Now(tuple(here[:20]) if performance_id == 1 else ())

    def find_guests(self, owner: QObject, performance_id: int, query: str) -> Later[FoundGuests]:
        words = query.casefold()
        found = (
            ticket
            for ticket in self.tickets.values()
            if words in f"{ticket.order_number} {ticket.customer_name} {ticket.place.spoken()}".casefold()
        )
        return Now(self.broken or FoundGuests(tuple(found), more=self.more_guests))

    def undo(self, owner: QObject, check_in_id: int) -> Later[Any]:
        if self.broken is None:
            self.undone.append(check_in_id)
            self.inside -= 1
            self.entries = [
                dataclasses.replace(entry, undone=True) if entry.check_in_id == check_in_id else entry
                for entry in self.entries
            ]
        return Now[Any](self.broken or "undone")

    def check_in(self, owner: QObject, scan: Scan) -> Later[ScanResult]:
        self.scans.append(scan)
        outcome = self.broken or self._judge(scan)
        if not self.slow:
            return Now(outcome)
        later = Later(outcome)
        self.pending.append(later)
        return later

    def _judge(self, scan: Scan) -> ScanResult:
        number = len(self.scans)
        ticket = self.tickets.get(scan.text)
        result = ScanResult(
            verdict=Verdict.REFUSED,
            reason=Reason.INVALID,
            headline="This is not a ticket of this house.",
            advice="Ask for the ticket, or find the guest by name.",
            check_in_id=number,
        )
        if len(scan.text) <= LONGEST_SCAN and ticket is not None:
            known = dataclasses.replace(
                result,
                place=ticket.place,
                ticket_type=ticket.ticket_type,
                customer_name=ticket.customer_name,
                order_number=ticket.order_number,
            )
            if scan.leaving:
                self.inside -= 1
                result = dataclasses.replace(
                    known, verdict=Verdict.LEFT, reason=Reason.NONE, headline="Goes out.", advice=""
                )
            elif ticket.inside and not self.repeated:
                result = dataclasses.replace(
                    known,
                    verdict=Verdict.ALREADY_USED,
                    reason=Reason.ALREADY_REDEEMED,
                    headline="This ticket was used before.",
                    advice="Look at the seat and the name before you let anyone in.",
                    used_at=DOORS,
                    used_gate="North stairs",
                    used_seconds_ago=130.0,
                )
            else:
                self.inside += 0 if self.repeated else 1
                self.tickets[scan.text] = dataclasses.replace(ticket, inside=True)
                result = dataclasses.replace(
                    known,
                    verdict=Verdict.ADMITTED,
                    reason=Reason.NONE,
                    headline="Welcome.",
                    advice="",
                    repeated=self.repeated,
                    used_seconds_ago=3.2 if self.repeated else None,
                    check_in_id=self.admitted.setdefault(scan.text, number),
                )
        self.entries.append(
            ScanEntry(
                number,
                DOORS + timedelta(seconds=7 * number),
                Verdict.ALREADY_USED if result.repeated else result.verdict,
                Reason.SAME_GUEST if result.repeated else result.reason,
                scan.gate,
                result.place,
                undone=False,
            )
        )
        return result


class FakeSounds(SoundPlayer):
    def __init__(self) -> None:
        super().__init__(players=())
        self.played: list[Sound] = []

    def play(self, sound: Sound) -> None:
        if not self.muted:
            self.played.append(sound)


@pytest.fixture
def door() -> FakeDoor:
    guests = (
        ("7K4MXQ2R9T", "Stalls centre", "G", "18", "Adult", "Amina Əliyeva", "7K4MXQ2R", False),
        ("AB3DEFGH7J", "Stalls centre", "G", "19", "Child", "Amina Əliyeva", "7K4MXQ2R", False),
        ("QQ2RSTUV8W", "Box C", "", "4", "Senior", "Łukasz Nowak", "MNP23456", True),
        ("XX9YZABC4D", "Circle", "B", "2", "Adult", "Old Order", "ZZ234567", False),
    )
    made = FakeDoor()
    for code, zone, row, seat, kind, name, order, inside in guests:
        made.tickets[code] = GuestTicket(
            code, Place(zone, row, seat), kind, name, order, inside, void=name == "Old Order"
        )
    return made


@pytest.fixture
def sounds() -> FakeSounds:
    return FakeSounds()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def screen(
    qtbot: QtBot, qapp: QApplication, door: FakeDoor, sounds: FakeSounds, settings: QSettings
) -> Iterator[DoorScreen]:
    apply_theme(qapp, dark=False)
    made = DoorScreen(door, sounds, settings=settings)
    qtbot.addWidget(made)
    made.resize(1280, 660)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    # As the window does, which hears the scanner for all its screens.
    ear = WedgeFilter(made)
    ear.scanned.connect(made.scan)
    ear.set_enabled(True)
    yield made
    ear.set_enabled(False)
    made.hide()
