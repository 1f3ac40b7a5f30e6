from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry, PromoCode, PromoUsage
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.promo_codes.records import PromoDraft, PromoRecord
from pos_app.domain.promo_codes.rules import PromoKind, PromoScope
from pos_app.services.promo_codes.choices import list_promo_choices
from pos_app.services.promo_codes.records import (
    archive_promo_code,
    end_promo_code,
    list_promo_codes,
    reopen_promo_code,
    restore_promo_code,
    save_promo_code,
)
from pos_app.services.promo_codes.redeeming import load_promo_code
from tests.kinds import SQLITE
from tests.services.promo_codes.test_redeeming import buy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.houses import OpenHouse


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def save(house: OpenHouse, wanted: PromoDraft, before: PromoRecord | None = None) -> PromoRecord:
    return house.database.transact(save_promo_code, house.small.manager, before, wanted)


def all_codes(house: OpenHouse) -> tuple[PromoRecord, ...]:
    return house.database.read(list_promo_codes, house.small.manager)


def told(house: OpenHouse) -> list[dict[str, Any]]:
    """Return what the audit was told, without the moment and the chain."""
    bodies = house.database.read(lambda session: session.scalars(select(AuditEntry.body).order_by(AuditEntry.id)).all())
    return [json.loads(body) for body in bodies]


def full_draft(house: OpenHouse) -> PromoDraft:
    """Return a rule in which every field says something."""
    small = house.small
    events = house.database.read(list_promo_choices, small.manager).events
    return PromoDraft(
        code="family 20",
        kind=PromoKind.AMOUNT,
        scope=PromoScope.ORDER,
        value=2000,
        currency="EUR",
        valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=900),
        most_uses=50,
        most_uses_each=2,
        least_spend_minor=4000,
        events=frozenset(one.key for one in events),
        performances=frozenset({small.performance_id, small.gala_id}),
        categories=frozenset({small.category_a_id}),
        ticket_types=frozenset({small.adult_id}),
        combinable=True,
        note="For the season",
    )


def test_every_field_of_a_rule_is_kept_and_is_the_rule_of_the_till(house: OpenHouse) -> None:
    draft = full_draft(house)
    made = save(house, draft)
    assert made.code == "FAMILY20"
    assert all_codes(house) == (made,)
    assert replace(PromoDraft(**{name: getattr(made, name) for name in vars(draft)}), code="family 20") == draft
    rule = house.database.read(load_promo_code, "Family-20")
    assert (rule.value, rule.currency, rule.most_uses, rule.most_uses_each) == (2000, "EUR", 50, 2)
    assert (rule.least_spend_minor, rule.combinable, rule.scope) == (4000, True, PromoScope.ORDER)
    assert rule.performances == draft.performances
    entry = told(house)[-1]
    assert (entry["action"], entry["code"]) == ("promo_code_added", "FAMILY20")
    assert entry["rule"]["value"] == 2000
    assert entry["rule"]["categories"] == [house.small.category_a_id]


def test_a_change_is_kept_and_told_with_what_was_before(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    changed = save(house, replace(PromoDraft("TEN", value=10), value=15, note="More"), made)
    assert (changed.value, changed.note, changed.promo_code_id) == (15, "More", made.promo_code_id)
    assert told(house)[-1]["changes"] == {"value": [10, 15]}


def test_a_part_of_a_percent_is_kept_exactly_and_told_as_one_number(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10, hundredths=50))
    assert (made.percent, made.value, made.hundredths) == (1050, 10, 50)
    assert all_codes(house) == (made,)
    assert save(house, PromoDraft("TEN", value=10, hundredths=50)) == made
    assert told(house)[-1]["rule"] == {"code": "TEN", "takes": "10.5 %"}
    changed = save(house, PromoDraft("TEN", value=12), made)
    assert changed.percent == 1200
    assert told(house)[-1]["changes"] == {"takes": ["10.5 %", "12 %"]}
    amount = PromoDraft("TEN", PromoKind.AMOUNT, value=500, hundredths=50, currency="EUR")
    assert save(house, amount, changed).hundredths == 0


def test_a_request_that_comes_twice_is_done_once(house: OpenHouse) -> None:
    draft = full_draft(house)
    made = save(house, draft)
    assert save(house, draft) == made
    changed = save(house, replace(draft, value=2500), made)
    assert save(house, replace(draft, value=2500), made) == changed
    assert [entry["action"] for entry in told(house)] == ["promo_code_added", "promo_code_changed"]


