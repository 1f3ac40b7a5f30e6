"""The wheel: everything the program needs travels in it, and it works far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


def _away_from_home() -> dict[str, str]:
    """Return an environment in which neither modules nor bytecode of the checkout are found, or kept there."""
    kept_from = {"PYTHONPATH", "PYTHONPYCACHEPREFIX"}
    return {name: value for name, value in os.environ.items() if name not in kept_from}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=_ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own that borrows only the libraries; give its folder."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", "-q", str(wheel)],
        env=_away_from_home(),
        check=True,
        capture_output=True,
    )
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    # A path file adds this environment's libraries, but not the path files in it that lead to the checkout.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_fonts_icons_and_all_other_resources_travel_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"pos_app/_resources/{name}" for name in _files(_ROOT / "resources")}
    assert any(name.endswith(".ttf") for name in wanted)
    assert any(name.endswith(".svg") for name in wanted)
    assert wanted <= names


def test_the_program_and_its_migrations_travel_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"pos_app/{name}" for name in _files(_ROOT / "pos_app")}
    assert any("/migrations/versions/" in name for name in wanted)
    assert wanted <= names


def test_tests_and_tools_stay_at_home(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"pos_app"}


def _run_away_from_home(tmp_path: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=tmp_path, env=_away_from_home(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_program_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    show = "from pos_app.assets import asset; print(asset('icons', 'ticket.svg'))"
    found = Path(_run_away_from_home(tmp_path, str(installed / "bin" / "python"), "-c", show).strip())
    assert found.is_relative_to(installed)
    assert found.is_file()


def test_the_installed_command_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    said = _run_away_from_home(tmp_path, str(installed / "bin" / "foyer"), "--help")
    for command in ("demo", "tour", "expire", "database"):
        assert command in said
