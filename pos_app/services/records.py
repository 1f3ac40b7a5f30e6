"""What a manager does to a record, whatever it is of: change it, put it away, take it back.

It is done to the record as it is stored, read under a lock, and leaves an entry in the audit. What is put away stays
where it is, for history points at it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.domain.editing import require_unchanged, same_fields
from pos_app.domain.roles import Permission
from pos_app.services.audit import record
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from _typeshed import DataclassInstance
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from pos_app.domain.roles import Actor

    class Kept(DataclassInstance, Protocol):
        """A record as a manager reads it."""

        @property
        def archived(self) -> bool:
            """Tell whether it was put away."""


R = TypeVar("R", bound="Kept")


@dataclass(frozen=True, slots=True)
class Records(Generic[R]):
    """The records of one subject.

    subject: what the names of their audit entries begin with ("venue": venue_changed). column: their key. load: reads
    one by its key, or raises NotFound. key: of a record. told: by what an entry tells which one it was. counted: fields
    that nobody edits here.
    """

    subject: str
    column: InstrumentedAttribute[int]
    load: Callable[[Session, int], R]
    key: Callable[[R], int]
    told: Callable[[R], Mapping[str, object]]
    counted: Collection[str] = ()

    def locked(self, session: Session, actor: Actor, key: int) -> R:
        """Return a record as it is stored; nobody else changes it until the commit. Raises NotPermitted, NotFound."""
        require(session, actor, Permission.MANAGE)
        session.execute(select(self.column).where(self.column == key).with_for_update())
        return self.load(session, key)

    def is_stored(self, before: DataclassInstance, now: R, wanted: DataclassInstance) -> bool:
        """Tell whether a draft is stored already: asked for twice. Raises ChangedMeanwhile."""
        if same_fields(wanted, now):
            return True
        require_unchanged(before, now, leaving_out=self.counted)
        return False

    def change(
        self,
        session: Session,
        actor: Actor,
        now: R,
        wanted: DataclassInstance,
        columns: Mapping[str, object] | None = None,
        **told: object,
    ) -> R:
        """Store a draft. columns: what is stored of it, where it is not its very fields. told: which one it was."""
        values = asdict(wanted) if columns is None else columns
        changed = {"before": facts_of(wanted, now), "after": facts_of(wanted)}
        return self.write(session, actor, now, "changed", values, **told, **changed)

    def archive(self, session: Session, actor: Actor, now: R) -> R:
        """Put a record away that is locked, and that nothing keeps here. Away already, nothing happens."""
        return now if now.archived else self.write(session, actor, now, "archived", {"deleted_at": utc_now()})

    def restore(self, session: Session, actor: Actor, key: int) -> R:
        """Take a record back that was put away. Here already, nothing happens. Raises NotPermitted, NotFound."""
        now = self.locked(session, actor, key)
        return self.write(session, actor, now, "restored", {"deleted_at": None}) if now.archived else now

    def write(
        self, session: Session, actor: Actor, now: R, action: str, values: Mapping[str, object], **entry: object
    ) -> R:
        """Store values of a locked record, and tell the audit. entry: what it tells, in the place of `told`."""
        key = self.key(now)
        session.execute(update(self.column.class_).where(self.column == key).values(**values))
        record(session, actor, f"{self.subject}_{action}", **(entry or self.told(now)))
        return self.load(session, key)


def facts_of(draft: DataclassInstance, stored: DataclassInstance | None = None) -> dict[str, Any]:
    """Return what can be decided of a record, as an audit entry keeps it. stored: as it is there, not in the draft."""
    values = {field.name: getattr(stored or draft, field.name) for field in fields(draft)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
