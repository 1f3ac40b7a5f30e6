"""What is typed for a new house, made fit to be stored: every field that cannot be is named at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import find_zone, zone_by_city
from pos_app.domain.texts import clean_line
from pos_app.services.founding import Founding
from pos_app.services.staff.passwords import hash_secret, require_sound_name, require_sound_password, require_sound_pin
from pos_app.services.tills.registering import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.house.setup import HouseDraft

_LONGEST_HOUSE: Final = 120


def founding_of(draft: HouseDraft) -> tuple[Founding, str]:
    """Return what the house begins with, its secrets hashed, and this till's name. Raises FieldRefused."""
    problems = FieldProblems()
    house = clean_line(draft.house, _LONGEST_HOUSE + 1)
    currency = draft.currency.strip().upper()
    time_zone = zone_by_city(draft.time_zone)
    if not house:
        problems.add("house", "Type the name of the house.")
    elif len(house) > _LONGEST_HOUSE:
        problems.add("house", f"That name is too long ({_LONGEST_HOUSE} letters at the most).")
    if not currency:
        problems.add("currency", "Choose a currency. For example EUR.")
    elif currency not in CURRENCIES:
        problems.add("currency", "Type the three letters of a currency, for example EUR.")
    _try(problems, "time_zone", lambda: find_zone(time_zone))
    _try(problems, "manager", lambda: require_sound_name(draft.manager))
    _try(problems, "password", lambda: require_sound_password(draft.password))
    if draft.password != draft.again:
        problems.add("again", "This is not the same password. Type both again.")
    _try(problems, "pin", lambda: require_sound_pin(draft.pin.strip()))
    till_name = _till_name(problems, draft.till_name)
    problems.require_none()
    pin = draft.pin.strip()
    founding = Founding(
        house,
        currency,
        time_zone,
        require_sound_name(draft.manager),
        hash_secret(draft.password),
        hash_secret(pin) if pin else "",
    )
    return founding, till_name


def sound_till_name(name: str) -> str:
    """Return a till's name, cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    cleaned = _till_name(problems, name)
    problems.require_none()
    return cleaned


def _till_name(problems: FieldProblems, name: str) -> str:
    cleaned = clean_line(name, LONGEST_NAME + 1)
    if not cleaned:
        problems.add("till_name", "Type a name for this till, for example Till 1.")
    elif len(cleaned) > LONGEST_NAME:
        problems.add("till_name", f"That name is too long ({LONGEST_NAME} letters at the most).")
    return cleaned


def _try(problems: FieldProblems, field: str, rule: Callable[[], object]) -> None:
    try:
        rule()
    except InvalidInput as refused:
        problems.add(field, str(refused))
