"""A process that signs and sets tickets, on each paper, as PDF."""

from __future__ import annotations

from dataclasses import replace

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.tickets.papers import Paper
from pos_app.services.orders.ticket_faces import load_ticket_faces
from tests.benchmarks.figures import milliseconds
from tests.benchmarks.windows import heard, tell
from tests.small_house import SIGNING_KEY


def main() -> None:
    facts = heard()
    database = Database(parse_address(facts["url"]))
    tickets: list[int] = facts["tickets"]

    def set_all(paper: Paper, some: list[int]) -> bytes:
        faces = [
            replace(
                face,
                code=sign_ticket(
                    SIGNING_KEY, TicketClaim(facts["key_id"], face.performance_id, face.ticket_id, face.issue_count)
                ),
            )
            for face in database.read(load_ticket_faces, some)
        ]
        return render_tickets(faces, paper)

    found: dict[str, float] = {"first": milliseconds(lambda: set_all(Paper.A4, tickets[:1]))}
    for paper in Paper:
        found[paper.value] = milliseconds(lambda paper=paper: set_all(paper, tickets)) / len(tickets)  # type: ignore[misc]
    database.close()
    tell(found)


if __name__ == "__main__":
    main()
