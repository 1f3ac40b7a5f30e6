from __future__ import annotations

import re

from pos_app.domain.codes import ALPHABET
from pos_app.domain.staff.passwords import new_password


def test_a_password_made_up_for_somebody_is_easy_to_read_and_hard_to_guess() -> None:
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    letters = re.escape(ALPHABET.lower())
    assert all(re.fullmatch(f"([{letters}]{{4}}-){{2}}[{letters}]{{4}}", password) for password in made)
