"""What a manager decides for the whole house, as one page: read and saved together."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from pos_app.documents.setting.logo import prepare_logo
from pos_app.domain.editing import FieldProblems, FieldRefused, require_unchanged
from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import HouseRecord
from pos_app.domain.roles import Permission
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.house.settings import load_house_settings, lock_house, save_house_settings, sound_settings
from pos_app.services.house.ticket_look import LONGEST_LINE, load_ticket_look, store_ticket_look
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def load_house_record(session: Session, actor: Actor) -> HouseRecord:
    """Return what is decided. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return _load(session)


def list_house_records(session: Session, actor: Actor) -> tuple[HouseRecord]:
    """As load_house_record, for who asks for all records there are. Raises NotPermitted."""
    return (load_house_record(session, actor),)


def save_house_record(session: Session, actor: Actor, before: HouseRecord, wanted: HouseRecord) -> HouseRecord:
    """Decide anew; performances and tickets that are there keep what they have. May be repeated.

    Raises NotPermitted, FieldRefused, ChangedMeanwhile.
    """
    require(session, actor, Permission.MANAGE)
    lock_house(session)
    now = _load(session)
    wanted = _sound(now, wanted)
    if wanted == now:
        return now
    require_unchanged(before, now)
    look_changed = (wanted.line, wanted.logo_png) != (now.line, now.logo_png)
    if look_changed:
        store_ticket_look(session, wanted.logo_png, wanted.line)
    save_house_settings(session, actor, now.settings(), wanted.settings())
    if look_changed:
        record(session, actor, "ticket_look_changed", logo=len(wanted.logo_png or b""), line=wanted.line)
    return _load(session)


def _load(session: Session) -> HouseRecord:
    look = load_ticket_look(session)
    return HouseRecord(**asdict(load_house_settings(session)), line=look.line, logo_png=look.logo_png)


def _sound(now: HouseRecord, wanted: HouseRecord) -> HouseRecord:
    """Return the record with its texts cleaned and a new logo made harmless. Raises FieldRefused."""
    problems = FieldProblems()
    settings, logo = wanted.settings(), wanted.logo_png
    try:
        settings = sound_settings(settings)
    except FieldRefused as refused:
        for field, sentence in refused.fields.items():
            problems.add(field, sentence)
    try:
        if logo is not None and logo != now.logo_png:
            logo = prepare_logo(logo)
    except InvalidInput as refused:
        problems.add("logo_png", refused.message)
    problems.refuse_card_numbers(line=clean_line(wanted.line, LONGEST_LINE))
    problems.require_none()
    return replace(wanted, **asdict(settings), line=clean_line(wanted.line, LONGEST_LINE), logo_png=logo)
