"""The manager's tour from an empty database to the first guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from pos_app.doctor import judge_database
from pos_app.tour.season.building import Building
from pos_app.tour.season.first_sale import FirstSale
from pos_app.tour.season.founding import Founding
from pos_app.tour.season.hiring import Hiring
from pos_app.tour.season.keeping_house import KeepingHouse
from pos_app.tour.season.manager import Manager
from pos_app.tour.season.pricing import Pricing
from pos_app.tour.season.programming import Programming
from pos_app.tour.season.promoting import Promoting
from pos_app.tour.season.taking_over import TakingOver
from pos_app.tour.stage import Record, Stage, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pos_app.app import Foyer
    from pos_app.domain.house.setup import ServerAccount

    Steps = Sequence[tuple[str, Callable[[], object]]]

_REST_SECONDS: Final = 0.06


def play_season(
    foyer: Foyer,
    folder: Path,
    *,
    account: ServerAccount,
    password: str,
    tell: Callable[[str], object],
    pseudo: bool = False,
) -> Record:
    """Drive the real window from the first start to the first guest; returns what happened. It is closed at the end.

    account, password: of the server to set up; an account without a host sets this computer up by itself.
    pseudo: what stands in no bracket of the pseudo-language is told.
    """
    stage = Stage(folder, foyer.window, tell, rest_seconds=_REST_SECONDS)
    manager = Manager(stage, foyer)
    founding = Founding(manager, account, password)
    # The hands know Qt's own question for a file, not that of every desktop.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    foyer.start()
    try:
        all(stage.play(name, step) for name, step in _steps(manager, founding))
    finally:
        stage.sum_up(foyer.house, pseudo=pseudo)
        # A step that failed may have left something unsaved: the window is not to ask.
        foyer.window.remove_screens()
        foyer.window.close()
        foyer.shut_down()
    return stage.record


def _steps(manager: Manager, founding: Founding) -> Steps:
    programming = Programming(manager)
    return (
        *_first_start(founding),
        ("signed in", manager.sign_in),
        *_venue(Building(manager)),
        *_events(programming),
        *_performance(Pricing(manager, programming)),
        *_promo_codes(Promoting(manager)),
        *_staff(Hiring(manager)),
        *_house(KeepingHouse(manager)),
        *_takeover(TakingOver(manager, programming)),
        ("cancel sheet", programming.ask_to_cancel),
        ("cancelled", programming.cancel),
        *_sale(FirstSale(manager)),
        ("judge", lambda: _judge(manager.foyer)),
    )


def _first_start(founding: Founding) -> Steps:
    return (
        ("open", founding.open),
        ("no such server", founding.miss_server),
        ("database found", founding.find_database),
        ("passwords differ", founding.refuse_password),
        ("box office made", founding.make),
        ("signing in", founding.open_house),
    )


def _venue(building: Building) -> Steps:
    return (
        ("venues", building.look),
        ("new venue", building.begin_venue),
        ("venue", building.save_venue),
        ("no seating plan", building.open_plans),
        ("plan preview", building.import_plan),
        ("plan stored", building.store_plan),
        ("generator", building.begin_drawing),
        ("generator zone", building.add_zone),
        ("drawn plan stored", building.store_drawing),
        ("rename sheet", building.begin_rename),
        ("plan editor", building.open_editor),
        ("seats chosen", building.choose_seats),
        ("category set", building.set_category),
        ("restricted view", building.mark_seat),
        ("number sheet", building.ask_numbers),
        ("row numbered", building.number),
        ("category sheet", building.ask_category),
        ("category added", building.add_category),
        ("area sheet", building.draw_area),
        ("area added", building.add_area),
        ("save plan sheet", building.ask_to_save),
        ("plan saved", building.save_plan),
    )


def _events(programming: Programming) -> Steps:
    return (
        ("no ticket types", programming.look_at_types),
        ("ticket types", programming.make_types),
        ("no events", programming.look),
        ("no performances", programming.look_too_early),
        ("new event", programming.begin_event),
        ("event", programming.save_event),
        ("new performance", programming.begin_performance),
        ("performance", programming.save_performance),
        ("same again sheet", programming.choose_dates),
        ("three performances", programming.repeat),
        ("several performances", programming.choose_several),
        ("several sheet", programming.change_several),
        ("several changed", programming.agree),
    )


def _performance(pricing: Pricing) -> Steps:
    return (
        ("no prices", pricing.open_prices),
        ("prices typed", pricing.type_prices),
        ("percent sheet", pricing.ask_percent),
        ("prices filled", pricing.fill_column),
        ("also for sheet", pricing.choose_others),
        ("price changes sheet", pricing.ask_to_save),
        ("prices", pricing.save_prices),
        ("no kept seats", pricing.open_kept),
        ("keep sheet", pricing.choose_house_seats),
        ("house seats", pricing.keep),
        ("block sheet", pricing.block),
        ("kept seats", pricing.keep_blocked),
        ("performances", pricing.go_back),
    )


def _promo_codes(promoting: Promoting) -> Steps:
    return (
        ("promo codes", promoting.look),
        ("new promo code", promoting.begin_code),
        ("promo code refused", promoting.refuse_code),
        ("promo code", promoting.save_code),
        ("batch sheet", promoting.begin_batch),
        ("batch of codes", promoting.make_batch),
        ("batch exported", promoting.export_batch),
        ("uses of a code", promoting.show_uses),
    )


def _staff(hiring: Hiring) -> Steps:
    return (
        ("staff", hiring.look),
        ("new staff member", hiring.begin_account),
        ("staff member", hiring.save_account),
        ("pin sheet", hiring.begin_pin),
        ("pin changed", hiring.change_pin),
        ("password sheet", hiring.begin_password),
        ("sign-ins", hiring.show_sign_ins),
    )


def _house(keeping: KeepingHouse) -> Steps:
    return (
        ("tills", keeping.look_at_tills),
        ("till", keeping.change_till),
        ("revoke sheet", keeping.ask_to_revoke),
        ("settings", keeping.look_at_settings),
        ("settings changed", keeping.change_settings),
        ("settings saved", keeping.save_settings),
        ("ticket preview", keeping.enlarge_ticket),
        ("ticket on a roll", keeping.close_ticket),
    )


def _takeover(taking: TakingOver) -> Steps:
    return (
        ("take over", taking.look),
        ("take over refused", taking.refuse),
        ("take over preview", taking.preview),
        ("take over sheet", taking.ask),
        ("taken over", taking.take_over),
    )


def _sale(first: FirstSale) -> Steps:
    selling = first.selling
    return (
        ("sell", first.open_performance),
        ("pick seats", first.pick),
        ("promo code used", first.use_code),
        ("cash", selling.open_cash),
        ("sold", selling.take_cash),
        ("tickets", selling.keep_tickets),
        ("next customer", selling.next_customer),
        ("door", first.scan),
    )


def _judge(foyer: Foyer) -> None:
    """Everything is as `foyer database check` wants it."""
    if foyer.house is None:
        fail("the box office is not open")
    findings = foyer.house.database.read(judge_database)
    if findings:
        fail("; ".join(finding.message for finding in findings))
