from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.ticket_codes import (
    ForgedCode,
    NotOurCode,
    TicketClaim,
    TicketCodeRefused,
    UnknownKey,
    new_signing_key,
    public_key_of,
    read_ticket,
    sign_ticket,
    verify_ticket,
)

PRIVATE, PUBLIC = new_signing_key()
CLAIM = TicketClaim(key_id=7, performance_id=42, serial=123_456, issue_count=1)
CODE = sign_ticket(PRIVATE, CLAIM)

claims = st.builds(
    TicketClaim,
    key_id=st.integers(0, 2**24 - 1),
    performance_id=st.integers(0, 2**32 - 1),
    serial=st.integers(0, 2**64 - 1),
    issue_count=st.integers(0, 2**16 - 1),
)


@given(claims)
def test_what_was_signed_is_read_back_and_verified(claim: TicketClaim) -> None:
    code = sign_ticket(PRIVATE, claim)
    assert len(code) == 198
    assert code.isdigit()
    assert verify_ticket(code, {claim.key_id: PUBLIC}) == claim


@given(st.integers(0, 197), st.integers(1, 9))
def test_any_changed_digit_is_refused(position: int, step: int) -> None:
    digit = str((int(CODE[position]) + step) % 10)
    changed = CODE[:position] + digit + CODE[position + 1 :]
    with pytest.raises(TicketCodeRefused):
        verify_ticket(changed, {CLAIM.key_id: PUBLIC})


@given(claims)
def test_a_signature_does_not_pass_under_another_claim(other: TicketClaim) -> None:
    if other == CLAIM:
        return
    first, second = int(CODE), int(sign_ticket(PRIVATE, other))
    mixed = str((second >> 512 << 512) | (first & (1 << 512) - 1)).zfill(198)
    with pytest.raises(ForgedCode):
        verify_ticket(mixed, {other.key_id: PUBLIC})


def test_a_code_of_another_till_is_forged_under_this_tills_key() -> None:
    stranger, _ = new_signing_key()
    with pytest.raises(ForgedCode):
        verify_ticket(sign_ticket(stranger, CLAIM), {7: PUBLIC})


def test_a_revoked_or_unknown_key_is_named() -> None:
    with pytest.raises(UnknownKey) as refused:
        verify_ticket(CODE, {8: PUBLIC})
    assert refused.value.key_id == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "https://example.org",
        "WIFI:S:guest;T:WPA;P:secret;;",
        "7" * 100_000,
        CODE + "0",
        CODE[:-1],
        " " + CODE[1:],
        "9" * 198,
        "0" * 198,
        "-" + CODE[1:],
        CODE[:-1] + "\N{ARABIC-INDIC DIGIT FIVE}",
        CODE[:-1] + "\N{SUPERSCRIPT TWO}",
        "\N{FULLWIDTH DIGIT ONE}" * 198,
    ],
)
def test_what_is_not_of_our_form_is_not_ours(text: str) -> None:
    assert read_ticket(text) is None
    with pytest.raises(NotOurCode):
        verify_ticket(text, {7: PUBLIC})


@given(st.text(alphabet="0123456789", min_size=198, max_size=198))
def test_random_digits_never_verify(text: str) -> None:
    with pytest.raises(TicketCodeRefused):
        verify_ticket(text, dict.fromkeys(range(50), PUBLIC))


def test_reading_does_not_verify() -> None:
    stranger, _ = new_signing_key()
    ticket = read_ticket(sign_ticket(stranger, CLAIM))
    assert ticket is not None
    assert ticket.claim == CLAIM


@pytest.mark.parametrize(
    "claim",
    [
        TicketClaim(2**24, 1, 1, 1),
        TicketClaim(1, 2**32, 1, 1),
        TicketClaim(1, 1, 2**64, 1),
        TicketClaim(1, 1, 1, 2**16),
        TicketClaim(1, 1, -1, 1),
    ],
)
def test_a_number_too_large_for_its_field_is_refused_at_the_till(claim: TicketClaim) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        sign_ticket(PRIVATE, claim)


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sign_ticket(b"short", CLAIM)


def test_the_public_key_follows_from_the_private_key() -> None:
    assert public_key_of(PRIVATE) == PUBLIC


def test_the_form_of_the_code_stays_as_printed_tickets_have_it() -> None:
    """Codes printed last year must be read next year: a known key and claim give a known code."""
    known = (
        "001167984867728601002869527472383737479432169111054163204801926544916065613455646387748244016997647332459743"
        "404191000403171601138339299373994450483822726749125590605842867967312332951524819243804942"
    )
    claim = TicketClaim(key_id=1, performance_id=2, serial=3, issue_count=4)
    assert sign_ticket(bytes(range(32)), claim) == known
    assert verify_ticket(known, {1: public_key_of(bytes(range(32)))}) == claim
