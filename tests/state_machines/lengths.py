"""How far the walks go: always the same few, or as many new ones as FOYER_TEST_EXAMPLES says."""

from __future__ import annotations

import os
from typing import Final

EXAMPLES: Final = os.environ.get("FOYER_TEST_EXAMPLES")
