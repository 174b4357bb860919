"""Adds up what was said in any while: from the team's days, the slots at their ends, and messages
one by one where these are younger than what is counted already, or less than a slot.

However long the while, it is exact to the microsecond, and right also where nothing is kept yet.
"""

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select

from .. import settings
from ..database import db
from ..models import FigureCount, FigureState, Step
from ..models.figure import no_state
from .tally import Piece
from .tally import pieces as of_messages
from .times import Between, day_starts, moment, next_slot, slot_of


def team_zone() -> ZoneInfo:
    return ZoneInfo(settings.current().time_zone)


def pieces(between: Between, zone: ZoneInfo, *names: str, by_slots: bool = False) -> list[Piece]:
    """What was counted meanwhile, by days of `zone` where these are kept and `by_slots` does not
    ask for slots alone; of all names unless some are given. Four statements at most."""
    state = db.session.get(FigureState, 1, populate_existing=True) or no_state()
    since, until = next_slot(between.since), min(slot_of(between.until), state.slots_until)
    if since >= until:
        return _of(names, of_messages([between]))
    has_days = state.zone == zone.key and not by_slots
    kept = _kept(_places(since, until, state.days_until if has_days else 0, zone), names)
    ends = Between(between.since, moment(since)), Between(moment(until), between.until)
    return kept + _of(names, of_messages(ends))


def total(pieces: Iterable[Piece]) -> Counter[tuple[str, str]]:
    """Added up by name and part."""
    found = Counter[tuple[str, str]]()
    for each in pieces:
        found[each.name, each.part] += each.number
    return found


def _places(since: int, until: int, days_until: int, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    """Where to look: whole days as far as they are kept, and slots before and after them."""
    days = list(day_starts(since, min(until, days_until), zone)) if days_until > since else []
    first, last = (days[0], days[-1]) if days else (since, since)
    parts = (Step.SLOT, since, first), (Step.DAY, first, last), (Step.SLOT, last, until)
    return [
        and_(FigureCount.step == step, FigureCount.at >= begins, FigureCount.at < ends)
        for step, begins, ends in parts
        if begins < ends
    ]


def _kept(places: list[ColumnElement[bool]], names: tuple[str, ...]) -> list[Piece]:
    columns = (FigureCount.at, FigureCount.name, FigureCount.part, FigureCount.number)
    query = select(*columns).where(or_(*places))
    if names:
        query = query.where(FigureCount.name.in_(names))
    return [Piece(*row) for row in db.session.execute(query)]


def _of(names: tuple[str, ...], found: list[Piece]) -> list[Piece]:
    return [each for each in found if not names or each.name in names]
