from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

MakeCommand = Callable[[str, str], Path]


@pytest.fixture
def make_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeCommand:
    """Put commands made by the test, and nothing else, on PATH; `script` is the body of a /bin/sh script."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, script: str) -> Path:
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)
        return file

    return make
