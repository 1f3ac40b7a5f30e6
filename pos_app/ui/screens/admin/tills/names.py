"""Whether a name is free for a till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.sentences import say
from pos_app.domain.tills.records import till_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.tills.records import TillRecord


def name_problems(tills: Iterable[TillRecord], record: TillRecord | None, name: str) -> Mapping[str, Sentence]:
    """Tell of a name that another till bears before a person is asked about it; the service looks again."""
    others = (one for one in tills if record is not None and one.till_id != record.till_id)
    taken = next((one for one in others if till_key(one.name) == till_key(name)), None)
    if taken is None:
        return {}
    return {"name": say("There is a till named “{name}” already.", name=taken.name)}
