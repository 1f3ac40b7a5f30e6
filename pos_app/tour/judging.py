"""The last step of a tour: the judge looks at the database that it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.doctor import judge_database
from pos_app.tour.stage import fail

if TYPE_CHECKING:
    from pos_app.app import Foyer


def judge(foyer: Foyer) -> None:
    """Everything is as `foyer database check` wants it. Raises TourFailed."""
    if foyer.house is None:
        fail("the box office is not open")
    findings = foyer.house.database.read(judge_database)
    if findings:
        fail("; ".join(finding.message for finding in findings))
