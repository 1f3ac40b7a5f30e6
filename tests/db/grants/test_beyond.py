"""Rights that reach into a database from outside are told from those that were given by table."""

from __future__ import annotations

import pytest

from pos_app.db.grants.beyond import reaching


@pytest.mark.parametrize(
    ("line", "reaches"),
    [
        ("GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*AB'", False),
        ("GRANT SELECT ON *.* TO `a`@`%`", True),
        ("GRANT ALL PRIVILEGES ON `foyer`.* TO `a`@`%`", True),
        (r"GRANT SELECT ON `foy%`.* TO `a`@`%`", True),
        ("GRANT SELECT ON `other`.* TO `a`@`%`", False),
        (r"GRANT SELECT ON `foye\_`.* TO `a`@`%`", False),
        ("GRANT SELECT, UPDATE (`seq`) ON `foyer`.`audit_head` TO `a`@`%`", False),
        ("GRANT `boss`@`%` TO `a`@`%`", True),
    ],
)
def test_what_reaches_into_the_database_is_told_without_a_secret(line: str, *, reaches: bool) -> None:
    found = reaching([line], "foyer")
    assert bool(found) is reaches
    assert not any("PASSWORD" in one for one in found)
