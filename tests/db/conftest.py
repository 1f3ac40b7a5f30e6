from __future__ import annotations

import socket
from typing import Any

import pytest


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the names below house.test lead to this machine, as if it were another one."""
    ask = socket.getaddrinfo

    def answer(host: Any, *more: Any, **named: Any) -> Any:
        return ask("127.0.0.1" if str(host).endswith("house.test") else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
