"""Finding the performances, seats, ticket types and prices that lines of another box office mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import Area, OutsideCode, PlanRow, Seat, Zone
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.errors import InvalidAmount
from pos_app.domain.money import parse_amount
from pos_app.domain.sentences import Sentence, say, say_in_turn, say_list
from pos_app.domain.takeover.buyers import card_number_in, read_buyer
from pos_app.domain.takeover.file import LineProblem
from pos_app.domain.takeover.matching import match_performance, says_another_title
from pos_app.domain.takeover.records import MatchedPerformance, OpenPerformance
from pos_app.domain.takeover.releases import Releases
from pos_app.domain.texts import name_key
from pos_app.services.house.settings import load_house_settings
from pos_app.services.season.offers import load_offer
from pos_app.services.season.performance_records import list_season
from pos_app.services.seats.claims import INVENTORY, open_to_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.season.performances import ListedPerformance
    from pos_app.domain.takeover.buyers import Buyer
    from pos_app.domain.takeover.file import OutsideLine, SeasonFile
    from pos_app.domain.takeover.releases import Release

_TOO_LATE: Final = say("Left out: the performance has begun, and nothing is reserved for it any more.")


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line with what it means here. price_minor in the currency of its performance.

    release_at: until when a reserved seat is kept (UTC); None: it is sold.
    """

    line: OutsideLine
    buyer: Buyer
    performance_id: int
    seat_id: int
    category_id: int
    ticket_type_id: int
    price_minor: int
    currency: str
    release_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundSeason:
    """All lines of a file that mean something here, and why the others do not. warnings: what was taken otherwise."""

    performances: tuple[MatchedPerformance, ...]
    choices: tuple[OpenPerformance, ...]
    lines: tuple[FoundLine, ...]
    problems: tuple[LineProblem, ...]
    warnings: tuple[LineProblem, ...]


def find_season(session: Session, actor: Actor, file: SeasonFile, chosen: Mapping[str, int]) -> FoundSeason:
    """Match a file with this house. chosen: performances that a manager named, by the file's names. NotPermitted."""
    records = list_season(session, actor)
    by_id = {one.performance_id: one for one in records}
    open_ones = [one for one in records if not (one.archived or one.cancelled)]
    counts = Counter(line.performance for line in file.lines)
    matched: dict[str, ListedPerformance | None] = {
        name: by_id.get(chosen[name]) if name in chosen else match_performance(name, open_ones)
        for name in file.performances
    }
    problems: list[LineProblem] = []
    warnings = list(file.warnings)
    now = session.execute(select(utc_now())).scalar_one()
    before = load_house_settings(session).release_before_doors
    finders = {
        one.performance_id: _Finder(session, one, Releases(one, now, before))
        for one in matched.values()
        if one is not None
    }
    lines: list[FoundLine] = []
    for line in file.lines:
        performance = matched[line.performance]
        if performance is None:
            problems.append(
                LineProblem(
                    line.line, say("No performance here is “{performance}”. Choose one.", performance=line.performance)
                )
            )
            continue
        finder = finders[performance.performance_id]
        if line.reserved and finder.releases.is_over:
            warnings.append(LineProblem(line.line, _TOO_LATE))
            continue
        found = finder.find(line)
        if isinstance(found, Sentence):
            problems.append(LineProblem(line.line, found))
            continue
        one, told = found
        lines.append(one)
        warnings += [LineProblem(line.line, sentence) for sentence in told]
    return FoundSeason(
        performances=tuple(
            MatchedPerformance(
                name,
                _open(one) if one is not None else None,
                counts[name],
                one is not None and name not in chosen and says_another_title(name, one.title),
            )
            for name, one in matched.items()
        ),
        choices=tuple(_open(one) for one in open_ones),
        lines=tuple(lines),
        problems=tuple(problems),
        warnings=tuple(sorted(warnings, key=lambda one: one.line)),
    )


def _open(one: ListedPerformance) -> OpenPerformance:
    return OpenPerformance(one.performance_id, one.title, one.venue, one.starts_at, one.time_zone, one.ends_at)


