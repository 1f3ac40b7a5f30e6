"""Promo codes as a manager keeps them: making, changing, ending at once, putting away. Uses are counted, never set."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from pos_app.db.clock import utc_now
from pos_app.db.models import PromoCode, PromoUsage
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldRefused, changes_between, require_unchanged, same_fields
from pos_app.domain.errors import NotFound
from pos_app.domain.percents import plain_percent
from pos_app.domain.promo_codes.records import LONGEST_PROMO_NOTE, PromoDraft, PromoRecord, rule_problems
from pos_app.domain.promo_codes.rules import PromoKind, PromoScope, normalise_promo_code
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import FreeText, record
from pos_app.services.books import rule_stored
from pos_app.services.permissions import require
from pos_app.services.promo_codes.choices import load_promo_choices, newest_categories
from pos_app.services.records import Records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def list_promo_codes(session: Session, actor: Actor) -> tuple[PromoRecord, ...]:
    """Return all codes with their uses, those put away too, the newest first. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return load_records(session, None)


def save_promo_code(session: Session, actor: Actor, before: PromoRecord | None, wanted: PromoDraft) -> PromoRecord:
    """Store a code. before: as it was read, None for a new one. Asked again with the same, it is done already.

    Raises NotPermitted, FieldRefused (fields: those of PromoDraft, but percent, amount and least_spend for value and
    least_spend_minor), ChangedMeanwhile, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    wanted = tidy(wanted)
    if before is None:
        return _add(session, actor, wanted)
    now = _CODES.locked(session, actor, before.promo_code_id)
    if same_fields(wanted, now) and not now.archived:
        return now
    require_unchanged(before, now, leaving_out=_CODES.counted)
    _require_sound(session, wanted)
    _require_free_code(session, wanted.code, now.promo_code_id)
    columns = columns_of(wanted)
    told = {"promo_code": now.promo_code_id, "code": wanted.code, "stored": rule_stored(columns)}
    return _CODES.write(
        session, actor, now, "changed", columns, **told, changes=_told(now, wanted), note=FreeText(wanted.note)
    )


def end_promo_code(session: Session, actor: Actor, promo_code_id: int) -> PromoRecord:
    """End a code at once: no sale that is committed from now on takes it. Harmless where it has ended.

    Raises NotPermitted, NotFound.
    """
    now = _CODES.locked(session, actor, promo_code_id)
    return _CODES.write(session, actor, now, "ended", {"ended_at": utc_now()}) if now.ended_at is None else now


def reopen_promo_code(session: Session, actor: Actor, promo_code_id: int) -> PromoRecord:
    """Take back that a code was ended. Raises NotPermitted, NotFound."""
    now = _CODES.locked(session, actor, promo_code_id)
    return now if now.ended_at is None else _CODES.write(session, actor, now, "reopened", {"ended_at": None})


def archive_promo_code(session: Session, actor: Actor, promo_code_id: int) -> PromoRecord:
    """Put a code away: it is taken no more, and its redemptions stay. Raises NotPermitted, NotFound."""
    return _CODES.archive(session, actor, _CODES.locked(session, actor, promo_code_id))


def restore_promo_code(session: Session, actor: Actor, promo_code_id: int) -> PromoRecord:
    """Bring a code back. Raises NotPermitted, NotFound."""
    return _CODES.restore(session, actor, promo_code_id)


def tidy(wanted: PromoDraft) -> PromoDraft:
    """Return a draft as it is stored: the code normalised, nothing in fields that mean nothing for its kind."""
    of_amount = wanted.kind is PromoKind.AMOUNT
    return replace(
        wanted,
        code=normalise_promo_code(wanted.code),
        scope=wanted.scope if of_amount else PromoScope.TICKET,
        hundredths=0 if of_amount else wanted.hundredths,
        currency=wanted.currency if of_amount or wanted.least_spend_minor else "",
        note=clean_line(wanted.note, LONGEST_PROMO_NOTE),
    )


def columns_of(wanted: PromoDraft) -> dict[str, Any]:
    """Return what is stored of a draft, by column."""
    only = {
        "events": wanted.events,
        "performances": wanted.performances,
        "categories": wanted.categories,
        "types": wanted.ticket_types,
    }
    plain = {
        field.name: getattr(wanted, field.name)
        for field in fields(PromoDraft)
        if field.name not in {"events", "performances", "categories", "ticket_types"}
    }
    return plain | {"only": json.dumps({name: sorted(ids) for name, ids in only.items() if ids})}


def load_records(session: Session, condition: ColumnElement[bool] | None) -> tuple[PromoRecord, ...]:
    """Return the codes for which a condition holds, the newest first; None: all."""
    query = (
        select(PromoCode, PromoUsage.uses)
        .outerjoin(PromoUsage, PromoUsage.promo_code_id == PromoCode.id)
        .order_by(PromoCode.id.desc())
        .execution_options(populate_existing=True)
    )
    if condition is not None:
        query = query.where(condition)
    newest = newest_categories(session)
    return tuple(_record(row[0], row.uses or 0, newest) for row in session.execute(query))


def _record(stored: PromoCode, uses: int, newest: Mapping[int, int]) -> PromoRecord:
    only = json.loads(stored.only)
    return PromoRecord(
        code=stored.code,
        kind=PromoKind(stored.kind),
        scope=PromoScope(stored.scope),
        value=stored.value,
        hundredths=stored.hundredths,
        currency=stored.currency,
        valid_from=stored.valid_from,
        valid_until=stored.valid_until,
        most_uses=stored.most_uses,
        most_uses_each=stored.most_uses_each,
        least_spend_minor=stored.least_spend_minor,
        events=frozenset(only.get("events", ())),
        performances=frozenset(only.get("performances", ())),
        categories=frozenset(newest.get(one, one) for one in only.get("categories", ())),
        ticket_types=frozenset(only.get("types", ())),
        combinable=stored.combinable,
        verified_only=stored.verified_only,
        note=stored.note,
        promo_code_id=stored.id,
        batch=stored.batch or "",
        ended_at=stored.ended_at,
        archived=stored.deleted_at is not None,
        uses=uses,
    )


def _load(session: Session, promo_code_id: int) -> PromoRecord:
    found = load_records(session, PromoCode.id == promo_code_id)
    if not found:
        raise NotFound(say("This promo code is not there any more."))
    return found[0]


def _require_sound(session: Session, wanted: PromoDraft) -> None:
    """Raise FieldRefused for a rule that is impossible."""
    problems = rule_problems(wanted, load_promo_choices(session))
    if problems:
        raise FieldRefused(problems)


def _require_free_code(session: Session, code: str, own: int) -> None:
    other = session.execute(
        select(PromoCode.deleted_at).where(PromoCode.code == code, PromoCode.id != own)
    ).one_or_none()
    if other is None:
        return
    archived = other.deleted_at is not None
    raise FieldRefused(
        {
            "code": say("There is an archived code of this name: restore that one.")
            if archived
            else say("This code is taken.")
        }
    )


def _add(session: Session, actor: Actor, wanted: PromoDraft) -> PromoRecord:
    named = PromoCode.code == wanted.code
    session.execute(select(PromoCode.id).where(named).with_for_update())
    for twin in load_records(session, named):
        if same_fields(wanted, twin) and not twin.archived:
            return twin
    _require_sound(session, wanted)
    _require_free_code(session, wanted.code, own=0)
    columns = columns_of(wanted)
    key = insert_row(session, PromoCode, **columns)
    session.execute(insert(PromoUsage).values(promo_code_id=key, uses=0))
    told = {"promo_code": key, "code": wanted.code, "stored": rule_stored(columns)}
    record(session, actor, "promo_code_added", **told, rule=rule_told(wanted), note=FreeText(wanted.note))
    return PromoRecord(**vars(wanted), promo_code_id=key)


def rule_told(wanted: PromoDraft) -> dict[str, object]:
    """Return what a rule says, for the audit: only what is not as in an empty draft."""
    return {field: now for field, (_, now) in _told(PromoDraft(), wanted).items()}


def _told(before: PromoDraft, wanted: PromoDraft) -> dict[str, list[object]]:
    """Return what is different, each as it was and as it will be; whole and part of a percentage as one.

    A note may name a person: it is told beside.
    """
    different = changes_between(before, wanted, leaving_out=("note",))
    told = {change.field: [_plain(change.before), _plain(change.now)] for change in different}
    if told.keys() & {"value", "hundredths"} and (before.hundredths or wanted.hundredths):
        told.pop("value", None)
        told.pop("hundredths", None)
        told["takes"] = [_takes(before), _takes(wanted)]
    return told


def _takes(draft: PromoDraft) -> str:
    return f"{plain_percent(draft.percent)} %" if draft.kind is PromoKind.PERCENT else str(draft.value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


_CODES = Records(
    "promo_code",
    PromoCode.id,
    load=_load,
    key=lambda one: one.promo_code_id,
    told=lambda one: {"promo_code": one.promo_code_id, "code": one.code, "uses": one.uses},
    counted=("uses",),
)
