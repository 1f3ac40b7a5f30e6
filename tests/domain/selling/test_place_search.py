"""What a cashier types to find a seat in a list."""

from __future__ import annotations

import pytest

from pos_app.domain.selling.place_search import PlaceFinder, SoughtPlace

JOAO = "Orquestra lateral \N{EN DASH} São João"
DIRECTORS = "Director\N{RIGHT SINGLE QUOTATION MARK}s choice"
HOUSE = tuple(
    SoughtPlace(zone, row, number, category, kind)
    for zone, row, number, category, kind in (
        ("Box A", "", "1", "B", ""),
        ("Box A", "", "2", "B", ""),
        ("Box B", "", "1", "Premium", ""),
        ("Box B", "", "2", "Premium", ""),
        ("Stalls", "A", "12", "A", ""),
        ("Stalls", "G", "12A", "A", ""),
        ("Stalls", "G", "18", "A", ""),
        ("Stalls centre", "G", "18", "Premium", ""),
        ("Stalls centre", "BB", "1", "A", "wheelchair"),
        (JOAO, "1", "2", "Großer Saal", ""),
        (JOAO, "2", "1", "Großer Saal", ""),
        (JOAO, "11", "12", "A", ""),
        ("Tables", "T", "1", DIRECTORS, ""),
        ("Tables", "T", "11", DIRECTORS, ""),
    )
)


def _found(typed: str, names: tuple[str, ...] = ()) -> list[str]:
    return [
        " ".join(filter(None, HOUSE[index][:3])) for alike in PlaceFinder(HOUSE, names).find(typed) for index in alike
    ]


BOX_B = ["Box B 1", "Box B 2"]
TABLES = ["Tables T 1", "Tables T 11"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # A letter is a whole field, or the end of one: none of the letters of another word.
        ("box b", BOX_B),
        ("BOX  B", BOX_B),
        ("boxb", BOX_B),
        ("box-b", BOX_B),
        ("box b 1", ["Box B 1"]),
        ("box b seat 1", ["Box B 1"]),
        ("box", ["Box A 1", "Box A 2", *BOX_B]),
        ("bo", []),
        ("x", []),
        ("ox b", []),
        # Row and seat, apart, in one, or by name.
        ("BB1", ["Stalls centre BB 1"]),
        ("bb 1", ["Stalls centre BB 1"]),
        ("T1", ["Tables T 1"]),
        ("t 1", ["Tables T 1"]),
        ("t-11", ["Tables T 11"]),
        ("stalls centre g18", ["Stalls centre G 18"]),
        ("seat 18 row g centre", ["Stalls centre G 18"]),
        ("seat 12a", ["Stalls G 12A"]),
        ("12a", ["Stalls G 12A"]),
        ("12 A", ["Stalls G 12A"]),
        ("g 12a", ["Stalls G 12A"]),
        ("g12a", ["Stalls G 12A"]),
        # Numbers are whole, and rows are typed before seats.
        ("1 2", [f"{JOAO} 1 2"]),
        ("row 2 seat 1", [f"{JOAO} 2 1"]),
        ("seat 1 row 2", [f"{JOAO} 2 1"]),
        ("1112", []),
        ("11 12", [f"{JOAO} 11 12"]),
        ("8", []),
        # Where it is a row and a seat, it is not each such seat of a category.
        ("a 12", ["Stalls A 12"]),
        # Accents, apostrophes, other letters and other digits.
        ("sao joao 1 2", [f"{JOAO} 1 2"]),
        ("SÃO JOÃO 1 2", [f"{JOAO} 1 2"]),
        ("grosser saal 2 1", [f"{JOAO} 2 1"]),
        ("directors", TABLES),
        ("director's choice", TABLES),
        ("t \N{ARABIC-INDIC DIGIT ONE}", ["Tables T 1"]),
        # Words of any field, from their beginning.
        ("wheel", ["Stalls centre BB 1"]),
        ("tab t 11", ["Tables T 11"]),
        ("irector", []),
        ("no such place", []),
        # What is still to be typed leaves the others.
        ("row g seat", ["Stalls G 12A", "Stalls G 18", "Stalls centre G 18"]),
    ],
)
def test_words_mean_whole_fields(typed: str, found: list[str]) -> None:
    assert _found(typed) == found


def test_a_whole_field_stands_before_the_beginning_of_one() -> None:
    stalls = ["Stalls A 12", "Stalls G 12A", "Stalls G 18"]
    assert _found("stalls") == [*stalls, "Stalls centre G 18", "Stalls centre BB 1"]
    assert _found("stalls g 18") == ["Stalls G 18", "Stalls centre G 18"]
    assert [len(alike) for alike in PlaceFinder(HOUSE).find("stalls")] == [3, 2]


def test_a_letter_alone_is_a_row_before_it_is_a_category() -> None:
    assert _found("A")[0] == "Stalls A 12"
    assert "Stalls G 18" in _found("A")


def test_nothing_typed_is_the_whole_house() -> None:
    assert len(_found("")) == len(_found(" - ")) == len(HOUSE)


def test_fields_are_named_in_the_language_of_the_screen_too() -> None:
    german = ("Bereich", "Reihe", "Platz", "Kategorie")
    assert _found("Reihe G Platz 12a", german) == ["Stalls G 12A"]
    assert _found("row G Platz 12a", german) == ["Stalls G 12A"]
    assert _found("Kategorie b", german) == ["Box A 1", "Box A 2"]
    assert _found("Reihe b", german) == []
