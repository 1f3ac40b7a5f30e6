from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("2031-05-02 17:00", "2031-05-02 16:00", "ends 2031-05-02 16:00 and begins 2031-05-02 17:00, UTC"),
        ("2031-05-02 17:00", "2031-05-02 17:00", "ends 2031-05-02 17:00 and begins 2031-05-02 17:00, UTC"),
        ("2031-05-02 17:00", "2032-05-03 17:01", "lasts longer than a year: until 2032-05-03 17:01 UTC"),
        ("2031-05-02 17:00", "2032-05-02 17:00", ""),
        ("2031-05-02 17:00", "2031-05-05 16:00", ""),
    ],
)
def test_an_end_that_cannot_be_is_named_with_its_performance(
    evening: Evening, begins: str, ends: str, told: str
) -> None:
    evening.change(
        "UPDATE performance SET starts_at=:begins, ends_at=:ends WHERE id=:p",
        begins=f"{begins}:00.000000", ends=f"{ends}:00.000000", p=evening.small.performance_id,
    )  # fmt: skip
    if not told:
        assert evening.judge() == ()
        return
    (finding,) = evening.judge()
    assert finding.rule is Rule.ENDS
    assert finding.message == told
    assert f"{begins} to {ends} UTC" in finding.subject
