"""What keeps letters from going out, in one or two sentences; nothing where nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.letters.sending import Trouble
from pos_app.ui.words.letters import trouble_advice, trouble_words
from pos_app.ui.words.lists import following, labelled, listed
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_dated_moment, shown_time, venue_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pos_app.domain.letters.settings import MailSettings
    from pos_app.domain.letters.standing import SenderStanding, SendingStanding


def standing_words(settings: MailSettings, standing: SendingStanding, time_zone: str, *, may_manage: bool) -> str:
    """Say why letters do not go out; "" where they do. time_zone: on whose clock moments are told."""
    waiting = _waiting(standing.waiting)
    if not settings.sends:
        advice = (
            _tr("Set one under Manage, Letters.") if may_manage else _tr("A manager sets one under Manage, Letters.")
        )
        return following(_tr("No mail server is set, so no letter goes out."), advice, waiting)
    alive = [one for one in standing.senders if one.is_alive]
    if not alive:
        return following(
            _tr("No till sends letters just now."),
            _silence(standing.silent, standing.at, time_zone),
            _tr("Foyer has to run at a counter or at the office."),
            waiting,
        )
    if standing.leaves_tickets:
        return following(
            _tr("Letters with tickets wait: no till that sends just now is enrolled, so none can sign them."),
            _tr("A manager enrols one under Manage, Tills."),
        )
    if standing.held_up is not None:
        return following(_held_up(standing.held_up, standing.at, time_zone), waiting)
    if standing.sends:
        return ""
    tills: dict[Trouble, list[str]] = {}
    for one in alive:
        tills.setdefault(one.trouble or Trouble.SERVICE, []).append(one.till_name)
    told = (
        following(labelled(listed(names), trouble_words(trouble)), trouble_advice(trouble))
        for trouble, names in tills.items()
    )
    again = _again(standing, alive, time_zone)
    return following(_silence(standing.fell_silent, standing.at, time_zone), *told, again, waiting)


def _again(standing: SendingStanding, alive: Sequence[SenderStanding], time_zone: str) -> str:
    """Say when the first till tries again; nothing where that is just now, or nothing waits."""
    moments = [one.next_at for one in alive if one.next_at is not None and one.next_at > standing.at]
    if not moments or not standing.waiting:
        return ""
    return _tr("It is tried again by itself at {0}.").format(_when(min(moments), standing.at, time_zone))


def _silence(till: SenderStanding | None, at: datetime, time_zone: str) -> str:
    if till is None:
        return ""
    words = _tr("{0}, which sends letters, has not answered since {1}.")
    return words.format(till.till_name, _when(till.seen_at, at, time_zone))


def _held_up(till: SenderStanding, at: datetime, time_zone: str) -> str:
    words = _tr("{0} has been at one letter since {1}: the mail server is slow, or the till was cut off.")
    return words.format(till.till_name, _when(till.busy_since or till.seen_at, at, time_zone))


def _when(moment: datetime, at: datetime, time_zone: str) -> str:
    """Say the time of day, with its day where that is another one."""
    same_day = venue_time(moment, time_zone).date() == venue_time(at, time_zone).date()
    return shown_time(moment, time_zone) if same_day else shown_dated_moment(moment, time_zone)


def _waiting(count: int) -> str:
    return spoken_count("{count} letter waits.", "{count} letters wait.", count) if count else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterStanding", words)