def test_two_managers_at_one_code_are_told_of_each_other(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    save(house, PromoDraft("TEN", value=20), made)
    with pytest.raises(ChangedMeanwhile) as refused:
        save(house, PromoDraft("TEN", value=10, note="Mine"), made)
    current = refused.value.current
    assert isinstance(current, PromoRecord)
    assert [(one.field, one.before, one.now) for one in refused.value.changes] == [("value", 10, 20)]
    assert current == all_codes(house)[0]
    stored = save(house, PromoDraft("TEN", value=20, note="Mine"), current)
    assert (stored.value, stored.note) == (20, "Mine")


def test_a_use_in_between_is_no_change_by_somebody_else(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    buy(house, house.small.seats_of(1, [1]), "TEN")
    changed = save(house, PromoDraft("TEN", value=20), made)
    assert (changed.value, changed.uses) == (20, 1)


def test_a_code_that_was_put_away_by_somebody_else_is_not_saved_over(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    archived = house.database.transact(archive_promo_code, house.small.manager, made.promo_code_id)
    with pytest.raises(ChangedMeanwhile) as refused:
        save(house, PromoDraft("TEN", value=20), made)
    assert refused.value.current == archived
    gone = replace(made, promo_code_id=999)
    with pytest.raises(NotFound):
        save(house, PromoDraft("TEN", value=20), gone)


def test_a_code_that_exists_is_refused_beside_its_field_however_it_is_written(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    other = save(house, PromoDraft("ELEVEN", value=11))
    with pytest.raises(FieldRefused) as refused:
        save(house, PromoDraft(" t e n", value=20))
    assert refused.value.fields == {"code": "This code is taken."}
    with pytest.raises(FieldRefused):
        save(house, PromoDraft("ten", value=11), other)
    house.database.transact(archive_promo_code, house.small.manager, made.promo_code_id)
    with pytest.raises(FieldRefused) as refused:
        save(house, PromoDraft("TEN", value=10))
    assert "restore" in refused.value.fields["code"]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_stored(house: OpenHouse) -> None:
    with pytest.raises(FieldRefused) as refused:
        save(house, PromoDraft("", value=101, valid_from=NOW, valid_until=NOW, most_uses=0))
    assert set(refused.value.fields) == {"code", "percent", "valid_until", "most_uses"}
    assert all_codes(house) == ()
    assert told(house) == []


def test_what_means_nothing_for_a_kind_is_not_kept(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10, scope=PromoScope.ORDER, currency="EUR"))
    assert (made.scope, made.currency) == (PromoScope.TICKET, "")


def test_a_code_is_ended_and_put_away_and_brought_back_and_each_is_told_once(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    key = made.promo_code_id

    def do(service: Callable[..., PromoRecord]) -> PromoRecord:
        return house.database.transact(service, house.small.manager, key)

    ended = do(end_promo_code)
    assert ended.ended_at is not None
    assert do(end_promo_code) == ended
    assert do(reopen_promo_code).ended_at is None
    assert do(archive_promo_code).archived
    assert do(archive_promo_code).archived
    assert do(restore_promo_code) == made
    assert [entry["action"] for entry in told(house)[1:]] == [
        "promo_code_ended",
        "promo_code_reopened",
        "promo_code_archived",
        "promo_code_restored",
    ]


@SQLITE
def test_only_a_manager_sees_and_changes_codes(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    cashier = house.small.cashier
    for service in (list_promo_codes, list_promo_choices):
        with pytest.raises(NotPermitted):
            house.database.read(service, cashier)
    with pytest.raises(NotPermitted):
        house.database.transact(save_promo_code, cashier, made, PromoDraft("TEN", value=99))
    for change in (end_promo_code, reopen_promo_code, archive_promo_code, restore_promo_code):
        with pytest.raises(NotPermitted):
            house.database.transact(change, cashier, made.promo_code_id)


@SQLITE
def test_every_code_has_a_count_of_its_uses(house: OpenHouse) -> None:
    made = save(house, PromoDraft("TEN", value=10))
    counted = house.database.read(
        lambda session: session.execute(
            select(PromoUsage.uses).join(PromoCode, PromoCode.id == PromoUsage.promo_code_id)
        ).all()
    )
    assert [row.uses for row in counted] == [made.uses]
