"""Templates are data: what they name is on a list, what is wrong with them is said, and nothing in them runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.placeholders import ASKED_FOR, OFFERED, Placeholder
from pos_app.domain.letters.templates import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    Paragraph,
    Template,
    TemplateBroken,
    parse_body,
    parse_line,
    problems,
)

GOOD = "Dear {customer},\n\n{tickets}"


def wrong(body: str = GOOD, subject: str = "Tickets", kind: LetterKind = LetterKind.CONFIRMATION) -> dict[str, str]:
    return {field: str(sentence) for field, sentence in problems(kind, subject, body).items()}


def read_back(typed: str) -> str | None:
    """Write a line as it was read; None where it is refused."""
    try:
        pieces = parse_line(typed)
    except TemplateBroken:
        return None
    return "".join(
        f"{{{piece.value}}}" if isinstance(piece, Placeholder) else piece.replace("{", "{{").replace("}", "}}")
        for piece in pieces
    )


def test_a_line_is_text_and_placeholders_in_turn() -> None:
    assert parse_line("Dear {customer}, see you") == ("Dear ", Placeholder.CUSTOMER, ", see you")
    assert [type(piece) for piece in parse_line("title {title}")] == [str, Placeholder]


def test_a_brace_is_written_twice() -> None:
    assert "".join(parse_line("{{title}} is no {{placeholder}}")) == "{title} is no {placeholder}"


@pytest.mark.parametrize("line", ["Dear {customer", "Dear customer}", "{", "a } b", "{{{", "{title}}", "{ti{tle}"])
def test_a_lost_brace_is_refused(line: str) -> None:
    with pytest.raises(TemplateBroken):
        parse_line(line)


@pytest.mark.parametrize(
    "name",
    [
        "nobody",
        "",
        " title",
        "TITLE",
        "title!r",
        "title:>9",
        "title.upper",
        "0",
        "__class__",
        "title[0]",
        "customer name",
    ],
)
def test_an_unknown_placeholder_is_refused_by_its_name(name: str) -> None:
    found = wrong(f"Dear {{{name}}},\n\n{{tickets}}")
    assert found == {"body": f"There is no placeholder {{{name}}}."}


def test_paragraphs_are_parted_by_empty_lines_and_lists_stand_alone() -> None:
    blocks = parse_body("# Your {title}\nOne\nTwo\n\n \nThree\n{tickets}\nFour\n")
    assert blocks == (
        Paragraph((("Your ", Placeholder.TITLE),), is_heading=True),
        Paragraph((("One",), ("Two",))),
        Paragraph((("Three",),)),
        Placeholder.TICKETS,
        Paragraph((("Four",),)),
    )


@pytest.mark.parametrize("body", ["Here: {tickets}", "# {tickets}", "{tickets}.", "{tickets}{tickets}"])
def test_a_list_within_a_line_is_refused(body: str) -> None:
    assert wrong(body) == {"body": "{tickets} is a list: it stands on a line of its own."}


def test_a_list_in_a_subject_is_refused() -> None:
    assert wrong(subject="{tickets}") == {"subject": "{tickets} is a list, and stands in no subject."}


def test_what_a_kind_cannot_tell_is_refused() -> None:
    assert wrong(GOOD + "\n\n{code}") == {"body": "This kind of letter has nothing to tell as {code}."}
    assert wrong(subject="{amount}") == {"subject": "This kind of letter has nothing to tell as {amount}."}


def test_a_letter_without_what_it_is_for_is_refused() -> None:
    assert wrong("Dear {customer},") == {"body": "Without {tickets} this letter does not say what it is for."}


def test_both_fields_are_judged_at_once() -> None:
    assert set(wrong("", "")) == {"subject", "body"}
    assert set(wrong("a" * (LONGEST_BODY + 1), "a" * (LONGEST_SUBJECT + 1))) == {"subject", "body"}
    assert set(wrong(GOOD + "\n4111 1111 1111 1111", "4111 1111 1111 1111")) == {"subject", "body"}
    assert wrong() == {}


@pytest.mark.parametrize("kind", list(LetterKind))
def test_what_a_letter_must_hold_is_offered(kind: LetterKind) -> None:
    assert set(ASKED_FOR.get(kind, ())) <= set(OFFERED[kind])
    assert len(set(OFFERED[kind])) == len(OFFERED[kind])


def test_a_template_of_the_house_is_no_standard_one() -> None:
    assert Template(LetterKind.TEST, "en", "a", "b").is_standard
    assert not Template(LetterKind.TEST, "en", "a", "b", revision=1).is_standard


@given(st.text(alphabet="{}# \nabt%s$`\\\u0661é", max_size=60) | st.text(max_size=40))
def test_whatever_is_typed_is_read_as_it_stands_or_refused(typed: str) -> None:
    assert read_back(typed) in {typed, None}
