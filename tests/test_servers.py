from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, text

from tests.servers import flavours

_HOLD_A_SERVER = """
import signal, time
# Whoever is started in the background of a shell ignores it.
signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.servers import KeptServer, find_server, flavours
kept = KeptServer(flavours()[0], find_server(flavours()[0]))
kept.server.connect().close()
print(kept.pid, kept.server.folder, flush=True)
time.sleep(600)
"""


def test_a_fresh_database_is_empty_and_can_be_written(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seat (id INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO seat VALUES (1)"))
        assert connection.execute(text("SELECT count(*) FROM seat")).scalar_one() == 1
    engine.dispose()


def test_a_test_writes_only_in_a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = str(tmp_path_factory.getbasetemp())
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        assert os.environ[name].startswith(base), name


def test_a_run_can_take_mysql_in_the_place_of_mariadb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_TEST_MYSQLD", "/somewhere/mysqld")
    monkeypatch.delenv("FOYER_TEST_SERVER", raising=False)
    assert flavours() == ("mariadb", "mysql")
    monkeypatch.setenv("FOYER_TEST_SERVER", "mysql")
    assert flavours() == ("mysql",)
    monkeypatch.setenv("FOYER_TEST_SERVER", "my sequel")
    with pytest.raises(ValueError, match="not one of: mariadb, mysql"):
        flavours()


@pytest.mark.server
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_server_goes_with_the_run_however_it_ends(ending: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", _HOLD_A_SERVER],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert run.stdout is not None
    pid, folder = run.stdout.readline().split()
    keeper = psutil.Process(int(pid))
    processes = [keeper, *keeper.children(recursive=True)]
    assert any(f"--datadir={folder}/data" in process.cmdline() for process in processes)

    run.send_signal(ending)
    run.wait()
    run.stdout.close()

    _, alive = psutil.wait_procs(processes, timeout=90)
    assert not alive
    assert not Path(folder).exists()
