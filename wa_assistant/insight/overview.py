"""The figures of the overview: each of a range and of the one before, worked out once for all who
look. What waits for a person is not kept: it is asked for each time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ..database import db
from ..models import Participant
from ..models.message import AT_TWILIO
from . import counting, funnels, rows, waits, working_out
from .cached import cached
from .figures import LEAST_FOR_SHARES, Figure
from .funnels import Funnel
from .tally import NO, YES, Name
from .times import Between, Range, last

KEEP_SECONDS = 300
KEEP_STAGES_SECONDS = 600
MOST_WAITING = 6  # shown on the overview itself
WAITS = {Figure.FIRST_ANSWER: Name.WAIT, Figure.FIRST_ANSWER_BY_PERSON: Name.WAIT_FOR_PERSON}
P50, P95 = 0.5, 0.95

Counts = Mapping[tuple[str, str], int]


class Share(NamedTuple):
    """So many `of` so many."""

    number: int
    of: int

    @property
    def is_told(self) -> bool:
        """As a percentage."""
        return self.of >= LEAST_FOR_SHARES


class Wait(NamedTuple):
    """Seconds, of `number` answers; None where these are too few to tell."""

    p50: float | None
    p95: float | None
    number: int


class Bar(NamedTuple):
    """Messages of a day or an hour, which begins `at` (seconds since 1970)."""

    at: int
    came_in: int
    went_out: int


@dataclass(frozen=True)
class Told:
    """What is told of a range. `numbers` are by the figure's slug, as `waits` are."""

    numbers: Mapping[str, int]
    answered: Share
    waits: Mapping[str, Wait]
    statuses: Mapping[str, int]
    failures: Mapping[str, int]


@dataclass(frozen=True)
class Figures:
    """`as_of` is also the end of the range. `hours`: by weekday, Monday first, and hour."""

    as_of: datetime
    now: Told
    before: Told
    bars: Sequence[Bar]
    hours: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Stages:
    as_of: datetime
    funnels: Sequence[Funnel]


def figures(range_: Range) -> Figures:
    zone = counting.team_zone()
    key = f"figures:{range_}:{zone.key}"
    kept = cached(key, KEEP_SECONDS, lambda at: working_out.of_range(range_, at, zone))
    others = kept.value["others"]
    now, before = (
        _told(kept.value[name], {slug: both[place] for slug, both in others.items()})
        for place, name in enumerate(("now", "before"))
    )
    bars = [Bar(*each) for each in kept.value["bars"]]
    return Figures(kept.as_of, now, before, bars, kept.value["hours"])


def stages(range_: Range) -> Stages:
    zone = counting.team_zone()

    def work_out(at: datetime) -> list[dict[str, Any]]:
        return [asdict(each) for each in funnels.funnels(last(range_, at, zone))]

    kept = cached(f"stages:{range_}:{zone.key}", KEEP_STAGES_SECONDS, work_out)
    return Stages(kept.as_of, [funnels.read(each) for each in kept.value])


def waiting() -> tuple[Sequence[Participant], int]:
    """Who has waited longest for a person, and how many do."""
    first = rows.waiting().order_by(Participant.attention_at, Participant.id)
    found = db.session.scalars(first.limit(MOST_WAITING + 1)).all()
    if len(found) <= MOST_WAITING:
        return found, len(found)
    return found[:MOST_WAITING], rows.waiting_number()


def between(figure: Figure, range_: Range, until: datetime) -> Between:
    """What the figure counts of where the range is asked for."""
    return last(working_out.range_of(figure, range_), until, counting.team_zone())


def _told(kept: Sequence[tuple[str, str, int]], others: Mapping[str, int]) -> Told:
    found = Counter({(name, part): number for name, part, number in kept})
    statuses = _parts(found, Name.STATUS)
    yes, no = found[Name.ASKED, YES], found[Name.ASKED, NO]
    numbers = {
        **others,
        Figure.CAME_IN.slug: found[Name.CAME_IN, ""],
        Figure.WENT_OUT.slug: sum(statuses.get(status, 0) for status in AT_TWILIO),
    }
    told = {figure.slug: _wait(found, name) for figure, name in WAITS.items()}
    return Told(numbers, Share(yes, yes + no), told, statuses, _parts(found, Name.FAILURE))


def _parts(counts: Counts, name: str) -> dict[str, int]:
    """The most first."""
    found = {part: number for (of, part), number in counts.items() if of == name}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _wait(counts: Counts, name: str) -> Wait:
    bins = {int(part): number for part, number in _parts(counts, name).items()}
    number = sum(bins.values())
    if number < LEAST_FOR_SHARES:
        return Wait(waits.percentile(P50, bins), None, number)
    return Wait(waits.percentile(P50, bins), waits.percentile(P95, bins), number)
