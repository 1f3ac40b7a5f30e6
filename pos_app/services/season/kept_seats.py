"""House seats and blocked seats: taken out of sale with a reason, and put back by hand or when their time has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import KeptBack, Performance
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.editing import FieldProblems, require_unchanged
from pos_app.domain.errors import InvalidInput, NotFound, SeatsTaken
from pos_app.domain.roles import Permission
from pos_app.domain.season.kept_seats import LONGEST_BEFORE_DOORS, LONGEST_REASON, KeepDraft, KeptRecord
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState, tell_places
from pos_app.domain.selling.holds import read_places, write_places
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import JOBS_CHAIN, FreeText, append, record
from pos_app.services.permissions import require
from pos_app.services.season.kept_records import SEATS_NAMED, load_kept_record, load_kept_records
from pos_app.services.seats.claims import INVENTORY, guard_of_a_freed, open_to_all, these_seats
from pos_app.services.seats.map_cursor import told_at
from pos_app.services.seats.places import places_of
from pos_app.services.seats.returned import returned_among, tell_returned
from pos_app.services.waiting.serving import serve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence

KINDS: Final = (ClaimKind.HOUSE, ClaimKind.BLOCKED)
_BATCH: Final = 50
_NOBODY_EDITS: Final = ("seats", "names", "by", "created_at")


def list_kept_back(session: Session, actor: Actor, performance_id: int) -> tuple[KeptRecord, ...]:
    """Return what the house keeps back of a performance now, the oldest first. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return load_kept_records(session, KeptBack.performance_id == performance_id, KeptBack.closed_at.is_(None))


def keep_back(
    session: Session, actor: Actor, request_id: str, performance_id: int, seat_ids: Sequence[int], wanted: KeepDraft
) -> KeptRecord:
    """Take seats out of sale, all or none. May be repeated by the same request.

    Raises NotPermitted, SeatsTaken (named), FieldRefused, InvalidInput (no seat), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    done = session.execute(select(KeptBack.id).where(KeptBack.request_id == request_id)).scalar_one_or_none()
    if done is not None:
        return load_kept_record(session, done)
    ids = sorted(set(seat_ids))
    if not ids:
        raise InvalidInput(say("No seat was chosen."), advice=say("Choose seats on the map."))
    performance = _performance(session, performance_id)
    columns = _columns(wanted, performance)
    kept_id = insert_row(
        session,
        KeptBack,
        request_id=request_id,
        performance_id=performance_id,
        places=write_places(SeatKey(performance_id, seat) for seat in ids),
        staff_id=actor.staff_id,
        created_at=utc_now(),
        **columns,
    )
    taken = session.execute(
        update(INVENTORY)
        .where(these_seats(performance_id, ids), open_to_all(), INVENTORY.c.prior_order_line_id.is_(None))
        .values(
            state=SeatState.CLAIMED,
            claim_kind=wanted.kind,
            claim_id=kept_id,
            claim_until=columns["release_at"],
            changed_at=told_at(len(ids)),
        )
    )
    if matched_rows(taken) != len(ids):
        raise _taken(session, kept_id, performance_id, ids)
    record(session, actor, "seats_kept_back", kept=kept_id, performance=performance_id, seats=ids, **_told(columns))
    return load_kept_record(session, kept_id)


def change_kept(session: Session, actor: Actor, before: KeptRecord, wanted: KeepDraft) -> KeptRecord:
    """Give another reason or another time of release. May be repeated.

    Raises NotPermitted, FieldRefused, ChangedMeanwhile, NotFound (released).
    """
    require(session, actor, Permission.MANAGE)
    kept = _open(session, before.kept_id)
    columns = _columns(wanted, _performance(session, kept.performance_id), kept.release_at)
    now = load_kept_record(session, kept.id)
    if all(getattr(now, name) == value for name, value in columns.items()):
        return now
    require_unchanged(before, now, leaving_out=_NOBODY_EDITS)
    session.execute(update(KeptBack).where(KeptBack.id == kept.id).values(**columns))
    _claim(session, kept, claim_kind=wanted.kind, claim_until=columns["release_at"])
    record(session, actor, "kept_back_changed", kept=kept.id, performance=kept.performance_id, **_told(columns))
    return load_kept_record(session, kept.id)


def release_kept(
    session: Session, actor: Actor, kept_id: int, seat_ids: Sequence[int] | None = None
) -> KeptRecord | None:
    """Put seats on sale again (None: all of them). Returns what is still kept, None when nothing is. May be repeated.

    Raises NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    try:
        kept = _open(session, kept_id)
    except NotFound:
        return None
    places = read_places(kept.places)
    given = {seat.seat_id for seat in places} & set(seat_ids if seat_ids is not None else (s.seat_id for s in places))
    left = [seat for seat in places if seat.seat_id not in given]
    if not given:
        return load_kept_record(session, kept_id)
    _free(session, kept, sorted(given))
    serve(session, [kept.performance_id])
    if left:
        session.execute(update(KeptBack).where(KeptBack.id == kept_id).values(places=write_places(left)))
    else:
        _close(session, kept_id, "released")
    record(session, actor, "kept_back_released", kept=kept_id, performance=kept.performance_id, seats=sorted(given))
    return load_kept_record(session, kept_id) if left else None


