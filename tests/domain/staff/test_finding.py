from __future__ import annotations

import pytest

from pos_app.domain.roles import Role
from pos_app.domain.staff.finding import find_people
from pos_app.domain.staff.sign_in import StaffChoice

_NAMES = ("Amina Əliyeva", "Zoë O\u2019Brien", "Łukasz Nowak", "Jürgen Weiß", "Zeynep Iş\u0131k", "Mei-Lin Ødegård")
_STAFF = tuple(StaffChoice(at, name, Role.CASHIER, has_pin=True) for at, name in enumerate(_NAMES))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", _NAMES),
        ("  ", _NAMES),
        ("am", ("Amina Əliyeva",)),
        ("eliy", ("Amina Əliyeva",)),
        ("ƏLİ", ("Amina Əliyeva",)),
        ("zoe", ("Zoë O\u2019Brien",)),
        ("brien", ("Zoë O\u2019Brien",)),
        ("nowak luk", ("Łukasz Nowak",)),
        ("obrien", ("Zoë O\u2019Brien",)),
        ("o brien zoe", ("Zoë O\u2019Brien",)),
        ("meilin", ("Mei-Lin Ødegård",)),
        ("weiss", ("Jürgen Weiß",)),
        ("isik", ("Zeynep Iş\u0131k",)),
        ("ISIK", ("Zeynep Iş\u0131k",)),
        ("lin", ("Mei-Lin Ødegård",)),
        ("odeg", ("Mei-Lin Ødegård",)),
        ("mina", ()),
        ("x", ()),
    ],
)
def test_first_letters_find_on_any_keyboard(typed: str, found: tuple[str, ...]) -> None:
    assert tuple(one.name for one in find_people(_STAFF, typed)) == found
