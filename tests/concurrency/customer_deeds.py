"""What a till does to customers that the fault injector walks through: made, edited, put away, merged, erased."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.records import add_customer, archive_customer, save_customer
from pos_app.services.letters.verifying import check_code, send_code, sends_letters
from tests.concurrency.fault_deeds import same
from tests.concurrency.reservation_deeds import NAME, new_address, use_again
from tests.services.letters.codes import sent_codes, set_mail_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.customers.records import CustomerRecord
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_MARKS: Final = ("Wheelchair",)


def _draft() -> CustomerDraft:
    return CustomerDraft(NAME, new_address(), "+49 30 1234567", "Comes late", _MARKS, letters=True)


def _made(stage: Stage) -> CustomerRecord:
    return stage.database.transact(add_customer, stage.house.cashier, _draft(), request_id=uuid4().hex)


def _buyer(stage: Stage) -> tuple[CustomerRecord, Callable[[], None]]:
    """Return a customer who has bought two tickets with the code, and how their seats may be used again."""
    made, asked = _made(stage), stage.request()
    sale = stage.sell(replace(asked, customer_id=made.customer_id, customer_name=made.name))
    return made, partial(use_again, stage, sale.order_id, tuple(line.seat for line in asked.lines))


def making(stage: Stage) -> Deed:
    """Make a customer."""
    draft, request_id = _draft(), uuid4().hex

    def ask(till: Database) -> Any:
        made = till.transact(add_customer, stage.house.cashier, draft, request_id=request_id)
        return made.name, made.email == draft.email, made.letters, made.marks

    return same(ask)


def editing(stage: Stage) -> Deed:
    """Write another name and another phone number of a customer."""
    before = _made(stage)
    wanted = replace(before.draft(), name="Zoë Ångström", phone="030 7654321")

    def ask(till: Database) -> Any:
        saved = till.transact(save_customer, stage.house.cashier, before, wanted)
        return saved.name, saved.phone

    return same(ask)


def _mailed(stage: Stage) -> int:
    """Return a customer, in a house that sends letters."""
    if not stage.database.read(sends_letters):
        stage.database.transact(set_mail_server)
    return _made(stage).customer_id


def sending_a_code(stage: Stage) -> Deed:
    """Send a code to the address of a customer."""
    customer_id, request_id = _mailed(stage), uuid4().hex

    def ask(till: Database) -> Any:
        return till.transact(send_code, stage.house.cashier, customer_id, request_id).customer_id == customer_id

    return same(ask)


def typing_a_code(stage: Stage) -> Deed:
    """Type the code that was sent to a customer. A run that finds it used already says so, and counts no other try."""
    customer_id = _mailed(stage)
    stage.database.transact(send_code, stage.house.cashier, customer_id, uuid4().hex)
    code = sent_codes(stage.database, customer_id)[-1]
    return same(lambda till: till.transact(check_code, stage.house.cashier, customer_id, code).is_verified)


def putting_away(stage: Stage) -> Deed:
    """Put a customer away."""
    made = _made(stage)
    return same(lambda till: till.transact(archive_customer, stage.house.manager, made.customer_id).archived)


def merging(stage: Stage) -> Deed:
    """Merge two customers, each of whom has bought something."""
    (kept, tidy_one), (other, tidy_other) = _buyer(stage), _buyer(stage)
    request_id = uuid4().hex

    def ask(till: Database) -> Any:
        asked = (stage.house.manager, kept.customer_id, other.customer_id)
        one = till.transact(merge_customers, *asked, request_id=request_id)
        return one.customer_id == kept.customer_id, one.former_ids == (other.customer_id,), one.name

    def tidy() -> None:
        tidy_one()
        tidy_other()

    return same(ask, tidy)


def erasing(stage: Stage) -> Deed:
    """Erase a customer who has bought something."""
    (known, tidy), request_id = _buyer(stage), uuid4().hex

    def ask(till: Database) -> Any:
        asked = (stage.house.manager, known.customer_id)
        erased = till.transact(erase_customer, *asked, request_id=request_id)
        return erased.customer_id == known.customer_id, len(erased.order_numbers)

    return same(ask, tidy)