def release_due(session: Session, *, limit: int = _BATCH) -> int:
    """Put on sale what was kept back until now; returns how many seats. Housekeeping, safe on every till at once."""
    due = session.execute(
        select(KeptBack)
        .where(KeptBack.closed_at.is_(None), KeptBack.release_at < utc_now())
        .order_by(KeptBack.release_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).scalars()
    over = [(kept, sorted(seat.seat_id for seat in read_places(kept.places))) for kept in due.all()]
    seats = sum(_free(session, kept, ids) for kept, ids in over)
    serve(session, {kept.performance_id for kept, _ in over})
    for kept, ids in over:
        _close(session, kept.id, "expired")
        append(session, JOBS_CHAIN, "kept_back_expired", kept=kept.id, performance=kept.performance_id, seats=ids)
    return seats


def move_releases(session: Session, performance_id: int, doors_at: datetime) -> None:
    """Follow the doors of a performance with all that is released so long before they open."""
    following = select(KeptBack).where(
        KeptBack.performance_id == performance_id,
        KeptBack.closed_at.is_(None),
        KeptBack.release_before_doors.is_not(None),
    )
    for kept in session.execute(following.order_by(KeptBack.id).with_for_update()).scalars().all():
        release_at = doors_at - timedelta(minutes=kept.release_before_doors or 0)
        session.execute(update(KeptBack).where(KeptBack.id == kept.id).values(release_at=release_at))
        _claim(session, kept, claim_until=release_at)


def _columns(
    wanted: KeepDraft, performance: Row[datetime, datetime | None, datetime], stored: datetime | None = None
) -> dict[str, Any]:
    """Return what is stored of a draft; stored: the time of release until now. Raises FieldRefused."""
    problems = FieldProblems()
    reason = clean_line(wanted.reason, LONGEST_REASON + 1)
    if wanted.kind not in KINDS:
        problems.add("kind", say("Seats are kept for the house, or blocked."))
    if not reason:
        problems.add("reason", say("Say why, for the cashiers will ask."))
    elif len(reason) > LONGEST_REASON:
        problems.add("reason", say("This is too long ({longest} letters at the most).", longest=LONGEST_REASON))
    problems.refuse_card_numbers(reason=reason)
    release_at, before = wanted.release_at, wanted.release_before_doors
    if before is not None:
        if not 0 <= before <= LONGEST_BEFORE_DOORS:
            problems.add("release_before_doors", say("From 0 minutes to 7 days before the doors open."))
        else:
            release_at = (performance.doors_at or performance.starts_at) - timedelta(minutes=before)
    if release_at is not None and release_at <= performance.now and release_at != stored:
        field = "release_at" if before is None else "release_before_doors"
        problems.add(field, say("That time has passed already: the seats would go on sale at once."))
    problems.require_none()
    return {"kind": wanted.kind, "reason": reason, "release_at": release_at, "release_before_doors": before}


def _told(columns: dict[str, Any]) -> dict[str, Any]:
    """Return stored columns as an audit entry keeps them."""
    release_at = columns["release_at"]
    until = release_at.isoformat() if release_at is not None else None
    return {**columns, "release_at": until, "reason": FreeText(columns["reason"])}


def _performance(session: Session, performance_id: int) -> Row[datetime, datetime | None, datetime]:
    found = session.execute(
        select(Performance.starts_at, Performance.doors_at, utc_now().label("now")).where(
            Performance.id == performance_id, Performance.deleted_at.is_(None)
        )
    ).one_or_none()
    if found is None:
        raise NotFound(say("This performance is not there any more."))
    return found


def _open(session: Session, kept_id: int) -> KeptBack:
    query = select(KeptBack).where(KeptBack.id == kept_id, KeptBack.closed_at.is_(None)).with_for_update()
    kept = session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if kept is None:
        raise NotFound(say("These seats are on sale again already."))
    return kept


def _close(session: Session, kept_id: int, closed_as: str) -> None:
    session.execute(update(KeptBack).where(KeptBack.id == kept_id).values(closed_at=utc_now(), closed_as=closed_as))


def _free(session: Session, kept: KeptBack, seat_ids: Sequence[int]) -> int:
    """Set those of the seats free that are kept under this record; return how many."""
    values = {
        "state": SeatState.FREE,
        "claim_kind": None,
        "claim_id": None,
        "claim_until": None,
        "guarded": guard_of_a_freed(),
    }
    result = session.execute(_kept_seats(kept, seat_ids).values(**values, changed_at=told_at(len(seat_ids))))
    return matched_rows(result)


def _claim(session: Session, kept: KeptBack, **values: Any) -> None:
    """Change how the seats of a record are claimed."""
    ids = [seat.seat_id for seat in read_places(kept.places)]
    session.execute(_kept_seats(kept, ids).values(**values, changed_at=told_at(len(ids))))


def _kept_seats(kept: KeptBack, seat_ids: Sequence[int]) -> Any:
    seat = INVENTORY.c
    return update(INVENTORY).where(
        these_seats(kept.performance_id, seat_ids),
        seat.state == SeatState.CLAIMED,
        seat.claim_kind.in_(KINDS),
        seat.claim_id == kept.id,
    )


def _taken(session: Session, kept_id: int, performance_id: int, ids: Sequence[int]) -> SeatsTaken:
    seat = INVENTORY.c
    mine = or_(
        seat.claim_kind.is_(None), seat.claim_kind.not_in(KINDS), seat.claim_id.is_(None), seat.claim_id != kept_id
    )
    gone = list(session.execute(select(seat.seat_id).where(these_seats(performance_id, ids), mine)).scalars())
    return SeatsTaken(
        _tell_taken(session, performance_id, gone),
        seats=tuple((performance_id, one) for one in gone),
        advice=say("Nothing was kept back. Choose others, or void the orders first."),
    )


def _tell_taken(session: Session, performance_id: int, gone: Sequence[int]) -> Sentence:
    """Say which seats cannot be kept back; with the reasons, where all of them are kept back already."""
    if not gone:
        return say("Some of these seats are not there any more.")
    if returned := returned_among(session, [SeatKey(performance_id, seat) for seat in gone]):
        return tell_returned(session, returned[:SEATS_NAMED])
    places = tell_places(places_of(session, gone[:SEATS_NAMED]).values())
    rows = session.execute(
        select(INVENTORY.c.claim_id, KeptBack.reason)
        .join(KeptBack, KeptBack.id == INVENTORY.c.claim_id)
        .where(these_seats(performance_id, gone), INVENTORY.c.claim_kind.in_(KINDS))
    ).all()
    if len(rows) < len(gone):
        return say("Somebody has these seats: {places}.", places=places)
    reasons = ", ".join(f"“{reason}”" for reason in dict.fromkeys(row.reason for row in rows))
    return say("These seats are kept back already for {reasons}: {places}.", reasons=reasons, places=places)
