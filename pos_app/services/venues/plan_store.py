"""Storing seating plans: new ones, changed ones, and what a change means for performances that stand on them.

A plan on which nothing was ever sold is changed where it is: what stays keeps its id, and its performances get the new
places and lose those that went. A plan that was sold on is left as it is, because tickets, orders and the past name its
places; the change is stored as a new version beside it. Of the performances to come, those that the manager names go
over to it (plan_moves), sold ones too: what is sold is found again by its guid. Nothing is saved when one of them has a
place sold or kept that the new version lacks, or a ticket that would say another place than the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Performance, SeatingPlan, Venue
from pos_app.db.results import insert_row
from pos_app.domain.editing import Change, ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say, say_in_turn
from pos_app.domain.venues.plan_compare import count_changes
from pos_app.domain.venues.plan_draft import doubled_places
from pos_app.domain.venues.plan_limits import PlanRefused, require_sound_plan
from pos_app.domain.venues.plan_records import OpenPlan, PerformanceMove, PlanChange, PlanInUse, SavedPlan
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.venues.plan_catalogue import (
    find_named,
    load_open_plan,
    performances_on,
    performances_to_come,
    sold_on,
)
from pos_app.services.venues.plan_drafts import load_plan_draft
from pos_app.services.venues.plan_hindrances import WantedPlaces, judge_performance, tell_hindrances
from pos_app.services.venues.plan_moves import category_pairs, lock_for_move, move_performance, widen_promo_codes
from pos_app.services.venues.plan_rows import insert_parts
from pos_app.services.venues.plan_update import update_plan

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.services.venues.plan_rows import Progress


def add_plan(
    session: Session, actor: Actor, venue_id: int, draft: PlanDraft, on_progress: Progress | None = None
) -> OpenPlan:
    """Store a new plan of a venue. The same plan once more is answered with what is stored.

    on_progress: told the share that is written (0 to 1), on the calling thread. Raises NotPermitted, NotFound,
    FieldRefused (its name), PlanRefused.
    """
    require(session, actor, Permission.MANAGE)
    require_sound_plan(draft)
    _lock_venue(session, venue_id)
    known = find_named(session, venue_id, draft.name)
    if known is not None:
        if known.deleted_at is None and load_plan_draft(session, known.id) == draft:
            return load_open_plan(session, known.id)
        taken = say("This venue has a plan “{name}” already.", name=known.name)
        if known.deleted_at is not None:
            taken = say_in_turn(taken, say("It was put away; restore it, or choose another name."))
        raise FieldRefused({"name": taken}, advice=say("Choose another name."))
    plan_id = _insert_version(session, venue_id, draft, 1, on_progress)
    opened = load_open_plan(session, plan_id)
    record(session, actor, "plan_added", plan=plan_id, plan_name=draft.name, venue=venue_id, places=draft.place_count)
    return opened


def preview_change(session: Session, actor: Actor, before: OpenPlan, wanted: PlanDraft) -> PlanChange:
    """Say what saving a changed plan would do. Raises NotPermitted, ChangedMeanwhile, NotFound."""
    require(session, actor, Permission.MANAGE)
    _require_current(session, before)
    plan_id = before.plan.plan_id
    new_version = bool(sold_on(session, [plan_id]))
    performances = performances_to_come(session, plan_id) if new_version else performances_on(session, plan_id)
    places = WantedPlaces(wanted)
    moves = tuple(judge_performance(session, one, wanted, places, keeps_ids=not new_version) for one in performances)
    return PlanChange(new_version, *count_changes(before.draft, wanted), moves, doubled_places(wanted.zones))


def save_plan(
    session: Session,
    actor: Actor,
    before: OpenPlan,
    wanted: PlanDraft,
    *,
    move: Collection[int] | None = None,
    on_progress: Progress | None = None,
) -> SavedPlan:
    """Store a changed plan, where it is or as a new version. May be repeated.

    move: the upcoming performances that go over to a new version (None: all of them). Raises NotPermitted,
    ChangedMeanwhile (its `current` is an OpenPlan), PlanInUse (what is in the way; nothing was saved), PlanRefused,
    FieldRefused, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    require_sound_plan(wanted)
    _lock_venue(session, before.plan.venue_id)
    if (done := _saved_already(session, before, wanted)) is not None:
        return done
    _require_current(session, before)
    if wanted.name != before.plan.name:
        raise FieldRefused({"name": say("A plan is renamed apart from its drawing, with all its versions.")})
    plan_id = before.plan.plan_id
    new_version = bool(sold_on(session, [plan_id]))
    if new_version:
        chosen = _chosen(performances_to_come(session, plan_id), move)
        _judge(session, chosen, plan_id, wanted, keeps_ids=False, lock=False)
        saved_id = _insert_version(session, before.plan.venue_id, wanted, before.plan.version + 1, on_progress)
        # Only now, because nobody can sell these performances from here to the commit.
        moves = _judge(session, chosen, plan_id, wanted, keeps_ids=False)
        renamed = {one.stored_as: one.name for one in wanted.categories if one.stored_as}
        pairs = category_pairs(session, plan_id, saved_id, renamed)
        for performance_id in chosen:
            move_performance(session, performance_id, saved_id, pairs)
        widen_promo_codes(session, pairs)
    else:
        # A new performance on this plan waits for this lock, and then gets the new places.
        session.execute(select(SeatingPlan.id).where(SeatingPlan.id == plan_id).with_for_update()).one()
        chosen, saved_id = performances_on(session, plan_id), plan_id
        moves = _judge(session, chosen, plan_id, wanted, keeps_ids=True)
        update_plan(session, plan_id, wanted, chosen)
        pairs = category_pairs(session, plan_id, plan_id, {})
        if sold_on(session, [plan_id]):
            raise PlanRefused(
                say("A place was sold while this plan was being saved."), advice=say("Save it once more.")
            )
    opened = load_open_plan(session, saved_id)
    added, removed, changed = count_changes(before.draft, wanted)
    record(
        session,
        actor,
        "plan_version_added" if new_version else "plan_changed",
        plan=saved_id,
        plan_name=wanted.name,
        version=opened.plan.version,
        before_plan=plan_id,
        seats={"added": added, "removed": removed, "changed": changed},
        performances=[one.performance_id for one in moves],
        categories=sorted(pairs.items()),
    )
    return SavedPlan(opened, new_version, tuple(chosen) if new_version else ())


