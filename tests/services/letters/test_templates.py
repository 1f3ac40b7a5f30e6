"""Templates of a house: worded by a manager, near languages, two people at one, and back to the standard."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import InvalidInput, NotPermitted
from pos_app.domain.letters.kinds import LetterKind
from pos_app.services.letters.templates import WORDED, list_templates, load_template, reset_template, save_template
from tests.houses import on_a_server

if TYPE_CHECKING:
    from pos_app.domain.letters.templates import Template
    from tests.houses import OpenHouse

BODY = "Guten Tag {customer},\n\n{tickets}"


def load(house: OpenHouse, language: str = "de_AT") -> Template:
    return house.database.read(load_template, LetterKind.CONFIRMATION, language)


def save(house: OpenHouse, before: Template, body: str = BODY, subject: str = "Karten {order}") -> Template:
    wanted = replace(before, subject=subject, body=body)
    return house.database.transact(save_template, house.small.manager, before, wanted)


def entries(house: OpenHouse) -> list[str]:
    bodies = house.database.read(lambda s: s.scalars(select(AuditEntry.body).order_by(AuditEntry.id)).all())
    actions = [json.loads(body)["action"] for body in bodies]
    return [action for action in actions if action.startswith("letter_template")]


def test_the_standard_serves_until_a_house_words_it(house: OpenHouse) -> None:
    standard = load(house)
    assert standard == standard_template(LetterKind.CONFIRMATION, "de_AT")
    saved = save(house, standard)
    assert (saved.revision, saved.body, saved.language) == (1, BODY, "de_AT")
    assert load(house) == saved
    again = save(house, saved, BODY + "\n\nBis bald")
    assert again.revision == 2
    assert load(house) == again
    assert entries(house) == ["letter_template_changed"] * 2


def test_saving_twice_is_saving_once(house: OpenHouse) -> None:
    standard = load(house)
    assert save(house, standard) == save(house, standard)
    assert entries(house) == ["letter_template_changed"]


@pytest.mark.parametrize("worded", ["de", "de_DE", "de-CH"])
def test_a_language_reads_what_the_house_says_in_one_that_is_near(house: OpenHouse, worded: str) -> None:
    save(house, load(house, worded))
    near = load(house)
    assert (near.body, near.language, near.revision) == (BODY, "de_AT", 0)
    assert load(house, "fr") == standard_template(LetterKind.CONFIRMATION, "fr")


def test_what_is_near_is_worded_anew_as_a_template_of_its_own(house: OpenHouse) -> None:
    save(house, load(house, "de"))
    own = save(house, load(house, "de_AT"), BODY + "\n\nServus")
    assert own.revision == 1
    assert load(house, "de").body == BODY
    assert load(house, "de_AT").body == own.body


def test_a_house_goes_back_to_the_standard(house: OpenHouse) -> None:
    saved = save(house, load(house))
    back = house.database.transact(reset_template, house.small.manager, saved)
    assert back == standard_template(LetterKind.CONFIRMATION, "de_AT")
    assert load(house) == back
    assert house.database.transact(reset_template, house.small.manager, saved) == back
    assert entries(house) == ["letter_template_changed", "letter_template_reset"]


def test_the_second_manager_is_told_what_the_first_wrote(house: OpenHouse) -> None:
    standard = load(house)
    first = save(house, standard)
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, standard, BODY + "\n\nAnders")
    assert told.value.current == first
    with pytest.raises(ChangedMeanwhile):
        house.database.transact(reset_template, house.small.manager, replace(first, revision=7))
    house.database.transact(reset_template, house.small.manager, first)
    with pytest.raises(ChangedMeanwhile):
        save(house, first, BODY + "\n\nAnders")


@on_a_server
@pytest.mark.parametrize("language", ["de_AT", "de_CH", "de_DE"])
def test_of_two_who_word_it_first_at_the_same_moment_one_is_told_of_the_other(house: OpenHouse, language: str) -> None:
    standard, together = load(house, language), Barrier(2)

    def word(name: str) -> Template | None:
        together.wait()
        try:
            return save(house, standard, f"{BODY}\n\n{name}")
        except ChangedMeanwhile:
            return None

    with ThreadPoolExecutor(2) as managers:
        answers = list(managers.map(word, ("Anna", "Berta")))
    (saved,) = [answer for answer in answers if answer is not None]
    assert load(house, language) == saved
    assert entries(house) == ["letter_template_changed"]


@pytest.mark.parametrize(
    ("subject", "body", "refused"),
    [
        ("Karten", "{tickets} {nobody}", {"body": "There is no placeholder {nobody}."}),
        ("{nobody}", BODY, {"subject": "There is no placeholder {nobody}."}),
        ("", BODY, {"subject": "Type a subject."}),
        ("Karten", "Guten Tag", {"body": "Without {tickets} this letter does not say what it is for."}),
        ("x" * 201, BODY, {"subject": "A subject has 200 letters at the most."}),
        ("Karten", "x" * 8001, {"body": "A letter has 8,000 letters at the most."}),
    ],
)
def test_what_cannot_be_sent_is_refused_beside_its_field(
    house: OpenHouse, subject: str, body: str, refused: dict[str, str]
) -> None:
    with pytest.raises(FieldRefused) as told:
        save(house, load(house), body, subject)
    assert {field: str(sentence) for field, sentence in told.value.fields.items()} == refused
    assert load(house).is_standard
    assert entries(house) == []


def test_what_cannot_be_seen_is_not_kept(house: OpenHouse) -> None:
    saved = save(house, load(house), "Guten Tag\u202e\r\n\r\n\r\n\r\n{tickets}\x00", "Karten\r\nBcc: x")
    assert (saved.subject, saved.body) == ("Karten Bcc: x", "Guten Tag\n\n{tickets}")
    assert load(house) == saved


def test_all_kinds_are_listed_in_the_languages_of_the_house(house: OpenHouse) -> None:
    saved = save(house, load(house, "az"))
    listed = house.database.read(list_templates, house.small.manager, ["en_GB"])
    assert [(one.kind, one.language) for one in listed] == [
        (kind, language) for kind in WORDED for language in ("az", "en_GB")
    ]
    assert saved in listed
    assert sum(not one.is_standard for one in listed) == 1


def test_only_a_manager_words_letters(house: OpenHouse) -> None:
    standard, cashier = load(house), house.small.cashier
    with pytest.raises(NotPermitted):
        house.database.transact(save_template, cashier, standard, replace(standard, body=BODY))
    with pytest.raises(NotPermitted):
        house.database.transact(reset_template, cashier, standard)
    with pytest.raises(NotPermitted):
        house.database.read(list_templates, cashier, ["en"])


@pytest.mark.parametrize("language", ["klingon", "", "../x", "de AT"])
def test_a_language_that_is_none_is_refused(house: OpenHouse, language: str) -> None:
    with pytest.raises(InvalidInput):
        load(house, language)
