"""The zones, rows and seats of the pretix seating-plan JSON (see reader)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.seats import SeatKind
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import (
    LONGEST_AREA_GUID,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_NUMBER,
    MOST_CAPACITY,
    MOST_ROWS,
    MOST_SEATS,
    MOST_SHAPES,
    SEAT_PITCH,
    SEAT_RADIUS,
    DraftArea,
    DraftRow,
    DraftSeat,
    DraftZone,
    place_name,
)
from pos_app.domain.venues.plan_shapes import TEXT_ONLY
from pos_app.domain.venues.pretix.areas import read_shape_of
from pos_app.domain.venues.pretix.notes import PlanFileRefused
from pos_app.domain.venues.pretix.parts import AreaPart, RowPart, SeatPart, ZonePart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.venues.plan_draft import Point
    from pos_app.domain.venues.plan_shapes import PlanShape
    from pos_app.domain.venues.pretix.notes import Notes
    from pos_app.domain.venues.pretix.parts import FilePart

NUMBER_POSITIONS: Final = ("start", "end", "both")
START_DIRECTIONS: Final = ("<", ">", "<>")
_ZONE: Final = frozenset(("name", "zone_id", "uuid", "position", "rows", "areas", "displayed", "foyer_label"))
_ROW: Final = frozenset((
    "row_number", "row_label", "seat_label", "uuid", "row_number_position", "position", "seats",
    "number_of_seats", "seats_spacing",
))  # fmt: skip
_SEAT: Final = frozenset((
    "seat_guid", "seat_number", "category", "position", "uuid", "start_direction", "radius", "wheelchair",
    "foyer_kind", "foyer_angle",
))  # fmt: skip
_A_ZONE: Final = say("A zone")
_A_ROW: Final = say("A row")
_A_SEAT: Final = say("A seat")
_AN_AREA: Final = say("An area")
_SEAT_ANGLE: Final = say("The angle of a seat")
_SEAT_RADIUS: Final = say("The radius of a seat")
_NAME_PLACE: Final = say("The place of a name")
_TWO_ZONES: Final = say("Two zones have the same uuid")
_TWO_ROWS: Final = say("Two rows have the same uuid")
_TWO_AREAS: Final = say("Two areas have the same uuid")
_MOST_LISTED: Final = {
    "rows": (MOST_ROWS, say("This file has more than {most} rows; that is the most Foyer takes.", most=MOST_ROWS)),
    "areas": (
        MOST_SHAPES,
        say("This file has more than {most} areas; that is the most Foyer takes.", most=MOST_SHAPES),
    ),
    "seats": (MOST_SEATS, say("This file has more than {most} seats; that is the most Foyer takes.", most=MOST_SEATS)),
}
_KINDS: Final = {str(kind): kind for kind in SeatKind}


class ZoneReader:
    """Reads zones; guids are kept single over the whole plan."""

    def __init__(self, notes: Notes, categories: frozenset[str]) -> None:
        self._notes = notes
        self._categories = categories
        self._seats: dict[str, tuple[str, str, str]] = {}
        self._guids: set[str] = set()
        self._nameless = 0
        self._zones: list[Any] = []
        self._stated: frozenset[str] | None = None
        self._listed: Counter[str] = Counter()

    def read(self, zones: list[Any]) -> tuple[DraftZone, ...]:
        """Read the zones. Raises PlanFileRefused: a seat_guid twice, an unknown category, too many seats."""
        self._zones = zones
        found = []
        for turn, entry in enumerate(zones, start=1):
            zone = self._notes.object(entry, _A_ZONE, ZonePart("", turn))
            if zone is not None:
                found.append(self._zone(zone, turn))
        return tuple(found)

    def _zone(self, zone: Mapping[str, Any], turn: int) -> DraftZone:
        notes = self._notes
        name = notes.text(zone, "name", ZonePart("", turn), LONGEST_NAME)
        place = ZonePart(name, turn)
        notes.unknown_keys(zone, _ZONE, _A_ZONE, place)
        x, y = notes.position(zone, place)
        guid = self._single(notes.guid(zone, "uuid", place), f"zone-{turn}", _TWO_ZONES, place)
        rows = []
        for number, entry in enumerate(self._listed_in(zone, "rows", place), start=1):
            row = notes.object(entry, _A_ROW, RowPart(place, "", number))
            if row is not None:
                rows.append(self._row(row, place, guid, number))
        areas: list[DraftArea] = []
        scenery: list[PlanShape] = []
        for number, entry in enumerate(self._listed_in(zone, "areas", place, required=False), start=1):
            where = AreaPart(place, number)
            area = notes.object(entry, _AN_AREA, where)
            shape = None if area is None else read_shape_of(area, notes, where)
            if area is None or shape is None:
                continue
            admission = self._admission(area, shape, where) if "foyer_capacity" in area else None
            if admission is None:
                scenery.append(shape)
            else:
                areas.append(admission)
        return DraftZone(
            guid,
            name,
            tuple(rows),
            tuple(areas),
            tuple(scenery),
            x,
            y,
            self._label(zone, place),
            notes.guid(zone, "zone_id", place),
        )

    def _row(self, row: Mapping[str, Any], zone: ZonePart, zone_guid: str, turn: int) -> DraftRow:
        notes = self._notes
        label = notes.text(row, "row_number", RowPart(zone, "", turn), LONGEST_LABEL)
        place = RowPart(zone, label, turn)
        notes.unknown_keys(row, _ROW, _A_ROW, place)
        x, y = notes.position(row, place, required=False)
        guid = self._single(notes.guid(row, "uuid", place), f"{zone_guid[:40]}-row-{turn}", _TWO_ROWS, place)
        seats: list[DraftSeat] = []
        for entry in self._listed_in(row, "seats", place):
            seat = notes.object(entry, _A_SEAT, place)
            if seat is not None:
                beside = (seats[-1].x + SEAT_PITCH, seats[-1].y) if seats else (0.0, 0.0)
                seats.append(self._seat(seat, place, beside))
        return DraftRow(
            guid,
            label,
            tuple(seats),
            x,
            y,
            notes.text(row, "row_label", place, LONGEST_NAME, required=False),
            notes.text(row, "seat_label", place, LONGEST_NAME, required=False),
            notes.choice(row, "row_number_position", NUMBER_POSITIONS, place),
        )

    def _seat(self, seat: Mapping[str, Any], row: RowPart, beside: Point) -> DraftSeat:
        notes = self._notes
        number = notes.text(seat, "seat_number", row, LONGEST_NUMBER)
        place = SeatPart(row, number)
        if not seat.keys() <= _SEAT:
            notes.unknown_keys(seat, _SEAT, _A_SEAT, place)
        category = self._category(seat.get("category"), place)
        guid = self._seat_guid(seat, place)
        x, y = notes.position(seat, place, beside)
        angle, radius = seat.get("foyer_angle"), seat.get("radius")
        return DraftSeat(
            guid,
            number,
            category,
            x,
            y,
            self._kind(seat, place),
            0.0 if angle is None else notes.number(angle, 0.0, _SEAT_ANGLE, place),
            notes.guid(seat, "uuid", place) if "uuid" in seat else "",
            SEAT_RADIUS if radius is None else notes.number(radius, SEAT_RADIUS, _SEAT_RADIUS, place),
            notes.choice(seat, "start_direction", START_DIRECTIONS, place),
        )

    def _listed_in(self, holder: Mapping[str, Any], key: str, place: FilePart, *, required: bool = True) -> list[Any]:
        """Return a list of the file, before its parts are read. Raises PlanFileRefused: with it there are too many."""
        found = self._notes.items(holder, key, place, required=required)
        self._listed[key] += len(found)
        most, too_many = _MOST_LISTED[key]
        if self._listed[key] > most:
            raise PlanFileRefused(too_many, advice=say("Cut it into several plans."))
        return found

    def _seat_guid(self, seat: Mapping[str, Any], place: SeatPart) -> str:
        guid = self._notes.guid(seat, "seat_guid", place)
        if not guid:
            guid = self._new_seat_guid()
            self._notes.warn(say("A seat has no seat_guid and was given one"), place)
        name = place.row.zone.name, place.row.label, place.number
        if guid in self._seats:
            raise PlanFileRefused(
                say(
                    "Two seats have the seat_guid “{guid}”: {one}, and {other}.",
                    guid=guid,
                    one=place_name(*self._seats[guid]),
                    other=place_name(*name),
                ),
                advice=say("Give one of them another in the plan editor."),
            )
        self._seats[guid] = name
        return guid

    def _new_seat_guid(self) -> str:
        """Return a guid that no seat of the file has, read already or still to come."""
        if self._stated is None:
            self._stated = frozenset(_stated_guids(self._zones))
        while True:
            self._nameless += 1
            guid = f"seat-{self._nameless}"
            if guid not in self._stated:
                return guid

    def _category(self, stated: Any, place: FilePart) -> str:
        name = ""
        if isinstance(stated, str):
            name = stated if stated in self._categories else clean_line(stated, LONGEST_NAME)
            if name in self._categories:
                return name
        where = place.spoken(begins=True)
        fault = say("{place} has no category.", place=where)
        if name:
            fault = say(
                "{place} is of the category “{category}”, which the file does not list.", place=where, category=name
            )
        raise PlanFileRefused(fault, advice=say("Put it right in the plan editor."))

    def _kind(self, seat: Mapping[str, Any], place: FilePart) -> SeatKind:
        if "foyer_kind" in seat:
            stated = self._notes.choice(seat, "foyer_kind", tuple(_KINDS), place)
            return _KINDS.get(stated, SeatKind.SEAT)
        if seat.get("wheelchair") is True:
            self._notes.warn(say("A seat is marked as “wheelchair” and was read as a wheelchair place"), place)
            return SeatKind.WHEELCHAIR
        return SeatKind.SEAT

    def _admission(self, area: Mapping[str, Any], shape: PlanShape, place: FilePart) -> DraftArea | None:
        capacity = area.get("foyer_capacity")
        sound = isinstance(capacity, int) and not isinstance(capacity, bool) and 0 < capacity <= MOST_CAPACITY
        if not sound or not isinstance(capacity, int) or shape.kind == TEXT_ONLY:
            self._notes.warn(say("An area has no capacity that makes sense and was read as scenery"), place)
            return None
        guid = self._single(shape.guid[:LONGEST_AREA_GUID], f"area-{len(self._guids) + 1}", _TWO_AREAS, place)
        name = self._notes.text(area, "foyer_name", place, LONGEST_NAME) or guid
        category = self._category(area.get("foyer_category"), place)
        return DraftArea(guid, name, capacity, category, replace(shape, guid=guid))

    def _label(self, zone: Mapping[str, Any], place: FilePart) -> Point | None:
        stated = zone.get("foyer_label")
        if not isinstance(stated, dict):
            return None
        x, y = (self._notes.number(stated.get(key), 0.0, _NAME_PLACE, place) for key in ("x", "y"))
        return x, y

    def _single(self, stated: str, fallback: str, repeated: Sentence, place: FilePart) -> str:
        """Return a guid that no other zone, row or area has. repeated: what is said where one has it."""
        if stated and stated not in self._guids:
            self._guids.add(stated)
            return stated
        if stated:
            self._notes.warn(repeated, place)
        guid, turn = fallback, 1
        while guid in self._guids:
            turn += 1
            guid = f"{fallback}-{turn}"
        self._guids.add(guid)
        return guid


def _stated_guids(zones: list[Any]) -> Iterator[str]:
    """Yield all names of seats in a file, whatever else is in it."""
    for zone in zones:
        rows = zone.get("rows") if isinstance(zone, dict) else None
        for row in rows if isinstance(rows, list) else ():
            seats = row.get("seats") if isinstance(row, dict) else None
            for seat in seats if isinstance(seats, list) else ():
                if isinstance(seat, dict):
                    yield clean_line(str(seat.get("seat_guid") or "")[: 8 * LONGEST_NAME], LONGEST_NAME)
