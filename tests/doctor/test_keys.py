from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.doctor import Rule
from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.services.staff.house_keys import make_house_keys

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

KEYS = new_house_keys()


def make_keys(evening: Evening) -> None:
    make_house_keys(evening.session, evening.small.manager, KEYS, WrappingKey("00" * 16, bytes(32)))
    assert evening.judge() == ()


def test_a_till_that_the_house_does_not_vouch_for_is_named(evening: Evening) -> None:
    make_keys(evening)
    evening.change("UPDATE till_key SET signature=NULL")
    (finding,) = evening.judge()
    assert (finding.rule, finding.subject) == (Rule.TILL_KEYS, "Till “Till 1”")
    assert "gates refuse its tickets" in finding.message
    evening.change("UPDATE till_key SET revoked_at='2026-01-01 00:00:00.000000'")
    assert evening.judge() == ()


def test_a_manager_who_opens_no_keys_is_named(evening: Evening) -> None:
    make_keys(evening)
    evening.change("DELETE FROM house_key_wrap")
    (finding,) = evening.judge()
    assert (finding.rule, finding.subject) == (Rule.WRAPS, "Mario Manager")


def test_a_pin_that_is_not_sealed_is_named(evening: Evening) -> None:
    make_keys(evening)
    evening.change("UPDATE staff_secret SET pin_hash='$argon2id$' WHERE staff_id=:s", s=evening.small.cashier.staff_id)
    (finding,) = evening.judge()
    assert (finding.rule, finding.subject) == (Rule.PINS, "Carla Cash")


def test_before_a_house_has_keys_nothing_is_missed(evening: Evening) -> None:
    assert evening.judge() == ()
