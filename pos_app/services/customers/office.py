"""What is done with customers at the office only, whoever is signed in: merging, handing out, erasing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.db.base import table_of
from pos_app.db.grants.own import may_change
from pos_app.db.models import Customer
from pos_app.domain.errors import RightsMissing
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def require_office(session: Session, actor: Actor) -> None:
    """Raise NotPermitted for who may not, and RightsMissing where the account of this computer is a counter's."""
    require(session, actor, Permission.PRIVACY)
    if not may_change(session, table_of(Customer), "merged_into_id"):
        raise RightsMissing(
            say("Customers are merged, exported and erased at the office, and this computer is a counter's."),
            advice=say("Do it at a computer of the office."),
        )
