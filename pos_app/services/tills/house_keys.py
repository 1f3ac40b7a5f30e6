"""What everybody may know of the house key, and which keys of tills it vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.models import HouseKey, TillKey
from pos_app.documents.house_keys import till_key_is_signed
from pos_app.domain.errors import HouseKeyNeeded
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.documents.house_keys import HouseKeys

THE_KEY: Final = 1
"""The id of the house key: of two computers that make one at once, the second finds it taken."""
THE_HOUSE_KEY: Final = (
    select(table_of(HouseKey).c.public_key).where(table_of(HouseKey).c.id == THE_KEY).scalar_subquery()
)
"""Its public half, for statements that read more in one go; NULL before the house has one."""


@dataclass(frozen=True, slots=True)
class KnownHouseKey:
    """public_key: hex. pepper_check: by which the pepper that a computer keeps is known to be this house's."""

    public_key: str
    pepper_check: str


def load_house_key(session: Session) -> KnownHouseKey | None:
    """Return the key of the house; None before it has one."""
    return _known(session, lock=False)


def lock_house_key(session: Session) -> KnownHouseKey | None:
    """As load_house_key, as it stands now; none is made before this transaction ends."""
    return _known(session, lock=True)


def require_these(session: Session, keys: HouseKeys | None) -> KnownHouseKey | None:
    """Return the house's key, locked, and see that these are the keys of it. None: it has none yet.

    Raises HouseKeyNeeded where it has, and they are not: it was made a moment ago, or is another one.
    """
    known = lock_house_key(session)
    if known is not None and (keys is None or keys.public_key != known.public_key):
        raise HouseKeyNeeded(
            say("This needs the key of the house, which a manager's password opens."),
            advice=say("Do it once more, and give the password of a manager."),
        )
    return known


def sign_key(session: Session, key_id: int, till_id: int, public_key: str, keys: HouseKeys) -> None:
    """Vouch for the key of a till; takes a fraction of a millisecond."""
    signature = keys.sign_till_key(till_id, public_key)
    session.execute(update(TillKey).where(TillKey.id == key_id).values(signature=signature))


def sign_all_keys(session: Session, keys: HouseKeys) -> int:
    """Vouch for each key that is not revoked; returns how many those were."""
    rows = session.execute(
        select(TillKey.id, TillKey.till_id, TillKey.public_key).where(TillKey.revoked_at.is_(None)).with_for_update()
    ).all()
    for row in rows:
        sign_key(session, row.id, row.till_id, row.public_key, keys)
    return len(rows)


def is_vouched_for(known: KnownHouseKey | None, till_id: int, public_key: str, signature: str | None) -> bool:
    """Tell whether gates that know this house key trust the key of a till; before there is one, they trust all."""
    return known is None or till_key_is_signed(known.public_key, till_id, public_key, signature)


def _known(session: Session, *, lock: bool) -> KnownHouseKey | None:
    query = select(HouseKey.public_key, HouseKey.pepper_check).where(HouseKey.id == THE_KEY)
    row = session.execute(query.with_for_update(read=True) if lock else query).one_or_none()
    return None if row is None else KnownHouseKey(row.public_key, row.pepper_check)
