"""Each kind of letter in each language is read without a fault by two parsers, and says the same to both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.documents.letters.standards import standard_template
from pos_app.domain.errors import InvalidInput
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.letters.templates import Template, problems
from pos_app.domain.seats import Place
from tests.documents.letters.house_templates import HOUSE_TEMPLATES
from tests.documents.letters.reading import DATE, MAIL, PDF, read_elsewhere, read_strictly, rendered, sample

LANGUAGES = ("en_GB", "en", "de_AT", "xx", "az_AZ", "ar_EG", "he_IL", "ja_JP")
LINE = 78
"""Letters of a line, its end not counted; RFC 5322 asks for no more."""
TICKETS = "tickets-SAMPLE22.pdf"
CALENDAR = "calendar-SAMPLE22.ics"
SAID = st.text(alphabet=st.characters(codec="utf-8"), max_size=120)


def judged(message: bytes) -> str:
    """Look at a letter in every way in which all letters are alike; return its text."""
    strict, read = read_strictly(message)
    other = read_elsewhere(message)
    assert (other.text, other.html, other.files) == (read.text, read.html, read.files)
    assert other.subject.split() == read.subject.split()
    lines = message.split(b"\r\n")
    assert max(map(len, lines)) <= LINE
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert message.isascii()
    assert strict["Auto-Submitted"] == "auto-generated"
    assert strict["Message-ID"] == "<20270201.7@playhouse.example>"
    assert strict["Reply-To"].addresses[0].addr_spec == MAIL.reply_to
    assert strict["From"].addresses[0].addr_spec == MAIL.sender_address
    assert strict["To"].addresses[0].addr_spec == "anna@example.org"
    assert parsedate_to_datetime(strict["Date"]) == DATE
    once = ("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "MIME-Version")
    assert all(len(strict.get_all(name, [])) == 1 for name in once)
    return read.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(LetterKind))
def test_each_standard_letter_is_read_alike_by_two_parsers(kind: LetterKind, language: str) -> None:
    judged(sample(kind, language).message)


@pytest.mark.parametrize("template", HOUSE_TEMPLATES, ids=lambda one: f"{one.kind.value}-{one.language}")
def test_letters_that_a_house_worded_are_read_alike_by_two_parsers(template: Template) -> None:
    assert not problems(template.kind, template.subject, template.body)
    content = replace(
        sample_content(template.kind, template.language),
        customer_name="Aynur Əliyeva" if template.language == "az" else "ليلى حسن",
        organisation="Gənclər Teatrı" if template.language == "az" else "مسرح المدينة",
    )
    letter = rendered(content, template)
    text = judged(letter.message)
    assert content.customer_name in text
    assert letter.subject == read_strictly(letter.message)[1].subject


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMATION, LetterKind.GIFT, LetterKind.EXCHANGE, LetterKind.MOVED])
def test_short_codes_and_seats_stand_in_both_texts_whatever_becomes_of_the_file(kind: LetterKind) -> None:
    letter = sample(kind, "en_GB", tickets_pdf=None)
    for said in (letter.text, letter.html):
        for words in ("SAMP-LE22-22", "SAMP-LE22-32", "Stalls, row C, seat 11", "Stalls, row C, seat 12"):
            assert words in said


def test_tickets_and_calendar_are_attached_as_they_are() -> None:
    letter = sample(LetterKind.CONFIRMATION, "en_GB")
    strict, read = read_strictly(letter.message)
    assert read.files[TICKETS] == PDF
    assert set(read.files) == {TICKETS, CALENDAR}
    assert [(one.name, one.media_type) for one in letter.attachments] == [
        (TICKETS, "application/pdf"),
        (CALENDAR, "text/calendar"),
    ]
    assert read.files == {one.name: one.content for one in letter.attachments}
    parts = {part.get_filename(): part for part in strict.iter_attachments()}
    assert parts[TICKETS].get_content_type() == "application/pdf"
    assert parts[CALENDAR].get_param("method", header="content-type") == "PUBLISH"
    assert all(part.get_content_disposition() == "attachment" for part in parts.values())


def test_of_several_letters_each_says_which_it_is_and_the_first_brings_the_calendar() -> None:
    letters = [sample(LetterKind.CONFIRMATION, "en_GB", part=part, parts=3) for part in (1, 2, 3)]
    names = [[one.name for one in letter.attachments] for letter in letters]
    assert names == [["tickets-SAMPLE22-1.pdf", CALENDAR], ["tickets-SAMPLE22-2.pdf"], ["tickets-SAMPLE22-3.pdf"]]
    assert [letter.subject[-8:] for letter in letters] == ["(1 of 3)", "(2 of 3)", "(3 of 3)"]


def test_the_same_letter_is_the_same_but_for_its_boundaries() -> None:
    one, other = (sample(LetterKind.CONFIRMATION, "en_GB") for _ in range(2))
    assert (one.subject, one.text, one.html, one.attachments) == (
        other.subject,
        other.text,
        other.html,
        other.attachments,
    )


@pytest.mark.parametrize("given", ["20270201.7@playhouse.example", "<20270201.7@playhouse.example>"])
def test_a_message_id_is_set_in_brackets_once(given: str) -> None:
    strict, _ = read_strictly(sample(LetterKind.TEST, "en", message_id=given).message)
    assert strict["Message-ID"] == "<20270201.7@playhouse.example>"


def test_a_time_without_a_zone_is_utc() -> None:
    letter = sample(LetterKind.TEST, "en", date=datetime(2027, 2, 1, 9, 30))  # noqa: DTZ001 - as a server tells it
    assert read_strictly(letter.message)[0]["Date"] == "Mon, 01 Feb 2027 09:30:00 +0000"


def test_a_domain_of_any_script_is_written_in_ascii() -> None:
    message = sample(LetterKind.TEST, "en", recipient="anna@straße.example").message
    assert read_strictly(message)[0]["To"] == "anna@xn--strae-oqa.example"


def test_a_mailbox_of_another_script_is_told_as_it_is() -> None:
    message = sample(LetterKind.TEST, "en", recipient="jürgen@straße.example").message
    assert read_strictly(message)[0]["To"].addresses[0].username == "jürgen"
    assert "To: jürgen@".encode() in message
    assert b"Subject: Test letter from Playhouse" in message


@pytest.mark.parametrize("address", ["", "anna", "@example.org", "anna@", "anna@example.org\r\nBcc: x@y.z"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidInput):
        sample(LetterKind.TEST, "en", recipient=address)


def test_nothing_typed_begins_a_header() -> None:
    evil = "Tickets\r\nBcc: everybody@example.org\r\n\r\nBody"
    mail = replace(MAIL, sender_name=evil)
    content = replace(sample_content(LetterKind.NOTE, "en_GB"), subject=evil, customer_name=evil, organisation=evil)
    strict, read = read_strictly(rendered(content, mail=mail).message)
    assert strict["Bcc"] is None
    assert read.subject == "Tickets Bcc: everybody@example.org Body"
    assert strict["From"].addresses[0].display_name == "Tickets Bcc: everybody@example.org Body"
    assert strict["From"].addresses[0].addr_spec == MAIL.sender_address


@settings(max_examples=60, deadline=None)
@given(subject=SAID, text=SAID, name=SAID, sender=SAID)
def test_whatever_is_typed_the_letter_is_read_alike(subject: str, text: str, name: str, sender: str) -> None:
    content = sample_content(LetterKind.NOTE, "en_GB")
    content = replace(content, subject=f"About {subject}", text=text, customer_name=name)
    letter = rendered(content, mail=replace(MAIL, sender_name=sender))
    judged(letter.message)
    assert " ".join(read_strictly(letter.message)[1].subject.split()) == " ".join(letter.subject.split())


def test_two_hundred_tickets_are_all_told() -> None:
    one = sample_content(LetterKind.CONFIRMATION, "en_GB")
    place = one.places[0]
    many = tuple(
        replace(place, place=Place("Stalls", "C", str(number)), short_code=f"ABCDEFG{number:03d}")
        for number in range(1, 201)
    )
    letter = rendered(replace(one, places=many))
    text = judged(letter.message)
    assert all(f"ABCD-EFG{number // 100}-{number % 100:02d}" in text for number in range(1, 201))


def test_a_house_without_a_reply_address_says_none() -> None:
    letter = sample(LetterKind.TEST, "en", mail=replace(MAIL, reply_to=""))
    assert read_strictly(letter.message)[0]["Reply-To"] is None


def test_the_standard_template_is_what_is_rendered() -> None:
    content = sample_content(LetterKind.LAPSE_SOON, "en_GB")
    assert rendered(content).text == rendered(content, standard_template(content.kind, "en_GB")).text
