"""The tour: the real window, driven without a person, with a picture of every step."""

from __future__ import annotations
