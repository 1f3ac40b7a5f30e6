from __future__ import annotations

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, Performance, TillKey
from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.codes import grouped
from pos_app.domain.door.check_in import LONGEST_SCAN, Reason, Verdict
from pos_app.services.tills.registering import enrol_key_of
from tests.services.door.gate import Door, verdict
from tests.services.stories import signed_code, sold
from tests.small_house import SIGNING_KEY


def test_a_short_code_is_read_whatever_its_case_and_dashes(door: Door) -> None:
    typed = f" {grouped(door.short_code()).lower()} "
    assert verdict(door.scan(typed)) == (Verdict.ADMITTED, Reason.NONE)


def test_what_a_scanner_adds_is_left_out(door: Door) -> None:
    assert verdict(door.scan(f"]Q1\\000026{door.code}{door.code}\r\n")) == (Verdict.ADMITTED, Reason.NONE)


@pytest.mark.parametrize("digits", [slice(0, 197), slice(0, 60), slice(100, None), slice(1, None)])
def test_a_code_that_was_cut_off_is_to_be_scanned_once_more(door: Door, digits: slice) -> None:
    result = door.scan(door.code[digits])
    assert verdict(result) == (Verdict.REFUSED, Reason.INVALID)
    assert "part of the code" in result.headline
    assert "once more" in result.advice


def test_a_barcode_of_something_else_is_no_part_of_a_code(door: Door) -> None:
    assert "part of the code" not in door.scan("4006381333931").headline


def test_a_ticket_of_another_performance_is_refused_and_names_its_own(door: Door) -> None:
    small = door.house.small
    sale = sold(door.house, [small.seat(1, 1, small.gala_id)])
    result = door.scan(signed_code(door.house, sale.ticket_ids[0]))
    assert verdict(result) == (Verdict.REFUSED, Reason.WRONG_PERFORMANCE)
    assert "The Cherry Orchard" in result.headline


def test_a_ticket_that_is_not_paid_is_refused(door: Door) -> None:
    door.house.database.transact(lambda session: session.execute(update(OrderLine).values(state="reserved")))
    assert verdict(door.scan()) == (Verdict.REFUSED, Reason.UNPAID)


def test_a_code_signed_by_nobody_we_know_is_forged(door: Door) -> None:
    small = door.house.small
    private, _ = new_signing_key()
    claim = TicketClaim(small.key_id, small.performance_id, door.ticket_id, 1)
    assert verdict(door.scan(sign_ticket(private, claim))) == (Verdict.REFUSED, Reason.FORGED)
    unknown = TicketClaim(small.key_id + 77, small.performance_id, door.ticket_id, 1)
    assert verdict(door.scan(sign_ticket(SIGNING_KEY, unknown))) == (Verdict.REFUSED, Reason.FORGED)
    tampered = door.code[:-1] + str((int(door.code[-1]) + 1) % 10)
    assert verdict(door.scan(tampered)) == (Verdict.REFUSED, Reason.FORGED)


def test_a_code_of_a_revoked_key_is_refused(door: Door) -> None:
    door.house.database.transact(lambda session: session.execute(update(TillKey).values(revoked_at=utc_now())))
    result = door.scan()
    assert verdict(result) == (Verdict.REFUSED, Reason.FORGED)
    assert "revoked" in result.headline


def test_a_key_counts_from_the_moment_it_is_enrolled_until_it_is_revoked(door: Door) -> None:
    small, database = door.house.small, door.house.database
    private, public = new_signing_key()
    key_id = database.transact(enrol_key_of, small.manager, small.other_till_id, public.hex())
    code = sign_ticket(private, TicketClaim(key_id, small.performance_id, door.ticket_id, 1))
    assert verdict(door.scan(code)) == (Verdict.ADMITTED, Reason.NONE)
    gone = update(TillKey).where(TillKey.id == key_id).values(revoked_at=utc_now())
    database.transact(lambda session: session.execute(gone))
    assert verdict(door.scan(code)) == (Verdict.REFUSED, Reason.FORGED)
    # The ticket itself is still good, by a key that is not revoked.
    assert door.scan().verdict is not Verdict.REFUSED


def test_a_signed_code_of_no_ticket_or_of_another_performance_is_unknown(door: Door) -> None:
    small = door.house.small
    for claim in (
        TicketClaim(small.key_id, small.performance_id, 2**63, 1),
        TicketClaim(small.key_id, small.performance_id, 2**64 - 1, 1),
        TicketClaim(small.key_id, small.performance_id, 987_654, 1),
        TicketClaim(small.key_id, small.gala_id, door.ticket_id, 1),
    ):
        assert verdict(door.scan(sign_ticket(SIGNING_KEY, claim))) == (Verdict.REFUSED, Reason.UNKNOWN)
    assert verdict(door.scan("ABCDEFGHJK")) == (Verdict.REFUSED, Reason.UNKNOWN)


HOSTILE = {
    "nothing": "",
    "space": " \r\n\t",
    "web": "https://example.org/?q=1",
    "wifi": "WIFI:T:WPA;S:net;P:secret;;",
    "long": "9" * 100_000,
    "long code": "A" * 100_000,
    "emoji": "🎭🎫" * 40,
    "nul": "\x00\x01abc\x00",
    "surrogate": "\ud800\udc80abc",
    "right to left": "\u202eمحفظة",
    "sql": "' OR 1=1 -- %s :x",
    "digits": "1" * 198,
    "other digits": "٣" * 198,
    "superscript": "²" * 198,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_ticket_is_refused_and_stored(door: Door, name: str) -> None:
    result = door.scan(HOSTILE[name])
    assert result.verdict is Verdict.REFUSED
    assert result.reason in {Reason.INVALID, Reason.FORGED, Reason.UNKNOWN}
    (stored,) = door.stored()
    assert (stored.verdict, stored.reason) == (result.verdict, result.reason)
    assert len(stored.scanned) <= LONGEST_SCAN
    assert all(letter.isprintable() for letter in stored.scanned)


def test_a_cancelled_performance_admits_nobody(door: Door) -> None:
    evening = door.house.small.performance_id
    cancelled = update(Performance).where(Performance.id == evening).values(state="cancelled")
    door.house.database.transact(lambda session: session.execute(cancelled))
    assert verdict(door.scan()) == (Verdict.REFUSED, Reason.CALLED_OFF)
