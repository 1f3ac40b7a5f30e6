from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select, update

from pos_app.db.models import AuditEntry, AuditHead
from pos_app.doctor import judge_database
from pos_app.services.audit import JOBS_CHAIN, append, entry_hash, record, till_chain
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


@pytest.fixture
def chain(house: OpenHouse) -> list[AuditEntry]:
    """Three entries of the first till: two sales and one by hand, with words of any script."""
    small = house.small
    sold(house, [small.seat(1, 1)])
    sold(house, [small.seat(1, 2)])
    house.database.transact(lambda session: record(session, small.cashier, "note", words="قاعة 🎭 “quoted” \\ \n"))
    return entries(house)


def entries(house: OpenHouse) -> list[AuditEntry]:
    which = select(AuditEntry).where(AuditEntry.chain == till_chain(house.small.till_id)).order_by(AuditEntry.seq)
    return house.database.read(lambda session: list(session.scalars(which)))


def test_each_entry_carries_the_hash_of_the_one_before(house: OpenHouse, chain: list[AuditEntry]) -> None:
    before = ""
    for seq, entry in enumerate(chain, start=1):
        assert entry.seq == seq
        assert entry.hash == entry_hash(before, entry.body)
        before = entry.hash
    head = house.database.read(lambda session: session.get_one(AuditHead, till_chain(house.small.till_id)))
    assert (head.seq, head.hash) == (3, before)
    assert house.database.read(judge_database) == ()


def test_an_entry_says_who_what_and_when(house: OpenHouse, chain: list[AuditEntry]) -> None:
    body = json.loads(chain[0].body)
    assert (body["action"], body["name"], body["total_minor"], body["method"]) == ("sale", "Carla Cash", 4000, "cash")
    assert body["at"] == chain[0].recorded_at.isoformat()
    assert json.loads(chain[2].body)["words"] == "قاعة 🎭 “quoted” \\ \n"


@pytest.mark.parametrize("tampering", ["an amount", "an entry", "the tail", "the head"])
def test_whoever_changes_the_past_is_seen(house: OpenHouse, chain: list[AuditEntry], tampering: str) -> None:
    changed = chain[0].body.replace("4000", "3000")
    assert changed != chain[0].body
    statement = {
        "an amount": update(AuditEntry).where(AuditEntry.id == chain[0].id).values(body=changed),
        "an entry": delete(AuditEntry).where(AuditEntry.id == chain[1].id),
        "the tail": delete(AuditEntry).where(AuditEntry.id == chain[2].id),
        "the head": update(AuditHead)
        .where(AuditHead.chain == till_chain(house.small.till_id))
        .values(seq=2, hash=chain[1].hash),
    }[tampering]
    house.database.transact(lambda session: session.execute(statement))
    assert house.database.read(judge_database)


def test_a_chain_begins_with_its_first_entry(house: OpenHouse) -> None:
    house.database.transact(lambda session: append(session, JOBS_CHAIN, "swept", holds=3))
    house.database.transact(lambda session: append(session, JOBS_CHAIN, "swept", holds=0))
    head = house.database.read(lambda session: session.get_one(AuditHead, JOBS_CHAIN))
    assert head.seq == 2
    assert house.database.read(judge_database) == ()


def test_an_entry_of_a_transaction_that_failed_is_not_there(house: OpenHouse) -> None:
    def fail(session: Session) -> None:
        record(session, house.small.cashier, "note")
        raise RuntimeError("the sale failed")

    with pytest.raises(RuntimeError):
        house.database.transact(fail)
    assert entries(house) == []
