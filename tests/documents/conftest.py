from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.seats import Place
from pos_app.domain.tickets.faces import TicketFace


@dataclass(frozen=True)
class Till:
    """A till that signs: what is on its tickets, and the keys that a gate knows."""

    private: bytes
    public_keys: dict[int, bytes]

    def face(self, serial: int = 1, **changes: Any) -> TicketFace:
        issue = int(changes.get("issue_count", 1))
        face = TicketFace(
            ticket_id=serial,
            performance_id=42,
            event_title="The Nutcracker",
            venue_name="Foyer Playhouse",
            starts_at=datetime(2026, 11, 28, 15, 30, tzinfo=UTC),
            doors_at=datetime(2026, 11, 28, 14, 45, tzinfo=UTC),
            time_zone="Asia/Baku",
            place=Place("Stalls centre", "G", "18"),
            category="Category A",
            ticket_type="Adult",
            price_minor=5200,
            currency="EUR",
            order_number="K7PM3WQX",
            short_code="ABCDEFGHJK",
            code=sign_ticket(self.private, self.claim(serial, issue)),
            customer_name="Amina Əliyeva",
            venue_address="12 Harbour Street",
        )
        return replace(face, **changes)

    def claim(self, serial: int, issue: int = 1) -> TicketClaim:
        return TicketClaim(key_id=7, performance_id=42, serial=serial, issue_count=issue)


@pytest.fixture(scope="session")
def till() -> Till:
    private, public = new_signing_key()
    return Till(private, {7: public})
