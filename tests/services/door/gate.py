"""A gate at the evening, and what comes to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import CheckIn, Ticket
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.services.door.check_in import check_in
from pos_app.services.door.guest_lists import count_guests

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse


MAIN, SIDE = "Main door", "Side door"


@dataclass(frozen=True)
class Door:
    """A gate at the evening, and the first ticket sold for it."""

    house: OpenHouse
    ticket_id: int
    code: str

    def scan(self, text: str | None = None, gate: str = MAIN, *, nonce: str = "", leaving: bool = False) -> ScanResult:
        asked = Scan(
            self.house.small.performance_id, gate, self.code if text is None else text, nonce or uuid4().hex, leaving
        )
        return self.house.database.transact(check_in, self.house.small.steward, asked)

    def short_code(self) -> str:
        return self.house.database.read(lambda session: session.get_one(Ticket, self.ticket_id)).short_code

    def inside(self) -> int:
        """Count the guests of the evening that are inside."""
        return self.house.database.read(count_guests, self.house.small.performance_id).inside

    def let_pass(self, seconds: float) -> None:
        """Make all scans so many seconds older."""
        older = update(CheckIn).values(created_at=utc_plus(-seconds))
        self.house.database.transact(lambda session: session.execute(older))

    def stored(self) -> list[CheckIn]:
        return self.house.database.read(lambda session: list(session.scalars(select(CheckIn).order_by(CheckIn.id))))


def verdict(result: ScanResult) -> tuple[Verdict, Reason]:
    return result.verdict, result.reason
