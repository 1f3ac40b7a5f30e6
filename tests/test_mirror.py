"""Tests stand as the program does: each module of services and domain has a test of its name, or a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOT = Path(__file__).resolve().parents[1]
_FLOORS = ("domain", "services")

_RECORDS = "only records and names; whoever fills them in is tested"
_REFUNDS = "a part of refunds and voids, whose stories go through it"
_READER = "a part of the reader, whose test reads whole files"
_EXCHANGE = "a part of an exchange, whose test tells whole stories"

_RESERVATION = "a part of reservations, whose tests tell whole stories"
_WORK_LIST = "a part of working off orders, whose test tells whole stories"

_PASS = "a part of the pass over a waiting list, whose test tells whole stories"

_ERASURE = "a part of an erasure, whose test looks for the person in every column of every table"

_WITHOUT_A_TEST = {
    "domain/door/check_in.py": _RECORDS,
    "domain/door/order_party.py": _RECORDS,
    "domain/house/settings.py": _RECORDS,
    "domain/customers/privacy.py": _RECORDS,
    "domain/letters/kinds.py": _RECORDS,
    "domain/letters/notes.py": _RECORDS,
    "domain/letters/occasions.py": _RECORDS,
    "domain/letters/settings.py": _RECORDS,
    "domain/waiting/entries.py": _RECORDS,
    "domain/waiting/offered_note.py": _RECORDS,
    "domain/waiting/rows.py": _RECORDS,
    "domain/orders/customer_history.py": _RECORDS,
    "domain/orders/exchange_subject.py": _RECORDS,
    "domain/orders/reservations.py": _RECORDS,
    "domain/orders/reserved_note.py": _RECORDS,
    "domain/orders/slips.py": _RECORDS,
    "domain/orders/changes.py": "only words; whatever changes an order goes by them",
    "domain/orders/filter_choices.py": _RECORDS,
    "domain/orders/refunds.py": _RECORDS,
    "domain/orders/work_lists.py": _RECORDS,
    "domain/season/events.py": _RECORDS,
    "domain/season/kept_seats.py": _RECORDS,
    "domain/season/prices.py": _RECORDS,
    "domain/season/ticket_types.py": _RECORDS,
    "domain/selling/seat_requests.py": _RECORDS,
    "domain/staff/members.py": _RECORDS,
    "domain/takeover/records.py": _RECORDS,
    "domain/tickets/papers.py": _RECORDS,
    "domain/tills/kinds.py": _RECORDS,
    "domain/tills/records.py": _RECORDS,
    "domain/venues/pretix/areas.py": _READER,
    "domain/venues/pretix/notes.py": _READER,
    "domain/venues/pretix/zones.py": _READER,
    "domain/venues/records.py": _RECORDS,
    "domain/letters/placeholders.py": "only names; templates and every letter go by them",
    "services/seats/offered.py": _PASS,
    "services/waiting/offering.py": _PASS,
    "services/waiting/standing.py": _PASS,
    "services/waiting/baskets.py": "a part of offers that a till opens, whose test tells whole stories",
    "services/orders/letters/told_money.py": "a part of what a letter tells, whose test tells whole stories",
    "services/orders/letters/told_places.py": "a part of what a letter tells, whose test tells whole stories",
    "services/letters/parts.py": "a part of sending, whose test splits whole orders",
    "services/orders/reservations/offering.py": _RESERVATION,
    "services/orders/reservations/plan.py": _RESERVATION,
    "services/orders/reservations/prices.py": _RESERVATION,
    "services/orders/reservations/rows.py": _RESERVATION,
    "services/orders/reservations/slips.py": "read by test_listing of what waits, and printed by the flow of its name",
    "services/orders/reservations/terms.py": "what test_making is told, and refused by",
    "services/seats/reserved.py": _RESERVATION,
    "services/customers/codes.py": "closes codes in the stories of letters/test_verifying",
    "services/customers/rows.py": "read and written by every story of a customer",
    "services/customers/walking.py": "walked by test_finding with all that somebody types",
    "services/customers/privacy/forgotten.py": "read by the flow that forgets on another computer, which is tested",
    "services/customers/privacy/free_texts.py": _ERASURE,
    "services/customers/privacy/telling.py": _ERASURE,
    "services/customers/privacy/tracing.py": _ERASURE,
    "services/orders/exchanges/plan.py": _EXCHANGE,
    "services/orders/exchanges/rows.py": _EXCHANGE,
    "services/orders/exchanges/seats.py": _EXCHANGE,
    "services/orders/ledger_seats.py": "locks, frees and hands on what refunds and exchanges tell stories of",
    "services/orders/letters/stopping.py": "stops what test_changes and the walks look for",
    "services/orders/live_lines.py": _REFUNDS,
    "services/orders/refunds/rules.py": _REFUNDS,
    "services/orders/refunds/taking_back.py": _REFUNDS,
    "services/orders/finding/conditions.py": "asked by test_finding for each condition, alone and with others",
    "services/orders/finding/evenings.py": "what is not over, asked for by test_search and test_collecting",
    "services/orders/finding/money.py": "summed by test_table against payments and refunds",
    "services/orders/finding/stating.py": "the forms that every search of test_search is stated in",
    "services/orders/finding/rows.py": "told by test_finding and test_order_table",
    "services/orders/finding/sought.py": "understood by test_finding in every way that somebody types",
    "services/orders/finding/walking.py": "walked by test_finding with small steps",
    "services/orders/work_lists/moves.py": _WORK_LIST,
    "services/orders/work_lists/places_alike.py": _WORK_LIST,
    "services/orders/work_lists/approvals.py": _WORK_LIST,
    "services/orders/work_lists/brought.py": _WORK_LIST,
    "services/orders/work_lists/kept.py": _WORK_LIST,
    "services/orders/work_lists/reading.py": _WORK_LIST,
    "services/orders/work_lists/steps.py": _WORK_LIST,
    "services/orders/work_lists/targets.py": _WORK_LIST,
    "services/season/kept_records.py": "reads what test_kept_seats looks at after each of its deeds",
    "services/season/order_fees.py": "adds what test_cancellations tells of orders",
    "services/takeover/changes.py": "writes what test_taking_over counts",
    "services/selling/taking.py": "takes what test_sales sells",
}


def _modules(root: Path) -> set[str]:
    """Return the modules of the floors: "services/selling/holds.py"."""
    program = root / "pos_app"
    found = (module for floor in _FLOORS for module in (program / floor).rglob("*.py"))
    return {module.relative_to(program).as_posix() for module in found if module.name != "__init__.py"}


def _faults(root: Path, without: Mapping[str, str]) -> list[str]:
    """Say which modules have neither test nor reason, and which reasons are for nothing."""
    modules = _modules(root)
    tested = {one for one in modules if (root / "tests" / one).with_name(f"test_{Path(one).name}").is_file()}
    return sorted(
        [
            *(f"{one} has no test of its name" for one in modules - tested - without.keys()),
            *(f"{one} has a test, and stands in the list" for one in tested & without.keys()),
            *(f"{one} is gone, and stands in the list" for one in without.keys() - modules),
            *(f"{one} has no reason" for one, reason in without.items() if not reason.strip()),
        ]
    )


def test_each_module_has_a_test_of_its_name_or_a_reason() -> None:
    assert _faults(_ROOT, _WITHOUT_A_TEST) == []


def test_what_is_missing_or_too_much_is_found(tmp_path: Path) -> None:
    for name in ("pos_app/domain/money.py", "pos_app/services/selling/holds.py", "pos_app/services/selling/sales.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "pos_app/services/__init__.py").touch()
    tests = tmp_path / "tests/services/selling"
    tests.mkdir(parents=True)
    (tests / "test_holds.py").touch()
    (tmp_path / "tests/test_money.py").touch()  # not in its room
    assert _faults(tmp_path, {"domain/money.py": "a list", "services/selling/sales.py": "a list"}) == []
    listed = {"services/selling/holds.py": "a list", "services/selling/gone.py": "a list", "domain/money.py": " "}
    assert _faults(tmp_path, listed) == [
        "domain/money.py has no reason",
        "services/selling/gone.py is gone, and stands in the list",
        "services/selling/holds.py has a test, and stands in the list",
        "services/selling/sales.py has no test of its name",
    ]
