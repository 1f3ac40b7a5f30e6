"""Templates filled in: what there is not leaves no hole, and what is filled in is never read as a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.contents import LetterContent, LetterMoney
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.placeholders import OFFERED, Placeholder
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.letters.templates import Template, TemplateBroken
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.tickets.faces import TicketLook


def said(content: LetterContent, body: str, subject: str = "Letter") -> str:
    """Return the text of a letter above its foot."""
    text = compose_letter(content, Template(content.kind, content.language, subject, body, 1)).text
    return text.partition("\n\n-- \n")[0]


CONFIRMED = sample_content(LetterKind.CONFIRMATION, "en_GB")


def test_a_line_with_nothing_to_tell_is_left_out_with_its_paragraph() -> None:
    without = replace(CONFIRMED, evenings=(replace(CONFIRMED.evenings[0], doors_at=None),), customer_name="")
    body = "Dear {customer},\n\nIt begins {when}.\nDoors open at {doors}.\n\nBye"
    assert said(without, body) == "It begins Saturday, 6 March 2027, 19:30.\n\nBye"
    assert "Doors open at 18:45." in said(CONFIRMED, body)


def test_a_heading_goes_with_the_list_below_it() -> None:
    without = replace(CONFIRMED, paid=())
    assert said(without, "Hello\n\n# Your payment\n\n{payments}\n\nBye") == "Hello\n\nBye"
    assert "* Your payment *" in said(CONFIRMED, "# Your payment\n\n{payments}")
    assert said(without, "# Bye\n\nSee you") == "* Bye *\n\nSee you"


def test_a_subject_has_no_holes() -> None:
    nobody = replace(CONFIRMED, order_number="")
    letter = compose_letter(nobody, standard_template(nobody.kind, "en_GB"))
    assert letter.subject == "Your tickets for The Marriage of Figaro"


def test_what_is_filled_in_is_never_read_as_a_template() -> None:
    evil = "{order} {{x}} {nobody} # {tickets}"
    content = replace(CONFIRMED, customer_name=evil, evenings=(replace(CONFIRMED.evenings[0], title=evil),))
    assert said(content, "Dear {customer},") == f"Dear {evil},"
    assert f"- {evil}" in said(content, "{performances}")
    note = replace(sample_content(LetterKind.NOTE, "en_GB"), text="# {order}\n{tickets}\n\n\n{nobody}", subject=evil)
    assert said(note, "{text}") == "# {order}\n{tickets}\n\n{nobody}"
    assert compose_letter(note, Template(note.kind, "en_GB", "{subject}", "{text}", 1)).subject == evil


def test_braces_that_are_meant_are_written() -> None:
    assert said(CONFIRMED, "Write {{customer}}") == "Write {customer}"


@pytest.mark.parametrize("body", ["{nobody}", "{", "a {tickets}"])
def test_a_damaged_template_is_refused(body: str) -> None:
    with pytest.raises(TemplateBroken):
        said(CONFIRMED, body)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_whatever_is_offered_has_something_to_tell(kind: LetterKind) -> None:
    content = replace(sample_content(kind, "en_GB"), left_out=1 if Placeholder.LEFT_OUT in OFFERED[kind] else 0)
    if kind is LetterKind.EXCHANGE:
        content = replace(content, paid=(LetterMoney(PaymentMethod.CASH, 500),))
    assert [name for name in OFFERED[kind] if not said(content, f"{{{name.value}}}")] == []


def test_what_is_reserved_and_was_moved_has_seats_and_no_tickets_to_show() -> None:
    moved = sample_content(LetterKind.MOVED, "en_GB")
    reserved = replace(moved, places=tuple(replace(place, short_code="") for place in moved.places))
    template = standard_template(LetterKind.MOVED, "en_GB")
    assert "at the door" in compose_letter(moved, template).text
    text = compose_letter(reserved, template).text
    assert "seat 11" in text
    assert "at the door" not in text
    sold = replace(CONFIRMED, places=reserved.places)
    assert said(sold, "# Tickets\n{tickets}\n\n{entry}\n\nBye") == "Bye"


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_place_has_its_price_where_it_matters(kind: LetterKind) -> None:
    without_seats = {LetterKind.WAITING, LetterKind.WAITING_ENDED, LetterKind.VERIFICATION, LetterKind.TEST}
    unpriced = {LetterKind.GIFT, LetterKind.LAPSED, LetterKind.CANCELLED, LetterKind.NOTE}
    over = {LetterKind.OFFER_LAPSED, LetterKind.RESALE_ENDED}
    text = said(sample_content(kind, "en_GB"), "{seats}")
    assert ("€48.00" in text) == (kind not in without_seats | unpriced | over)
    assert ("from €48.00" in text) == (kind is LetterKind.OFFER)


def test_a_reservation_that_the_house_gave_back_is_told_without_a_time() -> None:
    content = replace(sample_content(LetterKind.LAPSED, "en_GB"), release_at=None)
    text = said(content, standard_template(content.kind, "en_GB").body)
    assert "Your seats are no longer reserved, and nothing was charged." in text
    assert "until" not in text


def test_several_performances_are_told_apart() -> None:
    first = CONFIRMED.evenings[0]
    other = replace(first, performance_id=2, title="Tosca", starts_at=first.starts_at + timedelta(days=1))
    there = replace(CONFIRMED.places[0], performance_id=2, short_code="ABCDEFGHJK")
    content = replace(CONFIRMED, evenings=(first, other), places=(*CONFIRMED.places, there))
    letter = compose_letter(content, standard_template(content.kind, "en_GB"))
    assert letter.subject == "Your tickets for The Marriage of Figaro and 1 more performance (SAMP-LE22)"
    text = said(content, "{when}\n\n{tickets}")
    first_caption, other_caption = "The Marriage of Figaro · Sat", "Tosca · Sun"
    assert (
        text.index(first_caption) < text.index("SAMP-LE22-32") < text.index(other_caption) < text.index("ABCD-EFGH-JK")
    )


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (LetterMoney(PaymentMethod.CARD, 500, is_due=True), "We send it within a few days"),
        (LetterMoney(PaymentMethod.CARD, 500), "Sent. Your bank"),
        (LetterMoney(PaymentMethod.CASH, 500, is_due=True), "It waits for you at the box office"),
        (LetterMoney(PaymentMethod.CASH, 500), "Paid out at the box office"),
        (LetterMoney(PaymentMethod.ELSEWHERE, 500, is_due=True), "by whoever took your payment"),
        (LetterMoney(PaymentMethod.ELSEWHERE, 500), "Sent back by whoever"),
    ],
)
def test_money_that_goes_back_says_how_much_how_and_when(money: LetterMoney, words: str) -> None:
    text = said(replace(sample_content(LetterKind.REFUND, "en_GB"), back=(money,)), "{amount}\n\n{refunds}")
    assert text.startswith("€5.00\n\n- ")
    assert words in text


def test_times_are_of_the_clock_at_the_venue_and_money_is_of_the_language() -> None:
    content = sample_content(LetterKind.RESERVATION, "de_AT", time_zone="Europe/Vienna")
    text = said(content, "{when}\n{until}\n{total}")
    assert text == "Samstag, 6. März 2027, 20:30\nSamstag, 6. März 2027, 18:30\n€\u00a098,00"


def test_who_writes_stands_in_the_foot_with_the_line_of_the_house() -> None:
    content = replace(CONFIRMED, organisation="City Opera")
    look = TicketLook(None, "Cloakroom is free", "City Opera")
    text = compose_letter(content, Template(content.kind, "en_GB", "A", "B", 1), look).text
    assert text == "B\n\n-- \nCity Opera\nPlayhouse · 1 Market Square\nCloakroom is free\n"
