"""What a manager has before she begins: a plan's file, a poster, a logo, sales of another box office."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from pos_app.demo.logo import demo_logo
from pos_app.documents.csv_tables import write_csv
from pos_app.domain.venues.plan_draft import DraftArea, DraftCategory, PlanDraft
from pos_app.domain.venues.plan_generator import PlanWish as Wish
from pos_app.domain.venues.plan_generator import ZoneWish, generate_plan
from pos_app.domain.venues.plan_shapes import PlanShape
from pos_app.domain.venues.pretix.writer import write_plan
from pos_app.ui.look.theme import ui_font

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtGui import QFont

PLAN: Final = "Great Hall"
STALLS: Final = "Stalls"
STANDING: Final = "Standing at the back"
TITLE: Final = "The Lighthouse Keepers"
CATEGORIES: Final = ("Premium", "Category A", "Category B")
_ROWS: Final = 9
_STANDING_ROOM: Final = 60
_POSTER: Final = (900, 1200)


def write_plan_file(folder: Path) -> Path:
    """Write the seating plan of the Great Hall, as another program would have exported it."""
    premium, dear, cheap = (
        DraftCategory(name, color) for name, color in zip(CATEGORIES, ("#45259b", "#2c73dc", "#13856e"), strict=True)
    )
    stalls = ZoneWish(
        STALLS,
        tuple(14 + row for row in range(_ROWS)),
        dear.name,
        category_of_row={0: premium.name, 1: premium.name},
        wheelchair={(_ROWS - 1, 0): "w", (_ROWS - 1, 1): "c"},
    )
    balcony = ZoneWish("Balcony", (24, 25, 26), cheap.name, first_row=_ROWS)
    draft = _with_standing_room(
        generate_plan(Wish(PLAN, (stalls, balcony), (premium, dear, cheap), curvature=0.5)), cheap.name
    )
    written = json.loads(write_plan(draft))
    # Another program may have gone on since: what is not known is told, and passed over.
    written["zones"][0]["lighting"] = {"dimmer": 3}
    path = folder / "tour-great-hall.json"
    path.write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _with_standing_room(draft: PlanDraft, category: str) -> PlanDraft:
    """Put an area for standing guests behind the last row."""
    back = draft.zones[-1]
    shape = PlanShape("rectangle", -200.0, 140.0, 0.0, "#e8ebf2", "", 400.0, 70.0)
    area = DraftArea("standing", STANDING, _STANDING_ROOM, category, shape)
    zones = (*draft.zones[:-1], replace(back, areas=(area,)))
    return replace(draft, zones=zones, height=draft.height + 120)


def draw_poster(folder: Path) -> Path:
    """Draw the picture of the event: a light over the sea."""
    width, height = _POSTER
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, height)
    for at, color in ((0.0, "#101a3a"), (0.55, "#3b4cca"), (0.72, "#f0b86c"), (0.721, "#17324d"), (1.0, "#0b1826")):
        sky.setColorAt(at, QColor(color))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 236, 180, 90))
    lamp = QPointF(width * 0.62, height * 0.42)
    painter.drawPolygon([lamp, QPointF(0, height * 0.2), QPointF(0, height * 0.36)])
    painter.setBrush(QColor("#f4f1ea"))
    painter.drawRect(QRectF(lamp.x() - 34, lamp.y(), 68, height * 0.3))
    painter.setBrush(QColor("#c2412d"))
    painter.drawRect(QRectF(lamp.x() - 40, lamp.y() - 56, 80, 56))
    painter.setPen(QColor("#ffffff"))
    painter.setFont(_large(70))
    words = QRectF(60, height * 0.78, width - 120, height * 0.2)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, TITLE)
    painter.end()
    path = folder / "tour-poster.png"
    image.save(str(path))
    return path


def write_logo(folder: Path) -> Path:
    """Write the logo of the house."""
    path = folder / "tour-logo.png"
    path.write_bytes(demo_logo())
    return path


def write_season(folder: Path, performances: Iterable[str], places: Iterable[tuple[str, str]]) -> Path:
    """Write sales of another box office: these rows and seats, in turn sold and reserved, on each performance."""
    seats = tuple(places)
    path = folder / "tour-sold-elsewhere.csv"
    lines: list[tuple[str, ...]] = []
    for turn, performance in enumerate(performances):
        for at, (row, seat) in enumerate(seats):
            guest = f"Guest {turn + 1}-{at // 2 + 1}"
            status = "reserved" if at % 4 == 3 else "sold"
            mail = f"guest{turn + 1}{at // 2 + 1}@example.org"
            lines.append((performance, STALLS, row, seat, guest, mail, "29.00", f"OLD{turn}{at:03}", status))
    head = ("Performance", "Zone", "Row", "Seat", "Name", "E-mail", "Price", "Old code", "Status")
    path.write_bytes(write_csv(head, lines))
    return path


def _large(pixels: int) -> QFont:
    font = ui_font(pixels)
    font.setPixelSize(pixels)
    return font
