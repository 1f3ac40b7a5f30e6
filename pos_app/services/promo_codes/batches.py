"""Batches of promo codes: made in one transaction, exported, ended at once; and what was redeemed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, PromoCode, PromoRedemption, PromoUsage, Till
from pos_app.documents.csv_tables import write_csv
from pos_app.domain.currencies import plain
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotFound
from pos_app.domain.percents import plain_percent
from pos_app.domain.promo_codes.records import (
    LONGEST_BATCH,
    PromoBatch,
    PromoRecord,
    Redemption,
    batch_problems,
    random_codes,
    rule_problems,
)
from pos_app.domain.promo_codes.rules import PromoKind, normalise_promo_code
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import FreeText, record
from pos_app.services.books import rule_stored
from pos_app.services.permissions import require
from pos_app.services.promo_codes.choices import load_promo_choices
from pos_app.services.promo_codes.records import columns_of, load_records, rule_told, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_AT_ONCE: Final = 500
"""Codes in one statement."""
REDEMPTIONS_SHOWN: Final = 2_000


def make_batch(session: Session, actor: Actor, wanted: PromoBatch) -> tuple[PromoRecord, ...]:
    """Make codes that differ from each other and from all others; all of them or none, oldest first.

    Asked again with the same, it returns what was made. Raises NotPermitted, FieldRefused (fields of PromoBatch, and
    those of save_promo_code for the rule).
    """
    require(session, actor, Permission.MANAGE)
    prefix = normalise_promo_code(wanted.prefix)
    name = clean_line(wanted.name, LONGEST_BATCH)
    rule = tidy(replace(wanted.rule, code="BATCH"))
    wanted = replace(wanted, name=name, prefix=prefix, rule=rule)
    choices = load_promo_choices(session)
    problems = rule_problems(rule, choices) | batch_problems(wanted)
    if problems:
        raise FieldRefused(problems)
    made = _codes_of(session, name)
    if made:
        return _require_same(made, wanted)
    codes = random_codes(prefix, wanted.random, wanted.count, _taken(session, prefix))
    values = columns_of(rule)
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        session.execute(insert(PromoCode), [values | {"code": code, "batch": name} for code in part])
    ids = session.execute(select(PromoCode.id).where(PromoCode.batch == name)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        part_of_ids = ids[start : start + _AT_ONCE]
        session.execute(insert(PromoUsage), [{"promo_code_id": key, "uses": 0} for key in part_of_ids])
    made = _codes_of(session, name)
    told = {"batch": name, "prefix": prefix, "codes": len(codes), "rule": rule_told(rule)}
    record(
        session, actor, "promo_batch_made", **told, stored=rule_stored(values | {"code": ""}), note=FreeText(rule.note)
    )
    return made


def export_batch(session: Session, actor: Actor, batch: str) -> bytes:
    """Return the codes of a batch as CSV. Codes are worth money: the audit knows who took them out.

    Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    codes = _require_batch(session, batch)
    head = ("Code", "Takes off", "Valid from (UTC)", "Valid until (UTC)", "Uses", "Limit", "Ended", "Note")
    content = write_csv(head, [_row(one) for one in codes])
    record(session, actor, "promo_batch_exported", batch=batch, codes=len(codes))
    return content


def end_batch(session: Session, actor: Actor, batch: str) -> tuple[PromoRecord, ...]:
    """End all codes of a batch at once. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    codes = _require_batch(session, batch)
    running = [one for one in codes if one.ended_at is None]
    if not running:
        return codes
    session.execute(
        update(PromoCode).where(PromoCode.batch == batch, PromoCode.ended_at.is_(None)).values(ended_at=utc_now())
    )
    record(session, actor, "promo_batch_ended", batch=batch, codes=len(running))
    return _codes_of(session, batch)


def list_redemptions(
    session: Session, actor: Actor, *, promo_code_id: int = 0, batch: str = ""
) -> tuple[Redemption, ...]:
    """Return the uses of a code, or of all codes of a batch, the latest first. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    wanted = PromoCode.batch == batch if batch else PromoCode.id == promo_code_id
    rows = session.execute(
        select(
            PromoCode.code,
            Order.number,
            PromoRedemption.created_at,
            PromoRedemption.saved_minor,
            PromoRedemption.undone_at,
            Order.currency,
            Order.customer_name,
            Till.name.label("till"),
        )
        .join(PromoRedemption, PromoRedemption.promo_code_id == PromoCode.id)
        .join(Order, Order.id == PromoRedemption.order_id)
        .join(Till, Till.id == Order.till_id)
        .where(wanted)
        .order_by(PromoRedemption.id.desc())
        .limit(REDEMPTIONS_SHOWN)
    )
    return tuple(
        Redemption(
            row.code,
            row.number,
            row.created_at,
            row.saved_minor,
            row.currency,
            row.customer_name,
            row.till,
            undone=row.undone_at is not None,
        )
        for row in rows
    )


def _codes_of(session: Session, batch: str) -> tuple[PromoRecord, ...]:
    return load_records(session, PromoCode.batch == batch)[::-1]


def _require_batch(session: Session, batch: str) -> tuple[PromoRecord, ...]:
    codes = _codes_of(session, batch)
    if not batch or not codes:
        raise NotFound(say("There is no batch of this name."))
    return codes


def _require_same(made: tuple[PromoRecord, ...], wanted: PromoBatch) -> tuple[PromoRecord, ...]:
    same_rule = all(replace(one, code=wanted.rule.code) == _as_made(one, wanted) for one in made)
    if len(made) == wanted.count and same_rule and all(one.code.startswith(wanted.prefix) for one in made):
        return made
    raise FieldRefused({"name": say("There is a batch of this name.")})


def _as_made(one: PromoRecord, wanted: PromoBatch) -> PromoRecord:
    return replace(one, **vars(wanted.rule))


def _taken(session: Session, prefix: str) -> frozenset[str]:
    """Codes that begin with the prefix: compared by code points, so that the index finds them on every engine."""
    query = select(PromoCode.code)
    if prefix:
        query = query.where(PromoCode.code >= prefix, PromoCode.code < f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}")
    return frozenset(session.execute(query).scalars())


def _row(one: PromoRecord) -> Sequence[str]:
    percent = one.kind is PromoKind.PERCENT
    takes = f"{plain_percent(one.percent)} %" if percent else f"{plain(one.value, one.currency)} {one.currency}"
    times = [moment.isoformat(" ", "minutes")[:16] if moment else "" for moment in (one.valid_from, one.valid_until)]
    limit = "" if one.most_uses is None else str(one.most_uses)
    return (one.code, takes, *times, str(one.uses), limit, "yes" if one.ended_at else "", one.note)
