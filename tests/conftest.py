"""What every test gets: a home of its own, an off-screen Qt, private servers, and a check that nothing stays behind."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from hypothesis import HealthCheck, settings

from tests.cheap_secrets import make_secrets_cheap
from tests.keep_server import die_with_parent
from tests.servers import FLAVOURS, KeptServer, Server, find_server, flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytest_plugins = ("tests.houses",)

_ROOT = Path(__file__).resolve().parent.parent
_HOMES = {
    "HOME": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}
_FULL_TURN = 15
"""After so many tests all is looked through that was not set aside, and not only what is new."""
_LITTER = 5_000
"""Objects since the last turn that make one worth its while."""
_TURNS = 3
_ENDING_SECONDS = 30
"""What a thread and a process are given to end, on a crowded machine too; only what stays waits so long."""
_kept: dict[str, KeptServer] = {}


def _calm_environment() -> None:
    for name in list(os.environ):
        if name.startswith("FOYER_") and not name.startswith("FOYER_TEST_"):
            del os.environ[name]
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("FOYER_TEST_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(_ROOT / ".cache" / "hypothesis"))
    os.environ["LC_ALL"] = "C.UTF-8"
    # A program that a test starts and that dies tells where.
    os.environ["PYTHONFAULTHANDLER"] = "1"
    # A till and a server in a zone with odd minutes: whoever shows or stores their local time is found out.
    os.environ["TZ"] = "Asia/Kathmandu"
    time.tzset()


_calm_environment()
make_secrets_cheap()
# How long an example takes says how busy the machine is, and nothing of the program.
settings.register_profile("foyer", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("foyer")


def _make_home(home: Path) -> Path:
    for part in _HOMES.values():
        (home / part).mkdir(mode=0o700, parents=True)
    return home


def _move_to(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, part in _HOMES.items():
        monkeypatch.setenv(name, str(home / part))


def _is_untouched(home: Path) -> bool:
    parts = {home / part for part in _HOMES.values() if part}
    return set(home.iterdir()) == parts and not any(True for part in parts for _ in part.iterdir())


@pytest.fixture(autouse=True, scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """Give the homes of tests so far; whatever belongs to no test has another one."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _move_to(_make_home(folder / "of-the-run"), monkeypatch)
        yield [_make_home(folder / "1")]


@pytest.fixture(autouse=True)
def _home_of_the_test(_homes: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a new home: it is the one of the test before when that has left nothing in it."""
    if not _is_untouched(_homes[-1]):
        _homes.append(_make_home(_homes[-1].with_name(str(len(_homes) + 1))))
    _move_to(_homes[-1], monkeypatch)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Give hands that are more patient than pytest-qt's own."""
    # Qt is imported only where it is used.
    from pos_app.ui.qt_types import make_types
    from tests.hands import PatientHands

    make_types()
    return PatientHands(request)


@pytest.fixture(autouse=True, scope="session")
def _what_lives_for_the_whole_run_is_set_aside() -> None:
    _collect_everything()


@pytest.fixture(autouse=True)
def _garbage_is_collected_between_tests() -> Iterator[None]:
    """Collect cyclic garbage on the main thread only, as the program does: on a worker it may end the process."""
    gc.disable()
    yield
    if gc.get_count()[2] > _FULL_TURN:
        _collect_everything()
    elif gc.get_count()[0] > _LITTER:
        gc.collect(1)


def _collect_everything() -> None:
    """Collect, and set aside what is left: modules and tests, a million objects, through which no turn need look.

    A program that was shut down in a test has taken them back.
    """
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _ENDING_SECONDS
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(max(0.0, deadline - time.monotonic()))
    left = [one.name for one in set(threading.enumerate()) - before if not one.daemon]
    if left:
        pytest.fail(f"The test left threads running: {', '.join(left)}")


@pytest.fixture(autouse=True, scope="session")
def _no_process_left_behind() -> Iterator[None]:
    yield
    keepers = {kept.pid for kept in _kept.values()}
    children = [child for child in psutil.Process().children() if child.pid not in keepers]
    _, left = psutil.wait_procs(
        [child for child in children if not _is_helper_of_python(child)], timeout=_ENDING_SECONDS
    )
    for child in left:
        child.kill()
    if left:
        pytest.fail(f"The tests left processes running: {left}")


def _is_helper_of_python(process: psutil.Process) -> bool:
    """Tell whether multiprocessing keeps this process until the interpreter ends."""
    try:
        return "multiprocessing.resource_tracker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return True


def _server(config: pytest.Config, flavour: str) -> Server:
    """Return the server of the run: the controller's when there are workers, else one that starts now."""
    sent: dict[str, Any] = getattr(config, "workerinput", {})
    if flavour in sent.get("servers", {}):
        return Server.at(sent["servers"][flavour])
    if flavour not in _kept:
        program = find_server(flavour)
        if program is None:
            pytest.fail(
                f"No {flavour} server is here; `make test` installs MariaDB's, `make test-mysql` fetches MySQL's."
            )
        _kept[flavour] = KeptServer(flavour, program)
    return _kept[flavour].server


@pytest.fixture(scope="session")
def server_of(pytestconfig: pytest.Config) -> Callable[[str], Server]:
    """Give the private server of the run, by flavour; it starts when it is first asked for."""
    return lambda flavour: _server(pytestconfig, flavour)


@pytest.fixture
def mariadb_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """Give the URL of a new, empty database on the private MariaDB server."""
    with _server(pytestconfig, "mariadb").fresh_database() as url:
        yield url


@pytest.fixture
def mysql_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """Give the URL of a new, empty database on the private MySQL server."""
    with _server(pytestconfig, "mysql").fresh_database() as url:
        yield url


@pytest.fixture
def server_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a new, empty database on the private server that this run's stories of one server are told on."""
    url: str = request.getfixturevalue(f"{flavours()[0]}_url")
    return url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of an SQLite database file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'foyer.db'}"


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a new, empty database: the test runs once on each kind that this machine has."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", ["sqlite", *flavours()], indirect=True)


def _waits_for_a_long_run(item: pytest.Item) -> bool:
    """Tell of a case of a test by turns whether it is left to `make soak`: on a server all but each third are."""
    callspec = getattr(item, "callspec", None)
    if callspec is None or item.get_closest_marker("by_turns") is None or callspec.params.get("house") not in FLAVOURS:
        return False
    # Names that are told together have one number.
    return bool(sum({at for name, at in callspec.indices.items() if name != "house"}) % _TURNS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _waits_for_a_long_run(item):
            item.add_marker(pytest.mark.soak)
        asked = set(getattr(item, "fixturenames", ()))
        callspec = getattr(item, "callspec", None)
        if asked & {"server_url", "mariadb_url", "mysql_url"} or (
            callspec and callspec.params.get("database_url") in FLAVOURS
        ):
            item.add_marker(pytest.mark.server)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        die_with_parent()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the servers are; the first one has them started."""
    programs = {flavour: find_server(flavour) for flavour in flavours()}
    for flavour, program in programs.items():
        if program is not None and flavour not in _kept:
            _kept[flavour] = KeptServer(flavour, program)
    node.workerinput["servers"] = {flavour: kept.server.address for flavour, kept in _kept.items()}


def pytest_report_header() -> str:
    found = [f"{flavour} ({find_server(flavour) or 'no server found'})" for flavour in flavours()]
    return f"databases: {', '.join(['sqlite', *found])}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    for kept in _kept.values():
        kept.stop()
    _kept.clear()
