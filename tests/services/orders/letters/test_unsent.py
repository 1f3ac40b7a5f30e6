"""A letter is looked at before it goes out, without the code that only its reader is to know."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.models import Venue
from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.kinds import LetterKind
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.house.ticket_look import store_ticket_look
from pos_app.services.orders.letters.unsent import HIDDEN_CODE, load_example, load_unsent
from tests.services.letters.post import Post

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_a_code_stays_hidden(house: OpenHouse) -> None:
    post = Post(house)
    anna = post.customer("Anna", "anna@example.org")
    letter = post.letter(anna, LetterKind.VERIFICATION, facts=json.dumps({"code": "471147"}))
    unsent = house.database.read(load_unsent, house.small.cashier, letter)
    assert (unsent.content.code, unsent.content.customer_name) == (HIDDEN_CODE, "Anna")
    assert unsent.template.kind is LetterKind.VERIFICATION
    example = house.database.read(load_example, house.small.manager, LetterKind.VERIFICATION)
    assert (example.content.code, example.is_real) == (HIDDEN_CODE, True)


def test_the_example_is_the_last_letter_of_its_kind_that_is_still_somebodys(house: OpenHouse) -> None:
    post = Post(house)
    manager = house.small.manager
    assert not house.database.read(load_example, manager, LetterKind.NOTE).is_real
    first = post.letter(post.customer("Anna", "anna@example.org"))
    post.letter(post.customer("Bert", "bert@example.org"), recipient="")
    example = house.database.read(load_example, manager, LetterKind.NOTE)
    assert (example.content.letter_id, example.is_real) == (first, True)


def test_one_that_is_damaged_is_no_example(house: OpenHouse) -> None:
    post = Post(house)
    post.letter(post.customer("Anna", "anna@example.org"), facts="{")
    assert not house.database.read(load_example, house.small.manager, LetterKind.NOTE).is_real


@pytest.mark.parametrize("kind", LetterKind)
def test_what_is_made_up_is_of_this_very_house(house: OpenHouse, kind: LetterKind) -> None:
    def change(session: Session) -> None:
        session.execute(update(Venue).values(name="Opera am Ring", address="Ring 1", currency="JPY"))
        before = load_house_settings(session)
        wanted = replace(before, organisation="City Opera", language="de_AT", currency="JPY")
        save_house_settings(session, house.small.manager, before, wanted)
        store_ticket_look(session, None, "No re-entry")

    house.database.transact(change)
    example = house.database.read(load_example, house.small.manager, kind)
    told = example.content
    assert (told.organisation, told.language, example.look.line) == ("City Opera", "de_AT", "No re-entry")
    assert {(one.venue, one.address) for one in told.evenings} <= {("Opera am Ring", "Ring 1")}
    assert told.currency in {"JPY", ""}
    letter = compose_letter(told, standard_template(kind, told.language), example.look)
    assert "City Opera" in letter.text
    assert "Playhouse" not in letter.subject + letter.text + letter.html


def test_a_house_without_a_name_writes_as_its_venue(house: OpenHouse) -> None:
    def change(session: Session) -> None:
        before = load_house_settings(session)
        save_house_settings(session, house.small.manager, before, replace(before, organisation=""))
        session.execute(update(Venue).values(name="Opera am Ring"))

    house.database.transact(change)
    example = house.database.read(load_example, house.small.manager, LetterKind.VERIFICATION)
    assert example.content.organisation == "Opera am Ring"


def test_who_may_not_see_letters_is_told(house: OpenHouse) -> None:
    letter = Post(house).letter(Post(house).customer("Anna", "anna@example.org"))
    with pytest.raises(NotPermitted):
        house.database.read(load_unsent, house.small.steward, letter)
    with pytest.raises(NotPermitted):
        house.database.read(load_example, house.small.cashier, LetterKind.NOTE)
