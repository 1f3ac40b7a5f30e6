"""A code goes to an address, and shows that it is the customer's: once, in time, and within five tries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from pos_app.db.clock import utc_plus
from pos_app.db.models import AuditEntry, EmailVerification, OutboxEmail
from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerDraft, CustomerRecord, CustomerRefused
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.letters.kinds import LetterState
from pos_app.domain.letters.verification import MOST_TRIES, CodeChecked, CodeNotSent, CodeSent, CodeVerdict
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.records import load_customer, save_customer
from pos_app.services.letters.verifying import check_code, send_code
from tests.services.customers.people import add
from tests.services.letters.codes import another_than, sent_codes, set_back, set_mail_server, set_verified

if TYPE_CHECKING:
    from tests.houses import OpenHouse

ANNA = CustomerDraft("Anna Novak", "anna@example.org")
TWIN = CustomerDraft("A. Novak", "novak@example.com")


@pytest.fixture
def mailing(house: OpenHouse) -> OpenHouse:
    """Give a house that sends letters."""
    house.database.transact(set_mail_server)
    return house


def send(house: OpenHouse, customer_id: int, request_id: str = "") -> CodeSent:
    return house.database.transact(send_code, house.small.cashier, customer_id, request_id or uuid4().hex)


def check(house: OpenHouse, customer_id: int, code: str) -> CodeChecked:
    return house.database.transact(check_code, house.small.cashier, customer_id, code)


def known(house: OpenHouse, customer_id: int) -> CustomerRecord:
    return house.database.read(load_customer, house.small.cashier, customer_id)


def wait_a_minute(house: OpenHouse) -> None:
    """Let the codes that were sent have gone a minute ago."""
    house.database.transact(set_back, EmailVerification, created_at=utc_plus(-61))


def states(house: OpenHouse) -> list[str]:
    return house.database.read(
        lambda session: list(session.scalars(select(OutboxEmail.state).order_by(OutboxEmail.id)))
    )


def count(house: OpenHouse, table: Any) -> int:
    return house.database.read(lambda session: session.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_code_of_the_letter_verifies_the_address_once(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    sent = send(mailing, anna.customer_id)
    assert (sent.customer_id, sent.email, sent.seconds_left) == (anna.customer_id, anna.email, 900.0)
    (code,) = sent_codes(mailing.database, anna.customer_id)
    assert code not in mailing.database.read(lambda session: session.scalars(select(EmailVerification.code_hash)).one())
    checked = check(mailing, anna.customer_id, f"{code[:3]} {code[3:]}")
    assert (checked.verdict, checked.is_verified) == (CodeVerdict.RIGHT, True)
    assert checked.customer == known(mailing, anna.customer_id)
    assert checked.customer.verified_at is not None
    again = check(mailing, anna.customer_id, code)
    assert (again.verdict, again.is_verified) == (CodeVerdict.USED, True)
    with pytest.raises(CodeNotSent, match="verified already"):
        send(mailing, anna.customer_id)
    told = mailing.database.read(lambda session: "".join(session.scalars(select(AuditEntry.body))))
    assert anna.email not in told
    assert code not in told
    assert not mailing.database.read(judge_database)


def test_a_repeat_of_the_request_sends_one_letter(mailing: OpenHouse) -> None:
    anna, request_id = add(mailing, ANNA), uuid4().hex
    first, second = (send(mailing, anna.customer_id, request_id) for _ in range(2))
    assert (first.customer_id, first.email) == (second.customer_id, second.email)
    assert 0 < second.seconds_left <= 900
    assert (count(mailing, OutboxEmail), count(mailing, EmailVerification)) == (1, 1)


def test_wrong_codes_are_counted_and_the_right_one_is_too_late_after_five(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    (code,) = sent_codes(mailing.database, anna.customer_id)
    left = []
    for _ in range(MOST_TRIES):
        checked = check(mailing, anna.customer_id, another_than(code))
        left.append((checked.verdict, checked.tries_left))
    assert left == [*((CodeVerdict.WRONG, tries) for tries in (4, 3, 2, 1)), (CodeVerdict.SPENT, 0)]
    assert check(mailing, anna.customer_id, code).verdict is CodeVerdict.SPENT
    assert known(mailing, anna.customer_id).verified_at is None


def test_the_fifth_try_may_be_the_right_one(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    (code,) = sent_codes(mailing.database, anna.customer_id)
    for _ in range(MOST_TRIES - 1):
        check(mailing, anna.customer_id, another_than(code))
    assert check(mailing, anna.customer_id, code).verdict is CodeVerdict.RIGHT


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345x"])
def test_what_is_no_code_counts_as_no_try(mailing: OpenHouse, typed: str) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    with pytest.raises(FieldRefused) as refused:
        check(mailing, anna.customer_id, typed)
    assert refused.value.fields == {"code": "A code has 6 digits."}
    assert mailing.database.read(lambda session: session.scalars(select(EmailVerification.tries)).one()) == 0


def test_a_code_is_good_for_a_quarter_of_an_hour_by_the_servers_clock(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    (code,) = sent_codes(mailing.database, anna.customer_id)
    mailing.database.transact(set_back, EmailVerification, expires_at=utc_plus(-1))
    assert check(mailing, anna.customer_id, code).verdict is CodeVerdict.OVER
    mailing.database.transact(set_back, EmailVerification, expires_at=utc_plus(5))
    assert check(mailing, anna.customer_id, code).verdict is CodeVerdict.RIGHT


def test_another_code_goes_after_a_minute_and_closes_the_one_before(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    (first,) = sent_codes(mailing.database, anna.customer_id)
    with pytest.raises(CodeNotSent, match="a moment ago") as refused:
        send(mailing, anna.customer_id)
    assert 0 < refused.value.seconds <= 60
    wait_a_minute(mailing)
    send(mailing, anna.customer_id)
    blanked, second = sent_codes(mailing.database, anna.customer_id)
    assert blanked == ""
    assert states(mailing) == [LetterState.STOPPED, LetterState.WAITING]
    if first != second:
        assert check(mailing, anna.customer_id, first).verdict is CodeVerdict.WRONG
    assert check(mailing, anna.customer_id, second).verdict is CodeVerdict.RIGHT


def test_a_corrected_address_gets_its_code_at_once_and_the_old_code_is_good_no_more(mailing: OpenHouse) -> None:
    small, anna = mailing.small, add(mailing, ANNA)
    send(mailing, anna.customer_id)
    (first,) = sent_codes(mailing.database, anna.customer_id)
    wanted = replace(ANNA, email="anna@example.com")
    mailing.database.transact(save_customer, small.cashier, known(mailing, anna.customer_id), wanted)
    assert check(mailing, anna.customer_id, first).verdict is CodeVerdict.MISSING
    assert states(mailing) == [LetterState.STOPPED]
    assert send(mailing, anna.customer_id).email == "anna@example.com"
    # And back: what was sent there a moment ago is remembered.
    mailing.database.transact(save_customer, small.cashier, known(mailing, anna.customer_id), ANNA)
    with pytest.raises(CodeNotSent, match="a moment ago"):
        send(mailing, anna.customer_id)


def test_a_changed_address_is_unverified_again_and_one_that_is_written_otherwise_is_not(mailing: OpenHouse) -> None:
    small, anna = mailing.small, add(mailing, ANNA)
    mailing.database.transact(set_verified, anna.customer_id)
    same = replace(ANNA, email="Anna@Example.org")
    saved = mailing.database.transact(save_customer, small.cashier, known(mailing, anna.customer_id), same)
    assert saved.verified_at is not None
    other = replace(ANNA, email="anna@example.com")
    assert mailing.database.transact(save_customer, small.cashier, saved, other).verified_at is None


def test_a_merge_keeps_the_verified_address_and_nothing_of_the_other_is_lost(mailing: OpenHouse) -> None:
    anna, twin = add(mailing, ANNA), add(mailing, replace(TWIN, letters=True))
    send(mailing, anna.customer_id)
    mailing.database.transact(set_verified, twin.customer_id)
    (code,) = sent_codes(mailing.database, anna.customer_id)
    asked = (mailing.small.manager, anna.customer_id, twin.customer_id)
    kept = mailing.database.transact(merge_customers, *asked, request_id=uuid4().hex)
    assert (kept.customer_id, kept.email, kept.letters) == (anna.customer_id, TWIN.email, True)
    assert kept.verified_at is not None
    assert states(mailing) == [LetterState.STOPPED]
    assert check(mailing, twin.customer_id, code).verdict is CodeVerdict.USED
    assert not mailing.database.read(judge_database)
    erased = mailing.database.transact(erase_customer, mailing.small.manager, anna.customer_id, request_id=uuid4().hex)
    assert {ANNA.email, TWIN.email} <= set(erased.mentions.emails)


def test_a_code_that_was_sent_to_a_number_is_typed_under_the_one_it_leads_to(mailing: OpenHouse) -> None:
    anna, twin = add(mailing, replace(ANNA, email="")), add(mailing, TWIN)
    send(mailing, twin.customer_id)
    (code,) = sent_codes(mailing.database, twin.customer_id)
    asked = (mailing.small.manager, anna.customer_id, twin.customer_id)
    mailing.database.transact(merge_customers, *asked, request_id=uuid4().hex)
    checked = check(mailing, twin.customer_id, code)
    assert (checked.verdict, checked.customer.customer_id) == (CodeVerdict.RIGHT, anna.customer_id)
    assert checked.customer.verified_at is not None


def test_of_who_was_erased_no_code_is_left_anywhere(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    (code,) = sent_codes(mailing.database, anna.customer_id)
    mailing.database.transact(erase_customer, mailing.small.manager, anna.customer_id, request_id=uuid4().hex)
    assert sent_codes(mailing.database, anna.customer_id) == [""]
    assert count(mailing, EmailVerification) == 0
    with pytest.raises(CustomerRefused, match="was erased"):
        check(mailing, anna.customer_id, code)
    with pytest.raises(CustomerRefused, match="was erased"):
        send(mailing, anna.customer_id)
    assert not mailing.database.read(judge_database)


def test_what_cannot_be_sent_is_told(house: OpenHouse) -> None:
    nobody, anna = add(house, CustomerDraft("Nobody")), add(house, ANNA)
    with pytest.raises(CodeNotSent, match="no mail server is set"):
        send(house, anna.customer_id)
    house.database.transact(set_mail_server)
    with pytest.raises(CodeNotSent, match="no e-mail address"):
        send(house, nobody.customer_id)
    with pytest.raises(NotFound):
        send(house, 999_999)
    with pytest.raises(NotPermitted):
        house.database.transact(send_code, house.small.steward, anna.customer_id, uuid4().hex)
    with pytest.raises(NotPermitted):
        house.database.transact(check_code, house.small.steward, anna.customer_id, "000000")
    assert check(house, anna.customer_id, "000000").verdict is CodeVerdict.MISSING
    assert count(house, OutboxEmail) == 0


def test_a_clock_that_was_set_back_holds_no_code_up(mailing: OpenHouse) -> None:
    anna = add(mailing, ANNA)
    send(mailing, anna.customer_id)
    mailing.database.transact(set_back, EmailVerification, created_at=utc_plus(7200))
    send(mailing, anna.customer_id)
    assert count(mailing, OutboxEmail) == 2
