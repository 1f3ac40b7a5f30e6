"""What a till needs to know before anybody has signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Venue
from pos_app.services.house.settings import load_house_settings
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.tills.registering import load_till

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.staff.sign_in import StaffChoice
    from pos_app.services.tills.registering import KnownTill


@dataclass(frozen=True, slots=True)
class Entrance:
    """house: the name above the sign-in. language: a locale for money and dates; "": each till's own."""

    house: str
    language: str
    staff: tuple[StaffChoice, ...]
    till: KnownTill


def load_entrance(session: Session, till_id: int, public_key: str) -> Entrance:
    """Return who can sign in and how this till is set up, as a manager has decided by now. Raises NotFound."""
    decided = load_house_settings(session)
    return Entrance(
        decided.organisation or _first_venue(session),
        decided.language,
        list_staff_choices(session, till_id),
        load_till(session, till_id, public_key),
    )


def load_house_name(session: Session) -> str:
    """Return the name above the sign-in."""
    return load_house_settings(session).organisation or _first_venue(session)


def _first_venue(session: Session) -> str:
    name = session.execute(select(Venue.name).where(Venue.deleted_at.is_(None)).order_by(Venue.id).limit(1))
    return name.scalar_one_or_none() or "Foyer"
