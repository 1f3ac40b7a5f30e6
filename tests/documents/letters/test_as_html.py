"""HTML of letters: whatever was typed is text in it, it can be read in the dark, and it runs as its language does."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.documents.letters.colours import ACCENT, CARD, INK, PAGE, QUIET, as_in_the_dark, sheet
from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.letters.templates import Template
from pos_app.domain.seats import Place
from tests.contrast import contrast

if TYPE_CHECKING:
    from pos_app.domain.letters.contents import LetterContent

_EMPTY = {"meta", "br"}
_KNOWN = {"html", "head", "title", "style", "body", "table", "tr", "td", "p", "h2", "span", "b", "bdi"} | _EMPTY
EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


class _Tags(HTMLParser):
    """Reads a document whose every tag must be one of ours, and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _KNOWN
        assert not any(name.startswith("on") or name in {"src", "href", "background"} for name, _ in attrs)
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data


def words_of(html: str) -> str:
    read = _Tags()
    read.feed(html)
    read.close()
    assert read.open == []
    return read.words


def html_of(content: LetterContent, body: str | None = None, subject: str = "Letter") -> str:
    standard = standard_template(content.kind, content.language)
    template = standard if body is None else Template(content.kind, content.language, subject, body, 1)
    return compose_letter(content, template).html


@pytest.mark.parametrize("language", ["en_GB", "xx", "ar_EG"])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_is_made_of_few_tags_and_loads_nothing(kind: LetterKind, language: str) -> None:
    html = html_of(sample_content(kind, language))
    words_of(html)
    assert "url(" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_whatever_was_typed_is_text() -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB")
    evening = replace(content.evenings[0], title=EVIL, venue=EVIL, address=EVIL)
    place = replace(content.places[0], category=EVIL, ticket_type=EVIL, short_code=EVIL)
    evil = replace(
        content, customer_name=EVIL, organisation=EVIL, evenings=(evening,), places=(place,), order_number=EVIL
    )
    body = f"Dear {{customer}}, {EVIL}\n\n# {EVIL}\n\n{{performances}}\n\n{{tickets}}\n\n{{order}} {{title}}"
    words = words_of(html_of(evil, body, EVIL))
    assert words.count("<script>alert(1)</script>") > 8
    note = replace(sample_content(LetterKind.NOTE, "en_GB"), text=EVIL, subject=EVIL)
    assert EVIL in words_of(html_of(note))
    code = replace(sample_content(LetterKind.VERIFICATION, "en_GB"), code=EVIL)
    assert EVIL in words_of(html_of(code))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>&\"'=/ abp!-{}[]\u05d0;#", max_size=40))
def test_nothing_typed_becomes_a_tag(typed: str) -> None:
    note = replace(sample_content(LetterKind.NOTE, "en_GB"), text=f"x{typed}", customer_name=typed)
    words = words_of(html_of(note))
    assert " ".join(f"x{typed}".split()) in " ".join(words.split())


@pytest.mark.parametrize("look", ["light", "dark"])
def test_words_stand_out_in_both_looks(look: str) -> None:
    for shade in (INK, QUIET, ACCENT):
        assert contrast(getattr(shade, look), getattr(CARD, look)) >= 4.5
    assert contrast(getattr(INK, look), getattr(PAGE, look)) >= 4.5


def test_the_sheet_darkens_all_that_has_a_colour() -> None:
    dark = sheet().partition("prefers-color-scheme: dark")[2].partition("max-width")[0]
    darkened = set(re.findall(r"\.(\w+) \{", dark))
    for kind in LetterKind:
        for tag in re.findall(r"<[a-z0-9]+ [^>]*#[0-9a-f]{6}[^>]*>", html_of(sample_content(kind, "en_GB"))):
            classes = {name for said in re.findall(r'class="([^"]*)"', tag) for name in said.split()}
            assert classes & darkened, tag


def test_a_window_without_sheets_shows_the_dark_look() -> None:
    html = as_in_the_dark(html_of(sample_content(LetterKind.CONFIRMATION, "en_GB")))
    body = html.partition("<body")[2]
    assert not any(shade.light in body for shade in (PAGE, CARD, INK, QUIET, ACCENT))
    assert sheet() in html


@pytest.mark.parametrize(
    ("language", "way"), [("ar_EG", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("en_GB", "ltr"), ("az", "ltr")]
)
def test_a_letter_runs_the_way_of_its_language(language: str, way: str) -> None:
    html = html_of(sample_content(LetterKind.CONFIRMATION, language))
    assert f'<html lang="{language.replace("_", "-")}" dir="{way}">' in html
    assert ('<p dir="rtl"' in html) == (way == "rtl")
    assert ('align="right"' in html) == (way == "ltr")


def test_what_runs_the_other_way_is_kept_apart() -> None:
    content = replace(sample_content(LetterKind.CONFIRMATION, "en_GB"), customer_name="ليلى")
    assert "Dear <bdi>ليلى</bdi>," in html_of(content)
    assert "<bdi>" not in html_of(sample_content(LetterKind.CONFIRMATION, "en_GB"))


def test_a_letter_fits_a_phone() -> None:
    html = html_of(sample_content(LetterKind.CONFIRMATION, "en_GB"))
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    widths = re.findall(r"(?<!max-)width[=:]\"?(\d+)(%?)", html.partition("<body")[2])
    assert all(percent == "%" for _, percent in widths)


def test_a_hundred_tickets_are_shown_whole() -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB")
    many = tuple(
        replace(content.places[0], place=Place("Stalls centre", "C", str(number)), short_code=f"ABCDEFG{number:03d}")
        for number in range(100, 200)
    )
    # Gmail cuts a letter off behind 102 kB.
    assert len(html_of(replace(content, places=many)).encode()) < 80_000
