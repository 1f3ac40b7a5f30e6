"""Each contract on imports finds what breaks it: an import is planted in the picture of the house, and must be told."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest
from importlinter.adapters.building import GraphBuilder
from importlinter.api import read_configuration
from importlinter.application.use_cases import _get_built_in_contract_types
from importlinter.domain.contract import Contract, registry

_ROOT: Final = Path(__file__).resolve().parents[1]
_CONFIGURATION: Final[dict[str, Any]] = read_configuration(str(_ROOT / "pyproject.toml"))
_SESSION: Final[dict[str, Any]] = _CONFIGURATION["session_options"]
_CONTRACTS: Final[dict[str, dict[str, Any]]] = {one["id"]: one for one in _CONFIGURATION["contracts_options"]}

_PLANTED: Final = [
    ("layers", "pos_app.app", "pos_app.tour.evening"),
    ("layers", "pos_app.domain.money", "pos_app.db.types"),
    ("layers", "pos_app.services.audit", "pos_app.flows.sell"),
    ("services", "pos_app.services.seats.claims", "pos_app.services.selling.holds"),
    ("services", "pos_app.services.selling.sales", "pos_app.services.orders.refunds.making"),
    ("services", "pos_app.services.door.check_in", "pos_app.services.selling.sales"),
    ("domain", "pos_app.domain.errors", "pos_app.domain.picking.proposals"),
    ("domain", "pos_app.domain.venues.records", "pos_app.domain.season.events"),
    ("ui", "pos_app.ui.widgets.labels", "pos_app.ui.screens.door.screen"),
    ("ui", "pos_app.ui.look.theme", "pos_app.ui.widgets.labels"),
    ("selling", "pos_app.ui.screens.selling.basket.hold", "pos_app.ui.screens.selling.payment.checkout"),
    ("selling", "pos_app.ui.screens.selling.map.choosing", "pos_app.ui.screens.selling.payment.sale"),
    ("screens", "pos_app.ui.screens.orders.screen", "pos_app.ui.screens.selling.screen"),
    ("sections", "pos_app.ui.screens.admin.staff.page", "pos_app.ui.screens.admin.tills.page"),
    ("judge", "pos_app.doctor.money", "pos_app.services.selling.pricing"),
    ("computer", "pos_app.services.tills.registering", "pos_app.computer.identity"),
    ("libraries", "pos_app.ui.screens.door.screen", "sqlalchemy"),
    ("libraries", "pos_app.ui.window.main_window", "keyring"),
    ("qt", "pos_app.services.selling.holds", "PySide6"),
    ("qt", "pos_app.documents.tickets.a4", "PySide6"),
    ("database", "pos_app.ui.screens.selling.screen", "pos_app.db.models"),
    ("clients", "pos_app.services.selling.sales", "pos_app.clients"),
    ("circles", "pos_app.services.seats.claims", "pos_app.services.seats.places"),
    ("circles", "pos_app.ui.records.form", "pos_app.ui.records.page"),
]
"""The contract, who imports, and what."""


@pytest.fixture(scope="module")
def house() -> Any:
    """Return the imports of the house, as the contracts see them."""
    return GraphBuilder().build(
        root_package_names=["pos_app"],
        include_external_packages=_SESSION["include_external_packages"] == "True",
        exclude_type_checking_imports=_SESSION["exclude_type_checking_imports"] == "True",
        cache_dir=str(_ROOT / ".cache" / "import-linter"),
    )


def _contract(name: str) -> Contract:
    for kind, contract_class in _get_built_in_contract_types():
        registry.register(contract_class, kind)
    options = _CONTRACTS[name]
    session = {**_SESSION, "root_packages": ["pos_app"]}
    made: Contract = registry.get_contract_class(options["type"])(options["name"], session, options)
    return made


def _is_kept(name: str, house: Any) -> bool:
    return bool(_contract(name).check(deepcopy(house), verbose=False).kept)


@pytest.mark.parametrize("name", _CONTRACTS)
def test_the_house_keeps_the_contract(name: str, house: Any) -> None:
    assert _is_kept(name, house)


@pytest.mark.parametrize(("name", "importer", "imported"), _PLANTED)
def test_a_planted_import_breaks_the_contract(name: str, importer: str, imported: str, house: Any) -> None:
    planted = deepcopy(house)
    assert {importer, imported} <= planted.modules
    assert not planted.direct_import_exists(importer=importer, imported=imported)
    planted.add_import(importer=importer, imported=imported)
    assert not _is_kept(name, planted)


def test_each_contract_is_shown_to_find_something() -> None:
    assert {name for name, _, _ in _PLANTED} == set(_CONTRACTS)


def test_types_only_imports_are_counted(house: Any) -> None:
    assert house.direct_import_exists(importer="pos_app.services.audit", imported="pos_app.domain.roles")
