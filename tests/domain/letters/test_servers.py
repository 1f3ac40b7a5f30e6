from __future__ import annotations

import pytest

from pos_app.domain.letters.servers import is_this_computer


@pytest.mark.parametrize("server", ["localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])
def test_this_computer_is_known_by_its_names(server: str) -> None:
    assert is_this_computer(server)


@pytest.mark.parametrize("server", ["", "localhost.example.org", "10.0.0.1", "128.0.0.1", "::2", "127.0.0.1.example"])
def test_no_other_is_taken_for_it(server: str) -> None:
    assert not is_this_computer(server)
