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

    from pos_app.domain.house.settings import HouseSettings
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
        _house_name(session, decided),
        decided.language,
        list_staff_choices(session, till_id),
        load_till(session, till_id, public_key),
    )


def load_house_name(session: Session) -> str:
    """Return what the house is called: its organisation, else the only venue; never one of several."""
    return _house_name(session, load_house_settings(session))


def _house_name(session: Session, decided: HouseSettings) -> str:
    if decided.organisation:
        return decided.organisation
    venues = session.execute(select(Venue.name).where(Venue.deleted_at.is_(None)).limit(2)).scalars().all()
    return venues[0] if len(venues) == 1 else "Foyer"
