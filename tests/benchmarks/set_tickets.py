"""A process that signs and sets tickets, on each paper, as PDF; and pages that have only a code and some lines."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Final

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from reportlab.pdfgen.canvas import Canvas

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.tickets.papers import Paper
from pos_app.services.orders.ticket_faces import load_ticket_faces
from tests.benchmarks.figures import milliseconds
from tests.benchmarks.windows import heard, tell
from tests.small_house import SIGNING_KEY

_LINES: Final = 12


def bare_pages(key_id: int, tickets: list[int]) -> bytes:
    """Set what no ticket can do without: a signed code as a symbol, and some lines of text, each on a page."""
    file = BytesIO()
    canvas = Canvas(file)
    for ticket in tickets:
        code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=0)
        code.add_data(sign_ticket(SIGNING_KEY, TicketClaim(key_id, 1, ticket, 1)))
        for y, row in enumerate(code.get_matrix()):
            for x, dark in enumerate(row):
                if dark:
                    canvas.rect(x * 2, y * 2, 2, 2, stroke=0, fill=1)
        for line in range(_LINES):
            canvas.drawString(200, 200 + 12 * line, f"Line {line} of ticket {ticket}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


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
    found["bare"] = milliseconds(lambda: bare_pages(facts["key_id"], tickets)) / len(tickets)
    for paper in Paper:
        found[paper.value] = milliseconds(lambda paper=paper: set_all(paper, tickets)) / len(tickets)  # type: ignore[misc]
    database.close()
    tell(found)


if __name__ == "__main__":
    main()
