"""In which language tours are told: in the pseudo-language, in which every word that is not data stands in brackets.

At the smallest window none may be cut off there. The same story in English is left to `make soak`.
"""

from __future__ import annotations

from typing import Final

import pytest

IN_BRACKETS: Final = ("--language", "xx", "--size", "1280x720")
IN_BRACKETS_OR_ENGLISH: Final = (
    pytest.param(IN_BRACKETS, id="in brackets"),
    pytest.param((), id="in English", marks=pytest.mark.soak),
)
