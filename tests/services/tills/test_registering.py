from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import AuditEntry, AuditHead, Drawer, Till, TillKey
from pos_app.doctor import judge_database
from pos_app.documents.ticket_codes import new_signing_key
from pos_app.domain.errors import InvalidInput, NotPermitted, TillNotEnrolled
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import till_key
from pos_app.services.audit import till_chain
from pos_app.services.server_time import load_server_time
from pos_app.services.tills.registering import (
    enrol_key,
    free_till_name,
    join_till,
    note_kind,
    note_seen,
    register_till,
    require_key,
)
from tests.trusted_keys import trusted_keys

if TYPE_CHECKING:
    from datetime import datetime

    from tests.houses import OpenHouse


def new_public_key() -> str:
    return new_signing_key()[1].hex()


def test_a_computer_is_registered_once_with_its_drawer_and_its_chain(house: OpenHouse) -> None:
    key = new_public_key()
    first = house.database.transact(register_till, "machine-x", "Foyer left", key)
    again = house.database.transact(register_till, "machine-x", "Another name", key)
    assert first == again
    assert (first.name, first.key_id, first.paper) == ("Foyer left", None, "a4")
    drawers = house.database.read(
        lambda session: session.scalar(select(func.count()).select_from(Drawer).where(Drawer.till_id == first.till_id))
    )
    assert drawers == 1
    assert house.database.read(lambda session: session.get(AuditHead, till_chain(first.till_id))) is not None
    assert house.database.read(lambda session: session.get_one(Till, first.till_id)).last_seen_at is not None


def test_a_name_that_is_taken_gets_a_number(house: OpenHouse) -> None:
    names = [house.database.transact(register_till, f"machine-{n}", "Till 1", "").name for n in range(3)]
    assert names == ["Till 3", "Till 4", "Till 5"]


@pytest.mark.parametrize(("first", "second"), [("Kasse 1", "kasse 1"), ("GROSSE KASSE 1", "große kasse 1")])
def test_tills_that_differ_only_in_case_are_numbered_as_equal_ones_are(
    house: OpenHouse, first: str, second: str
) -> None:
    assert house.database.transact(join_till, "machine-x", first, "").name == first
    assert house.database.transact(join_till, "machine-y", second, "").name == f"{second[:-1]}2"
    # Its own name in another case is no other till's.
    assert house.database.transact(join_till, "machine-x", first.swapcase(), "").name == first.swapcase()


@pytest.mark.parametrize(("first", "second"), [("Kasse 1", "\uff2basse \uff11"), ("Till 7", "Till7")])
def test_two_tills_never_bear_names_that_look_alike(house: OpenHouse, first: str, second: str) -> None:
    house.database.transact(register_till, "machine-x", first, "")
    other = house.database.transact(register_till, "machine-y", second, "")
    assert till_key(other.name) not in {till_key(first), till_key(second)}


def test_a_till_that_did_not_get_its_name_says_so_once_and_it_is_written_down(house: OpenHouse) -> None:
    made = house.database.transact(register_till, "machine-x", "Till 1", "")
    assert (made.name, made.instead_of) == ("Till 3", "Till 1")
    assert house.database.transact(register_till, "machine-x", "Till 1", "").instead_of == ""
    bodies = house.database.read(
        lambda session: session.scalars(select(AuditEntry.body).where(AuditEntry.action == "till_registered")).all()
    )
    (body,) = (json.loads(one) for one in bodies)
    assert (body["till"], body["till_name"], body["asked"]) == (made.till_id, "Till 3", "Till 1")
    assert house.database.read(judge_database) == ()


def test_the_free_name_is_told_before_anything_is_made(house: OpenHouse) -> None:
    assert house.database.read(free_till_name, "machine-x", "till 1") == "till 3"
    assert house.database.read(free_till_name, "machine-x", "Kiosk") == "Kiosk"
    assert house.database.read(free_till_name, "machine-Till 1", "TILL 1") == "TILL 1"


def test_a_till_that_is_set_up_under_another_name_leaves_a_trace(house: OpenHouse) -> None:
    house.database.transact(join_till, "machine-x", "Kase", "")
    house.database.transact(join_till, "machine-x", "Kasse", "")
    (body,) = house.database.read(
        lambda session: session.scalars(select(AuditEntry.body).where(AuditEntry.action == "till_renamed")).all()
    )
    told = json.loads(body)
    assert (told["before"], told["after"]) == ("Kase", "Kasse")


