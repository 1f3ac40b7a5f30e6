"""The manager's sections: one line each. They know nothing of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.office import Office
from pos_app.ui.screens.admin.events.page import EventsPage
from pos_app.ui.screens.admin.events.panel_page import Panel
from pos_app.ui.screens.admin.kept_seats.panel import KeptSeatsPanel
from pos_app.ui.screens.admin.letters.section import LettersSection
from pos_app.ui.screens.admin.prices.operations import PriceOperations
from pos_app.ui.screens.admin.prices.panel import PricesPanel
from pos_app.ui.screens.admin.promo_codes.page import PromoCodesPage
from pos_app.ui.screens.admin.screen import Section
from pos_app.ui.screens.admin.settings.page import SettingsPage
from pos_app.ui.screens.admin.staff.page import StaffPage
from pos_app.ui.screens.admin.takeover.page import TakeoverPage
from pos_app.ui.screens.admin.ticket_types.page import TicketTypesPage
from pos_app.ui.screens.admin.tills.page import TillsPage
from pos_app.ui.screens.admin.venues.operations import VenueOperations
from pos_app.ui.screens.admin.venues.section import VenuesSection
from pos_app.ui.screens.admin.waiting.panel import WaitingPanel
from pos_app.ui.screens.orders.work_list.operations import WorkListOperations
from pos_app.ui.screens.orders.work_list.panel import WorkListPanel
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.computer.identity import TillIdentity
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background
    from pos_app.ui.window.equipment import Equipment


def sections_for(
    background: Background,
    actor: Actor,
    equipment: Callable[[], Equipment],
    on_enrolled: Callable[[tuple[TillIdentity, int]], object],
    show_letters: Callable[[int, str], object] = lambda _customer_id, _words: None,
) -> tuple[Section, ...]:
    """Return the sections from top to bottom; each is built when it is opened for the first time.

    equipment: returns what the till is equipped with now. on_enrolled: called when it has got a key that gates know.
    show_letters: of a customer, by number and name.
    """
    office = Office(background, actor)

    def settings() -> QWidget:
        return SettingsPage(office, equipment().settings.locale or ui_locale())

    def letters() -> QWidget:
        return LettersSection(office, equipment().settings.locale or equipment().language or ui_locale())

    def tills() -> QWidget:
        told, locale = equipment().settings, equipment().press().locale
        page = TillsPage(office, told, lambda: equipment().identity, locale)
        page.enrolled.connect(lambda identity, key_id: on_enrolled((identity, key_id)))
        return page

    panels = (
        Panel(_tr("Prices"), lambda: PricesPanel(PriceOperations(office))),
        Panel(_tr("Kept seats"), lambda: KeptSeatsPanel(office)),
        Panel(_tr("Waiting list"), lambda: WaitingPanel(office, show_letters)),
        Panel(_tr("Work list"), lambda: WorkListPanel(WorkListOperations(office)), follows_a_cancellation=True),
    )

    return (
        Section("events", _tr("Events"), "calendar-blank", lambda: EventsPage(office, panels)),
        Section("venues", _tr("Venues"), "house", lambda: VenuesSection(VenueOperations(office))),
        Section("ticket_types", _tr("Ticket types"), "users-three", lambda: TicketTypesPage(office)),
        Section("promo_codes", _tr("Promo codes"), "tag", lambda: PromoCodesPage(office)),
        Section("staff", _tr("Staff"), "identification-badge", lambda: StaffPage(office)),
        Section("tills", _tr("Tills"), "printer", tills),
        Section("settings", _tr("Settings"), "gear-six", settings),
        Section("letters", _tr("Letters"), "envelope-simple", letters),
        Section("takeover", _tr("Take over"), "list", lambda: TakeoverPage(office)),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("ManagerSections", words)
