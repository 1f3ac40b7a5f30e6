"""What the holder of tickets on resale is told: each thing once, and nothing where nobody can be reached.

Call each behind the locks of what it tells of and before the audit, as telling.py says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.services.letters.writing import write_order_letter

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def tell_resale(session: Session, order_id: int, change_id: int, line_ids: Collection[int]) -> bool:
    """Tell which tickets are on resale, and what would go back; tell whether the order's customer can be reached."""
    return _write(session, LetterKind.RESALE, order_id, change_id, lines=sorted(line_ids))


def tell_resold(session: Session, order_id: int, change_id: int, amount_minor: int) -> bool:
    """Tell that the tickets whose lines a change ended are void, and what goes back (minor units); as tell_resale."""
    return _write(session, LetterKind.RESOLD, order_id, change_id, amount_minor=amount_minor)


def tell_resale_ended(session: Session, order_id: int, change_id: int, line_ids: Collection[int]) -> bool:
    """Tell that tickets are on resale no more, and good as before; as tell_resale."""
    return _write(session, LetterKind.RESALE_ENDED, order_id, change_id, lines=sorted(line_ids))


def _write(session: Session, kind: LetterKind, order_id: int, change_id: int, **facts: Any) -> bool:
    name = f"{kind.value.replace('_', '-')}-{change_id}"
    return write_order_letter(session, Occasion(kind, name, order_id=order_id, change_id=change_id, facts=facts))
