"""Performances end after they begin, and last no longer than lists look back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Performance
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.season.evenings import LONGEST_RUN
from pos_app.domain.sentences import Moment, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_ends(session: Session, names: Names) -> Iterator[Finding]:
    """Look at the ends of all performances that have one."""
    rows = session.execute(
        select(Performance.id, Performance.starts_at, Performance.ends_at)
        .where(Performance.ends_at.is_not(None))
        .order_by(Performance.id)
    )
    for row in rows:
        begins, ends = Moment(row.starts_at, "UTC"), Moment(row.ends_at, "UTC")
        if row.ends_at <= row.starts_at:
            told = say("ends {ends} and begins {begins}, UTC", ends=ends, begins=begins)
        elif row.ends_at - row.starts_at > LONGEST_RUN:
            told = say("lasts longer than a year: until {ends} UTC", ends=ends)
        else:
            continue
        yield Finding(Rule.ENDS, told, names.performance(row.id))
