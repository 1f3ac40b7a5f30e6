"""The sections of the manager's desk: one line each. They know nothing of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.screens.admin.desk import Section
from pos_app.ui.screens.admin.promo_codes.bound_services import BoundPromoCodes
from pos_app.ui.screens.admin.promo_codes.page import PromoCodesPage
from pos_app.ui.screens.admin.staff.bound_services import BoundStaff
from pos_app.ui.screens.admin.staff.page import StaffPage
from pos_app.ui.screens.admin.takeover.bound_services import BoundTakeover
from pos_app.ui.screens.admin.takeover.page import TakeoverPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.roles import Actor
    from pos_app.till_identity import TillIdentity
    from pos_app.ui.background import Background
    from pos_app.ui.workplace import Equipment


def sections_for(
    background: Background,
    actor: Actor,
    equipment: Equipment,
    on_enrolled: Callable[[tuple[TillIdentity, int]], object],
) -> tuple[Section, ...]:
    """Return the sections from top to bottom; each is built when it is opened for the first time.

    on_enrolled: called when this till has got a key that the gates know.
    """
    del equipment, on_enrolled
    return (
        Section("promo_codes", _tr("Promo codes"), "tag", lambda: PromoCodesPage(BoundPromoCodes(background, actor))),
        Section("staff", _tr("Staff"), "identification-badge", lambda: StaffPage(BoundStaff(background, actor))),
        Section("takeover", _tr("Take over"), "list", lambda: TakeoverPage(BoundTakeover(background, actor))),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("ManagerSections", words)
