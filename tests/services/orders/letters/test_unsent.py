"""A letter is looked at before it goes out, without the code that only its reader is to know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.kinds import LetterKind
from pos_app.services.orders.letters.unsent import HIDDEN_CODE, load_example, load_unsent
from tests.services.letters.post import Post

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_code_stays_hidden(house: OpenHouse) -> None:
    post = Post(house)
    anna = post.customer("Anna", "anna@example.org")
    letter = post.letter(anna, LetterKind.VERIFICATION, facts=json.dumps({"code": "471147"}))
    unsent = house.database.read(load_unsent, house.small.cashier, letter)
    assert (unsent.content.code, unsent.content.customer_name) == (HIDDEN_CODE, "Anna")
    assert unsent.template.kind is LetterKind.VERIFICATION
    example = house.database.read(load_example, house.small.manager, LetterKind.VERIFICATION)
    assert example is not None
    assert example.code == HIDDEN_CODE


def test_the_example_is_the_last_letter_of_its_kind_that_is_still_somebodys(house: OpenHouse) -> None:
    post = Post(house)
    manager = house.small.manager
    assert house.database.read(load_example, manager, LetterKind.NOTE) is None
    first = post.letter(post.customer("Anna", "anna@example.org"))
    post.letter(post.customer("Bert", "bert@example.org"), recipient="")
    example = house.database.read(load_example, manager, LetterKind.NOTE)
    assert example is not None
    assert example.letter_id == first


def test_who_may_not_see_letters_is_told(house: OpenHouse) -> None:
    letter = Post(house).letter(Post(house).customer("Anna", "anna@example.org"))
    with pytest.raises(NotPermitted):
        house.database.read(load_unsent, house.small.steward, letter)
    with pytest.raises(NotPermitted):
        house.database.read(load_example, house.small.cashier, LetterKind.NOTE)
