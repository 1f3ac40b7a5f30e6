"""What must hold in any box office, said in SQL and apart from the services."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import text

from pos_app.services.audit import entry_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_NOTHING_OF_THIS = {
    "a sold seat without exactly one live line and one live ticket": """
        SELECT s.seat_id FROM performance_seat s
        LEFT JOIN order_line l ON l.performance_id = s.performance_id AND l.seat_id = s.seat_id AND l.state = 'live'
        LEFT JOIN ticket t ON t.order_line_id = l.id AND t.live_seat_id = s.seat_id AND t.voided_at IS NULL
        WHERE s.state = 'sold' GROUP BY s.performance_id, s.seat_id, s.order_line_id
        HAVING COUNT(l.id) <> 1 OR COUNT(t.id) <> 1 OR MIN(l.id) <> s.order_line_id""",
    "a live line whose seat is not sold, nor on resale for it": """
        SELECT l.id FROM order_line l
        JOIN performance_seat s ON s.performance_id = l.performance_id AND s.seat_id = l.seat_id
        LEFT JOIN resale r ON r.open_line_id = l.id AND r.order_line_id = s.prior_order_line_id
        WHERE l.state = 'live' AND s.state <> 'sold' AND r.id IS NULL""",
    "an order that is not the sum of the lines that were sold": """
        SELECT o.id FROM orders o JOIN order_line l ON l.order_id = o.id JOIN order_change c ON c.id = l.made_by_id
        WHERE c.kind = 'sale' GROUP BY o.id, o.lines_minor, o.fee_minor, o.total_minor
        HAVING SUM(CASE l.kind WHEN 'fee' THEN 0 ELSE l.price_minor END) <> o.lines_minor
        OR SUM(CASE l.kind WHEN 'fee' THEN l.price_minor ELSE 0 END) <> o.fee_minor
        OR o.total_minor <> o.lines_minor + o.fee_minor""",
    "a sale that is not paid exactly": """
        SELECT o.id FROM orders o JOIN order_change c ON c.request_id = o.request_id AND c.kind = 'sale'
        LEFT JOIN payment p ON p.request_id = o.request_id WHERE p.id IS NULL OR p.amount_minor <> o.total_minor""",
    "a reserved line whose seat is not its order's until the release": """
        SELECT l.id FROM order_line l JOIN orders o ON o.id = l.order_id LEFT JOIN performance_seat s
        ON s.performance_id = l.performance_id AND s.seat_id = l.seat_id AND s.claim_kind = 'reservation'
        AND s.claim_id = o.id AND s.claim_until = o.release_at
        WHERE l.state = 'reserved' AND l.kind = 'seat' AND s.seat_id IS NULL""",
    "an order whose money is not what its live lines are worth": """
        SELECT o.id FROM orders o WHERE
        (SELECT COALESCE(SUM(p.amount_minor), 0) FROM payment p WHERE p.order_id = o.id)
        - (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refund r WHERE r.order_id = o.id AND r.state <> 'given_up')
        <> (SELECT COALESCE(SUM(l.price_minor - l.discount_minor), 0) FROM order_line l
        WHERE l.order_id = o.id AND l.state = 'live')""",
    "a line at another price than the list's": """
        SELECT l.id FROM order_line l LEFT JOIN price p ON p.performance_id = l.performance_id
        AND p.category_id = l.category_id AND p.ticket_type_id = l.ticket_type_id
        WHERE l.kind = 'seat' AND (p.id IS NULL OR p.amount_minor <> l.price_minor)""",
    "a ticket without its presence": """
        SELECT t.id FROM ticket t LEFT JOIN ticket_presence p ON p.ticket_id = t.id
        AND p.issue_count = CASE WHEN t.voided_at IS NULL THEN t.issue_count ELSE 0 END
        WHERE p.ticket_id IS NULL OR p.inside <> 0""",
    "a companion's ticket on another seat": """
        SELECT l.id FROM order_line l JOIN ticket_type t ON t.id = l.ticket_type_id JOIN seat s ON s.id = l.seat_id
        WHERE t.seat_kind <> '' AND t.seat_kind <> s.kind""",
}


def faults(session: Session) -> list[str]:
    """Return what is wrong; nothing in a sound box office."""
    found = [what for what, query in _NOTHING_OF_THIS.items() if session.execute(text(query)).first() is not None]
    return found + _broken_chains(session)


def _broken_chains(session: Session) -> list[str]:
    heads = {row.chain: (row.seq, row.hash) for row in session.execute(text("SELECT chain, seq, hash FROM audit_head"))}
    ends: defaultdict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    broken = []
    for row in session.execute(text("SELECT chain, seq, body, hash FROM audit_entry ORDER BY chain, seq")):
        seq, before = ends[row.chain]
        if row.seq != seq + 1 or row.hash != entry_hash(before, row.body):
            broken.append(f"entry {row.seq} of {row.chain}")
        ends[row.chain] = (row.seq, row.hash)
    return broken + [f"the head of {chain}" for chain, end in heads.items() if ends[chain] != end]
