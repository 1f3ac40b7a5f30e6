"""The colours of a letter, in the light and in the dark, and its fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour by what it is for, as HTML writes it."""

    light: str
    dark: str


PAGE: Final = Shade("#f1f3f8", "#0f1117")
CARD: Final = Shade("#ffffff", "#191c26")
INK: Final = Shade("#14161f", "#eceef5")
QUIET: Final = Shade("#5b6275", "#a9b0c3")
RULE: Final = Shade("#d5d9e4", "#383e50")
ACCENT: Final = Shade("#3b4cca", "#a3aeff")

FONTS: Final = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

_ALL: Final = (PAGE, CARD, INK, QUIET, RULE, ACCENT)

_PHONE: Final = 480
"""Pixels of width, up to which a letter is set for a phone."""


def sheet() -> str:
    """Return the style sheet: what elements cannot say themselves. Who reads none sees the light look."""
    return f""":root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
td {{ font-family: {FONTS}; }}
@media (prefers-color-scheme: dark) {{
  .page {{ background-color: {PAGE.dark} !important; }}
  .card {{ background-color: {CARD.dark} !important; }}
  .ink {{ color: {INK.dark} !important; }}
  .quiet {{ color: {QUIET.dark} !important; }}
  .accent {{ color: {ACCENT.dark} !important; }}
  .rule {{ border-color: {RULE.dark} !important; }}
  .code {{ background-color: {PAGE.dark} !important; }}
}}
@media only screen and (max-width: {_PHONE}px) {{
  .around {{ padding: 0 !important; }}
  .inside {{ padding: 20px 16px !important; }}
}}"""


def as_in_the_dark(html: str) -> str:
    """Return a letter as who reads it in the dark sees it, for a window that knows no style sheets of its own."""
    head, body, rest = html.partition("<body")
    for shade in _ALL:
        rest = rest.replace(shade.light, shade.dark)
    return head + body + rest
