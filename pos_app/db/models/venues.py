"""Houses and their drawn plans."""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Document, Moment, Name, ShortText, SmallKey, Word


class Venue(Base):
    """A house, with its currency (ISO 4217) and its time zone (IANA name)."""

    __tablename__ = "venue"
    id: Mapped[SmallKey]
    name: Mapped[Name]
    address: Mapped[ShortText] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    deleted_at: Mapped[Moment | None]


class SeatingPlan(Base):
    """A drawn plan of a venue; a new version once the old one was sold on. Sizes in plan units.

    revision rises with every change of this version, so that a till knows when what it shows is out of date.
    """

    __tablename__ = "seating_plan"
    __table_args__ = (UniqueConstraint("venue_id", "name", "version"), MYSQL_TABLE)
    id: Mapped[SmallKey]
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[Name]
    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    width: Mapped[float] = mapped_column(Double)
    height: Mapped[float] = mapped_column(Double)
    focal_x: Mapped[float] = mapped_column(Double)
    focal_y: Mapped[float] = mapped_column(Double)
    deleted_at: Mapped[Moment | None]


class PlanScenery(Base):
    """What is drawn on a plan and is no place: stage, walls, words.

    shapes: a JSON list of areas of the interchange format, each with the guid of its zone; positions are counted from
    the plan's corner. details: JSON, what the format knows about zones, rows and seats and no column holds.
    """

    __tablename__ = "plan_scenery"
    plan_id: Mapped[int] = mapped_column(Integer, ForeignKey("seating_plan.id"), primary_key=True, autoincrement=False)
    shapes: Mapped[Document]
    details: Mapped[Document] = mapped_column(default="{}")


class PriceCategory(Base):
    """Where you sit: Premium, A, B. Belongs to a plan; a seat has one."""

    __tablename__ = "price_category"
    __table_args__ = (UniqueConstraint("plan_id", "name"), MYSQL_TABLE)
    id: Mapped[SmallKey]
    plan_id: Mapped[int] = mapped_column(ForeignKey("seating_plan.id"))
    name: Mapped[Name]
    color: Mapped[str] = mapped_column(String(32), default="")
    sort: Mapped[int] = mapped_column(SmallInteger, default=0)


class Zone(Base):
    """A named part of a plan; label_x and label_y say where its name is painted."""

    __tablename__ = "zone"
    id: Mapped[SmallKey]
    plan_id: Mapped[int] = mapped_column(ForeignKey("seating_plan.id"))
    guid: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[Name]
    label_x: Mapped[float] = mapped_column(Double)
    label_y: Mapped[float] = mapped_column(Double)
    sort: Mapped[int] = mapped_column(SmallInteger, default=0)


class PlanRow(Base):
    """A row of seats within a zone; label is empty where the house has none (boxes)."""

    __tablename__ = "plan_row"
    id: Mapped[SmallKey]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    guid: Mapped[str] = mapped_column(String(64), default="")
    label: Mapped[str] = mapped_column(String(40))
    sort: Mapped[int] = mapped_column(SmallInteger, default=0)


class Area(Base):
    """General admission: a part without seats and with a capacity; its places are numbered seats nobody sees."""

    __tablename__ = "area"
    id: Mapped[SmallKey]
    plan_id: Mapped[int] = mapped_column(ForeignKey("seating_plan.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    guid: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[Name]
    capacity: Mapped[int]
    shape: Mapped[Document] = mapped_column(default="{}")


class Seat(Base):
    """One place of a plan: in a row, or numbered within an area. Positions in plan units, angle in degrees clockwise.

    position is the place within the row, which decides who sits beside whom; the printed number does not.
    """

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("plan_id", "guid"),
        Index("ix_seat_plan_id_zone_id", "plan_id", "zone_id"),
        Index("ix_seat_plan_id_number", "plan_id", "number"),
        MYSQL_TABLE,
    )
    id: Mapped[SmallKey]
    plan_id: Mapped[int] = mapped_column(ForeignKey("seating_plan.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    row_id: Mapped[int | None] = mapped_column(ForeignKey("plan_row.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("price_category.id"))
    guid: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[Word] = mapped_column(default="seat")
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)
    angle: Mapped[float] = mapped_column(Double, default=0.0)
    deleted_at: Mapped[Moment | None]
