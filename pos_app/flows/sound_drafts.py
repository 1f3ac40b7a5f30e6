"""What is typed to found or to join a house, made sound: all that is wrong is told at once, by its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import require_zone, zone_by_city
from pos_app.domain.money import require_currency
from pos_app.domain.sentences import say, say_in_turn
from pos_app.domain.staff.pins import SHORTEST_MANAGER_PIN
from pos_app.domain.texts import clean_line
from pos_app.services.founding import Founding
from pos_app.services.staff.passwords import hash_secret, require_sound_name, require_sound_password, require_sound_pin
from pos_app.services.tills.registering import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.house.setup import HouseDraft
    from pos_app.domain.sentences import Sentence

_LONGEST_HOUSE: Final = 120


def founding_of(draft: HouseDraft) -> tuple[Founding, str]:
    """Return what the house begins with, its secrets hashed, and this till's name. Raises FieldRefused."""
    problems = FieldProblems()
    house = clean_line(draft.house, _LONGEST_HOUSE + 1)
    currency = draft.currency.strip().upper()
    time_zone = zone_by_city(clean_line(draft.time_zone, _LONGEST_HOUSE))
    if not house:
        problems.add("house", say("Type the name of the house."))
    elif len(house) > _LONGEST_HOUSE:
        problems.add("house", say("That name is too long ({longest} letters at the most).", longest=_LONGEST_HOUSE))
    problems.refuse_card_numbers(house=house)
    _try(problems, "currency", lambda: require_currency(currency))
    _try(problems, "time_zone", lambda: require_zone(time_zone))
    _try(problems, "manager", lambda: require_sound_name(draft.manager))
    _try(problems, "password", lambda: require_sound_password(draft.password))
    if draft.password != draft.again:
        problems.add("again", say("This is not the same password. Type both again."))
    _try(problems, "pin", lambda: require_sound_pin(draft.pin.strip(), shortest=SHORTEST_MANAGER_PIN))
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
        len(pin),
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
        problems.add("till_name", say("Type a name for this till, for example Till 1."))
    elif len(cleaned) > LONGEST_NAME:
        problems.add("till_name", say("That name is too long ({longest} letters at the most).", longest=LONGEST_NAME))
    problems.refuse_card_numbers(till_name=cleaned)
    return cleaned


def _try(problems: FieldProblems, field: str, rule: Callable[[], object]) -> None:
    try:
        rule()
    except InvalidInput as refused:
        problems.add(field, _told(refused))


def _told(refused: InvalidInput) -> Sentence:
    return say_in_turn(refused.message, refused.advice)