class _Finder:
    """The seats of one performance by their names; each is found once."""

    def __init__(self, session: Session, performance: ListedPerformance, releases: Releases) -> None:
        self.releases = releases
        self._performance = performance
        self._offer: PerformanceOffer = load_offer(session, performance.performance_id)
        self._types = {name_key(one.name): one.ticket_type_id for one in self._offer.ticket_types}
        self._seats: defaultdict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._used: dict[int, int] = {}
        seat = INVENTORY.c
        self._free = set(
            session.execute(
                select(seat.seat_id).where(seat.performance_id == performance.performance_id, open_to_all())
            ).scalars()
        )
        self._codes: dict[str, int] = dict.fromkeys(
            session.execute(
                select(OutsideCode.code_key).where(OutsideCode.performance_id == performance.performance_id)
            ).scalars(),
            0,
        )
        rows = session.execute(
            select(Seat.id, Seat.category_id, Seat.number, Zone.name, PlanRow.label, Area.name.label("area"))
            .join(Zone, Zone.id == Seat.zone_id)
            .outerjoin(PlanRow, PlanRow.id == Seat.row_id)
            .outerjoin(Area, Area.id == Seat.area_id)
            .where(Seat.plan_id == performance.plan_id, Seat.deleted_at.is_(None))
            .order_by(Seat.id.desc())
        )
        for row in rows:
            if row.area is not None:
                self._places[name_key(row.area)].append((row.id, row.category_id))
                continue
            label, number = name_key(row.label or ""), name_key(row.number)
            self._seats[name_key(row.name), label, number].append((row.id, row.category_id))
            self._seats["", label, number].append((row.id, row.category_id))

    def find(self, line: OutsideLine) -> tuple[FoundLine, Sequence[Sentence]] | Sentence:
        """Return what a line means, and what of it was taken otherwise; or why it means nothing."""
        if card := card_number_in(line):
            return card
        place = self._place(line)
        if isinstance(place, Sentence):
            return place
        seat_id, category_id = place
        if seat_id in self._used:
            return say("This seat stands in line {line} already.", line=str(self._used[seat_id]))
        if seat_id not in self._free:
            return say("{place} is sold, held or kept back here already.", place=_told(line))
        priced = self._priced(line, category_id)
        if isinstance(priced, Sentence):
            return priced
        kind, price = priced
        code = "" if line.reserved else clean_scan(line.code)
        if code and code in self._codes:
            first = self._codes[code]
            if first:
                return say("The old code is that in line {line} too.", line=str(first))
            return say("The old code is that of a ticket taken over before too.")
        buyer, told = read_buyer(line)
        release = self._release(line, buyer)
        if isinstance(release, Sentence):
            return release
        self._used[seat_id] = line.line
        if code:
            self._codes[code] = line.line
        performance = self._performance
        found = FoundLine(
            line,
            buyer,
            performance.performance_id,
            seat_id,
            category_id,
            kind,
            price,
            performance.currency,
            release.at if release is not None else None,
        )
        return found, (*told, release.told) if release is not None and release.told is not None else told

    def _release(self, line: OutsideLine, buyer: Buyer) -> Release | Sentence | None:
        """Return until when a reserved seat is kept; None for one that is sold."""
        if not line.reserved:
            return None
        if not buyer.told:
            return say("A reservation needs a name, an e-mail address or a phone number.")
        return self.releases.find(line.release)

    def _place(self, line: OutsideLine) -> tuple[int, int] | Sentence:
        zone, row, number = name_key(line.zone), name_key(line.row), name_key(line.seat)
        if not row and not number:
            places = self._places.get(zone, [])
            while places and (places[-1][0] in self._used or places[-1][0] not in self._free):
                places.pop()
            if places:
                return places[-1]
            if not line.zone:
                return say("An area has no free place here.")
            return say("{area} has no free place here.", area=line.zone)
        found = self._seats.get((zone, row, number), [])
        if len(found) > 1:
            return say("{place} is in several zones here. Name the zone.", place=_told(line))
        return found[0] if found else say("There is no seat {place} here.", place=_told(line))

    def _priced(self, line: OutsideLine, category_id: int) -> tuple[int, int] | Sentence:
        """Return a line's ticket type and price: the type that is named, else one that costs this, else the usual.

        What is reserved without a price costs what it costs here.
        """
        offer = self._offer
        if not line.price and not line.reserved:
            return say("The price is missing.")
        price: int | None = None
        try:
            price = parse_amount(line.price, offer.currency) if line.price else None
        except InvalidAmount as refused:
            return say_in_turn(refused.message)
        if not offer.ticket_types:
            return say("There are no ticket types yet. Make one first.")
        prices = {one.ticket_type_id: offer.prices.get((category_id, one.ticket_type_id)) for one in offer.ticket_types}
        kind = self._types.get(name_key(line.ticket_type))
        if price is None:
            fitting = [kind] if kind is not None else list(prices)
            kind, price = next(((one, prices[one]) for one in fitting if prices[one] is not None), (kind, None))
            if kind is None or price is None:
                return say("The price is missing, and there is none for this seat here.")
            return kind, price
        if kind is None:
            usual = offer.ticket_types[0].ticket_type_id
            kind = next((one for one, costs in prices.items() if costs == price), usual)
        return kind, price


def _told(line: OutsideLine) -> Sentence:
    """Return a place as the file names it: "Stalls, row G, 18"."""
    zone, row, seat = line.zone, line.row, line.seat
    match bool(zone), bool(row), bool(seat):
        case True, True, True:
            return say("{zone}, row {row}, {seat}", zone=zone, row=row, seat=seat)
        case True, True, False:
            return say("{zone}, row {row}", zone=zone, row=row)
        case True, False, True:
            return say("{zone}, {seat}", zone=zone, seat=seat)
        case False, True, True:
            return say("row {row}, {seat}", row=row, seat=seat)
        case False, True, False:
            return say("row {row}", row=row)
        case _:
            return say_list(zone or seat)
