"""A code printed in digits, as keyboards type it which are set to another language than the scanner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.codes import grouped, looks_like_signed_code, new_short_code
from pos_app.domain.door.check_in import LONGEST_SCAN
from pos_app.domain.door.keyboards import DIGITS, KEYBOARDS, Keyboard
from pos_app.domain.door.readings import misread_on, read_keys, short_readings, signed_readings

CODE = sign_ticket(new_signing_key()[0], TicketClaim(3, 7, 4711, 1))

ROWS = {
    "French": "&é\"'(-è_çà",
    "French with Caps Lock": "&É\"'(-È_ÇÀ",
    "Belgian": "&é\"'(§è!çà",
    "Czech": "+ěščřžýáíé",
    "Czech with Caps Lock": "+ĚŠČŘŽÝÁÍÉ",
    "Slovak": "+ľščťžýáíé",
    "Hungarian": "123456789ö",
    "Lithuanian": "ąčęėįšųū„“",
    "US with Shift Lock": "!@#$%^&*()",
    "British with Shift Lock": '!"£$%^&*()',
    "German with Shift Lock": '!"§$%&/()=',
    "Swiss with Shift Lock": '+"*ç%&/()=',
    "Turkish with Shift Lock": "!'^+%&/()=",
    "Russian with Shift Lock": '!"№;%:?*()',
    "Hebrew with Shift Lock": "!@#$%^&*)(",
    "Vietnamese": "\u0103\xe2\xea\xf4\u0300\u0309\u0303\u0301\u0323\u0111",
    "Thai": "\u0e45/-\u0e20\u0e16\u0e38\u0e36\u0e04\u0e15\u0e08",
    "Arabic-Indic digits": "١٢٣٤٥٦٧٨٩٠",
    "Persian digits": "۱۲۳۴۵۶۷۸۹۰",
    "Devanagari digits": "१२३४५६७८९०",
    "Bengali digits": "১২৩৪৫৬৭৮৯০",
    "Thai digits": "๑๒๓๔๕๖๗๘๙๐",
    "full width": "１２３４５６７８９０",
}


def typed(row: str, text: str = CODE) -> str:
    return text.translate(str.maketrans(DIGITS, row))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_text_of_one_row_is_turned_back(row: str) -> None:
    assert signed_readings(typed(row)) == (CODE,)


@pytest.mark.parametrize("keyboard", KEYBOARDS, ids=lambda keyboard: keyboard.name)
def test_every_row_known_is_turned_back(keyboard: Keyboard) -> None:
    for row in keyboard.digit_rows:
        assert CODE in signed_readings(typed(row))
        if len(set(row.upper())) == len(row.upper()) == len(row):
            assert CODE in signed_readings(typed(row.upper()))


@pytest.mark.parametrize("row", [ROWS["French"], ROWS["Czech"], ROWS["US with Shift Lock"], ROWS["Persian digits"]])
@pytest.mark.parametrize("slash", ["\\", "*", "&", "ů", "|"])
def test_what_the_scanner_adds_is_garbled_too_and_still_left_out(row: str, slash: str) -> None:
    for mark in ("", f"]Q{typed(row, '1')}", "^A" + typed(row, "1")):
        marked = f"{mark}{slash}{typed(row, '000026')}{typed(row)}"
        assert signed_readings(marked) == (CODE,)
        assert signed_readings(f"{marked}\r\n{marked}\r") == (CODE,)
    assert signed_readings(typed(row) + typed(row)) == (CODE,)


def test_what_is_typed_right_is_no_misreading() -> None:
    assert signed_readings(CODE) == ()
    assert signed_readings(CODE + CODE) == ()
    assert misread_on(CODE) is None


def test_what_has_another_length_or_another_version_is_none() -> None:
    french = typed(ROWS["French"])
    assert signed_readings(french[:-1]) == signed_readings(french + "é") == ()
    assert signed_readings(typed(ROWS["French"], "9" * 198)) == ()
    assert signed_readings("https://example.org/" + "x" * 178) == ()


def test_where_the_order_of_a_row_is_in_doubt_only_what_has_the_form_remains() -> None:
    readings = signed_readings(typed("!@#$%^&*)("))
    assert CODE in readings
    assert all(looks_like_signed_code(reading) for reading in readings)


def test_a_row_with_keys_that_were_lost_names_the_keyboard() -> None:
    french = typed(ROWS["French"])
    assert misread_on(french.replace("è", "")) == "French"
    assert misread_on(typed(ROWS["Czech"]).replace("š", "")) == "Czech"
    assert misread_on("klmnopqrst" * 19) == ""
    assert misread_on("9 " * 100) is None
    assert (
        misread_on("https://example.org/tickets/of-the-evening?row=12&seat=7#" + "abcdefghijklmnopqrstuvw" * 3) is None
    )
    assert misread_on("short") is None


@pytest.mark.parametrize("keys", [CODE, CODE + CODE, f"?000026{CODE}", f"??1?000026{CODE}??1?000026{CODE}"])
def test_the_keys_tell_the_digits_whatever_they_typed(keys: str) -> None:
    assert read_keys("whatever", keys) == CODE
    assert read_keys("", keys) == CODE


def test_what_came_as_digits_is_believed_and_not_the_keys() -> None:
    french = CODE.translate(str.maketrans(DIGITS, "9" * 10))
    assert read_keys(CODE, french) == CODE
    assert read_keys("7K4MXQ2R9T", "7?4???2?9?") == "7K4MXQ2R9T"
    assert read_keys("WIFI:S:x;;", "?" * 10) == "WIFI:S:x;;"


def on(name: str) -> Keyboard:
    return next(keyboard for keyboard in KEYBOARDS if keyboard.name == name)


@pytest.mark.parametrize(
    ("keyboard", "text"),
    [
        ("French", "è-(A,W'ééZ"),
        ("French", "è-(a,w'ééz"),
        ("Czech", "ýžřQMYčěěW"),
        ("Russian", "765ЙЬЯ422Ц"),
        ("Greek", "765;μζ422ς"),
        ("Dvorak", "765'M;422,"),
        ("Bulgarian", "765,ПЮ422У"),
        ("Lithuanian", "ųšįQMZėččW"),
        ("Persian", "۷۶۵ضپظ۴۲۲ص"),
        ("US English", "৭৬৫qmz৪২২w"),
    ],
)
def test_a_short_code_of_moved_letters_is_read_on_its_keyboard(keyboard: str, text: str) -> None:
    readings = short_readings(text)
    assert "765QMZ422W" in readings
    if keyboard not in {"Lithuanian", "Greek", "Persian", "US English"}:
        assert readings["765QMZ422W"] == keyboard


def test_a_short_code_with_its_dashes_is_read_too() -> None:
    assert "765QMZ422W" in short_readings("è-(a),w'é)éz")
    assert "765QMZ422W" in short_readings("765QßMY42ß2W".replace("ß", "-"))


def test_a_scanner_made_for_another_keyboard_is_read_at_a_computer_set_to_us_english() -> None:
    assert "765QMZ422W" in short_readings("&^%A:W$@@Z")


def test_a_code_that_is_typed_right_is_not_among_its_readings() -> None:
    code = new_short_code()
    assert code not in short_readings(code)
    assert code not in short_readings(grouped(code).lower())
    assert short_readings("") == {}
    assert short_readings("a name of somebody who comes late") == {}


@given(st.text(max_size=2 * LONGEST_SCAN))
def test_nothing_scanned_breaks_a_reading(text: str) -> None:
    assert all(looks_like_signed_code(reading) for reading in signed_readings(text))
    short_readings(text)
    misread_on(text)
    read_keys(text, text)