@pytest.mark.parametrize(("ago", "written"), [(5, False), (20, False), (40, True), (86400, True), (-3600, True)])
def test_a_sign_of_life_is_written_where_the_last_one_is_old_or_from_a_clock_that_was_set_back(
    house: OpenHouse, ago: int, *, written: bool
) -> None:
    till_id, other = house.small.till_id, house.small.other_till_id

    def last_seen(one: int) -> datetime:
        at = house.database.read(lambda session: session.get_one(Till, one).last_seen_at)
        assert at is not None
        return at

    before = update(Till).values(last_seen_at=utc_plus(-ago))
    house.database.transact(lambda session: session.execute(before))
    seen = last_seen(till_id)
    house.database.transact(note_seen, till_id)
    assert (last_seen(till_id) != seen) is written
    assert last_seen(other) == seen
    now = house.database.read(load_server_time)
    assert not written or abs((last_seen(till_id) - now).total_seconds()) < 20


@pytest.mark.parametrize(
    ("name", "kept"), [("", "Till"), (" \x00\ud800", "Till"), ("صندوق 🎟", "صندوق 🎟"), ("n" * 500, "n" * 80)]
)
def test_a_till_may_have_any_name(house: OpenHouse, name: str, kept: str) -> None:
    assert house.database.transact(register_till, "machine-x", name, "").name == kept


def test_a_manager_enrols_a_till_and_gates_trust_it(house: OpenHouse) -> None:
    small = house.small
    key = new_public_key()
    with pytest.raises(TillNotEnrolled):
        house.database.read(require_key, small.till_id, key)
    key_id = house.database.transact(enrol_key, small.manager, key)
    assert house.database.transact(enrol_key, small.manager, key) == key_id
    assert house.database.read(require_key, small.till_id, key) == key_id
    assert house.database.read(trusted_keys)[key_id] == bytes.fromhex(key)
    assert house.database.transact(register_till, "machine-Till 1", "Till 1", key).key_id == key_id
    assert house.database.read(judge_database) == ()


def test_only_a_manager_enrols(house: OpenHouse) -> None:
    for actor in (house.small.cashier, house.small.steward):
        with pytest.raises(NotPermitted):
            house.database.transact(enrol_key, actor, new_public_key())


def test_a_key_that_was_revoked_or_belongs_to_another_till_is_not_enrolled(house: OpenHouse) -> None:
    small = house.small
    key = new_public_key()
    key_id = house.database.transact(enrol_key, small.manager, key)
    with pytest.raises(InvalidInput):
        house.database.transact(enrol_key, small.elsewhere(small.manager), key)
    revoked = update(TillKey).where(TillKey.id == key_id).values(revoked_at=utc_now())
    house.database.transact(lambda session: session.execute(revoked))
    with pytest.raises(InvalidInput):
        house.database.transact(enrol_key, small.manager, key)
    with pytest.raises(TillNotEnrolled):
        house.database.read(require_key, small.till_id, key)
    assert key_id not in house.database.read(trusted_keys)


@pytest.mark.parametrize("key", ["", "xyz", "ab" * 31, "ab" * 33, "zz" * 32])
def test_what_is_no_key_is_not_enrolled(house: OpenHouse, key: str) -> None:
    """It would break every gate that loads the keys."""
    with pytest.raises(InvalidInput):
        house.database.transact(enrol_key, house.small.manager, key)


@pytest.mark.parametrize(
    ("wanted", "second"), [("Till 1", "Till 2"), ("Counter", "Counter 2"), ("Till 09", "Till 10"), ("7", "8")]
)
def test_a_name_that_is_taken_goes_on_counting(house: OpenHouse, wanted: str, second: str) -> None:
    name = f"Window {wanted}"
    first = house.database.transact(register_till, "a" * 32, name, "")
    other = house.database.transact(register_till, "b" * 32, name, "")
    assert (first.name, other.name) == (name, f"Window {second}")


def test_who_sets_a_computer_up_says_once_what_it_is_for(house: OpenHouse) -> None:
    for _ in range(2):
        house.database.transact(note_kind, "machine-Gate 1", TillKind.GATE)
    house.database.transact(note_kind, "no till yet", TillKind.GATE)
    till = house.database.read(lambda session: session.get_one(Till, house.small.gate_till_id))
    assert till.kind == TillKind.GATE
    told = house.database.read(
        lambda session: session.scalars(select(AuditEntry.action).where(AuditEntry.action == "till_kind_chosen")).all()
    )
    assert len(told) == 1
    assert house.database.read(judge_database) == ()
