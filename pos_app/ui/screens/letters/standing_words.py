"""What keeps letters from going out, in one or two sentences; nothing where nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.letters.sending import Trouble
from pos_app.ui.words.letters import trouble_advice, trouble_words
from pos_app.ui.words.lists import following, labelled, listed
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.services.letters.standing import SendingStanding


def standing_words(settings: MailSettings, standing: SendingStanding, *, may_manage: bool) -> str:
    """Say why letters do not go out; "" where they do."""
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
            _tr("Foyer has to run at a counter or at the office."),
            waiting,
        )
    if standing.leaves_tickets:
        return following(
            _tr("Letters with tickets wait: no till that sends just now is enrolled, so none can sign them."),
            _tr("A manager enrols one under Manage, Tills."),
        )
    if standing.sends:
        return ""
    tills: dict[Trouble, list[str]] = {}
    for one in alive:
        tills.setdefault(one.trouble or Trouble.SERVICE, []).append(one.till_name)
    told = (
        following(labelled(listed(names), trouble_words(trouble)), trouble_advice(trouble))
        for trouble, names in tills.items()
    )
    return following(*told, waiting)


def _waiting(count: int) -> str:
    return spoken_count("{count} letter waits.", "{count} letters wait.", count) if count else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterStanding", words)