def move_performances(
    session: Session, actor: Actor, performance_ids: Collection[int], plan_id: int
) -> tuple[int, ...]:
    """Take performances over to another plan, or version, of their venue: those that stayed on an old one, say.

    Places are found again by guid, prices by the names of the categories. Those that stand on it already are passed
    over. Returns the ids that were moved. Raises NotPermitted, PlanInUse, PlanRefused (another venue), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    target = load_open_plan(session, plan_id)
    _lock_venue(session, target.plan.venue_id)
    rows = session.execute(
        select(Performance.id, Performance.plan_id, SeatingPlan.venue_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .where(Performance.id.in_(sorted(performance_ids)))
        .order_by(Performance.id)
    ).all()
    if any(row.venue_id != target.plan.venue_id for row in rows):
        raise PlanRefused(say("A performance stays at its venue."), advice=say("Choose a plan of the same venue."))
    moving = [row for row in rows if row.plan_id != plan_id]
    found: dict[int, int] = {}
    for old_plan in sorted({row.plan_id for row in moving}):
        some = [row.id for row in moving if row.plan_id == old_plan]
        _judge(session, some, old_plan, target.draft, keeps_ids=False)
        pairs = category_pairs(session, old_plan, plan_id, {})
        for performance_id in some:
            move_performance(session, performance_id, plan_id, pairs)
        widen_promo_codes(session, pairs)
        found |= pairs
    moved = tuple(row.id for row in moving)
    if moved:
        told = {"performances": list(moved), "plan": plan_id, "categories": sorted(found.items())}
        record(session, actor, "performances_moved", **told)
    return moved


def _insert_version(
    session: Session, venue_id: int, draft: PlanDraft, version: int, on_progress: Progress | None
) -> int:
    plan_id = insert_row(
        session,
        SeatingPlan,
        venue_id=venue_id,
        name=draft.name,
        version=version,
        width=draft.width,
        height=draft.height,
        focal_x=draft.focus[0],
        focal_y=draft.focus[1],
    )
    insert_parts(session, plan_id, draft, on_progress)
    return plan_id


def _judge(
    session: Session,
    performance_ids: Sequence[int],
    plan_id: int,
    wanted: PlanDraft,
    *,
    keeps_ids: bool,
    lock: bool = True,
) -> tuple[PerformanceMove, ...]:
    """Look at performances, kept as they are until the commit (lock). Raises PlanInUse, PlanRefused."""
    places = WantedPlaces(wanted)
    moves = []
    for performance_id in performance_ids:
        if lock and lock_for_move(session, performance_id) != plan_id:
            raise PlanRefused(
                say("A performance went over to another plan just now."), advice=say("Look at the plan again.")
            )
        moves.append(
            judge_performance(session, performance_id, wanted, places, keeps_ids=keeps_ids, lock=lock and not keeps_ids)
        )
    hindered = tuple(one for one in moves if one.hindrances)
    if hindered:
        raise PlanInUse(
            say("This plan cannot be saved so: {hindrances}", hindrances=tell_hindrances(hindered)),
            moves=hindered,
            advice=say("Leave these places as they are, or let these performances stay on the old version.")
            if not keeps_ids
            else say("Leave these places as they are, or give them back first."),
        )
    return tuple(moves)


def _saved_already(session: Session, before: OpenPlan, wanted: PlanDraft) -> SavedPlan | None:
    """Return what an earlier run of the same request stored, or what needs no saving."""
    newest = _newest(session, before)
    if newest is None:
        return None
    plan_id, version, revision = newest
    as_it_was = (plan_id, revision) == (before.plan.plan_id, before.plan.revision)
    if as_it_was and wanted != before.draft:
        return None
    if not as_it_was and load_plan_draft(session, plan_id) != wanted:
        return None
    is_newer = version > before.plan.version
    return SavedPlan(
        load_open_plan(session, plan_id), is_newer, tuple(performances_to_come(session, plan_id)) if is_newer else ()
    )


def _require_current(session: Session, before: OpenPlan) -> None:
    """Raise ChangedMeanwhile unless the plan is as it was opened, and its newest version."""
    newest = _newest(session, before)
    if newest is None:
        raise NotFound(say("This seating plan is not there any more."), advice=say("Open another one."))
    plan_id, version, revision = newest
    if (plan_id, revision) == (before.plan.plan_id, before.plan.revision):
        return
    changes = [Change("version", before.plan.version, version)] if version != before.plan.version else []
    raise ChangedMeanwhile(
        say("Somebody else changed this plan in the meantime."),
        current=load_open_plan(session, plan_id),
        changes=(*changes, Change("drawing", before.plan.revision, revision)),
        advice=say("Nothing was saved. Open it as it is now, and draw your change into that."),
    )


def _newest(session: Session, before: OpenPlan) -> tuple[int, int, int] | None:
    """Return id, version and revision of the newest version of a plan, which may be called otherwise by now."""
    name = session.execute(select(SeatingPlan.name).where(SeatingPlan.id == before.plan.plan_id)).scalar_one_or_none()
    row = session.execute(
        select(SeatingPlan.id, SeatingPlan.version, SeatingPlan.revision)
        .where(SeatingPlan.venue_id == before.plan.venue_id, SeatingPlan.name == name, SeatingPlan.deleted_at.is_(None))
        .order_by(SeatingPlan.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.version, row.revision)


def _chosen(upcoming: Sequence[int], move: Collection[int] | None) -> list[int]:
    if move is None:
        return list(upcoming)
    if set(move) - set(upcoming):
        raise PlanRefused(
            say("A performance is over, or does not stand on this plan."), advice=say("Look at the list again.")
        )
    return sorted(move)


def _lock_venue(session: Session, venue_id: int) -> None:
    """Let one change of a venue's plans follow the other."""
    known = session.execute(
        select(Venue.id).where(Venue.id == venue_id, Venue.deleted_at.is_(None)).with_for_update()
    ).scalar_one_or_none()
    if known is None:
        raise NotFound(say("This venue is not there any more."), advice=say("Restore it first."))
