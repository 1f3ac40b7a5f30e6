"""The first start: where the box office is, and making one where there is none."""

from __future__ import annotations
