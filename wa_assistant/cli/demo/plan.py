"""Who the invented people are, and when each of them wrote: drawn once, before any row is made.

What is open (needs a person, is taken over, unread) is of the last hours and of about the same
number however long the history is, as it is with a team that keeps up.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from ...models.participant import folded, match_key
from .words import AREAS, FIRST, LAST

DAYS = 30  # of a month
LONGEST_EXCHANGE = timedelta(minutes=3)
LONGEST_PAUSE = timedelta(minutes=12)  # within one conversation
RECENTLY = timedelta(hours=9)
WINDOW_CLOSED = timedelta(hours=26)
PER_EPISODE = 3  # exchanges, on average
INTERVIEWED = 0.35
HAS_STOPPED = 0.004
BY_A_PERSON = 0.06  # of the exchanges
BURSTS = (1, 1, 1, 1, 1, 2, 2, 2, 3)  # how many messages are answered together
# The hours people write at, in UTC for Brazil: morning to evening.
HOURS = (11, 12, 12, 13, 13, 14, 15, 16, 17, 18, 18, 19, 20, 21, 22, 22, 23, 23)


class Open(Enum):
    """What a conversation waits for now."""

    NOTHING = auto()
    ASKED_FOR_A_PERSON = auto()
    NOT_DELIVERED = auto()
    TAKEN_OVER = auto()
    PARKED = auto()
    UNREAD = auto()


# How many of each, at most one in twenty of all.
OPEN = (
    [Open.ASKED_FOR_A_PERSON] * 7
    + [Open.NOT_DELIVERED] * 4
    + [Open.PARKED] * 3
    + [Open.TAKEN_OVER] * 8
    + [Open.UNREAD] * 18
)


@dataclass(slots=True)
class Person:
    id: int
    number: str
    name: str
    open: Open
    interviewed: bool
    stopped: bool
    exchanges: list["Exchange"] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As the simulator writes it: no message from WhatsApp can ever be theirs."""
        return f"simulated:{self.number}"

    @property
    def match_key(self) -> str | None:
        return match_key(self.number)

    @property
    def name_folded(self) -> str:
        return folded(self.name)


@dataclass(slots=True)
class Exchange:
    """Messages of a person, `count` of them, and what is said to them then."""

    person: Person
    number: int  # of the person's, from 0
    at: datetime
    count: int

    @property
    def is_last(self) -> bool:
        return self.number == len(self.person.exchanges) - 1

    @property
    def size(self) -> int:
        return self.count + 1

    def said_at(self, place: int) -> datetime:
        """When its message number `place` was said."""
        return self.at + place * LONGEST_EXCHANGE / (self.size + 1)


def people(rng: random.Random, count: int, first_id: int, taken: set[str]) -> list[Person]:
    """`count` people with numbers that nobody has who is in `taken`."""
    kinds = OPEN[: max(1, count // 20)] if count < 20 * len(OPEN) else OPEN
    kinds = kinds + [Open.NOTHING] * (count - len(kinds))
    rng.shuffle(kinds)
    made = []
    for number, kind in enumerate(kinds):
        nothing = kind == Open.NOTHING
        person = Person(
            first_id + number,
            _number(rng, taken),
            _name(rng),
            kind,
            interviewed=nothing and rng.random() < INTERVIEWED,
            stopped=nothing and rng.random() < HAS_STOPPED,
        )
        made.append(person)
    return made


def exchanges(
    rng: random.Random, everybody: list[Person], messages: int, until: datetime, months: int
) -> list[Exchange]:
    """All that was said, in its order: `messages` messages in all, at least two of each person."""
    counts = _counts(rng, len(everybody), messages)
    for person, bursts in zip(everybody, counts, strict=True):
        times = _times(rng, person, len(bursts), until, months)
        person.exchanges = [
            Exchange(person, number, at, count)
            for number, (at, count) in enumerate(zip(times, bursts, strict=True))
        ]
    return sorted(
        (each for person in everybody for each in person.exchanges),
        key=lambda each: (each.at, each.person.id),
    )


def _counts(rng: random.Random, people: int, messages: int) -> list[list[int]]:
    """For each person the bursts of their exchanges: few for most, a great many for some."""
    bursts = [[1] for _ in range(people)]
    left = messages - 2 * people
    weights = [min(rng.paretovariate(1.1), 60.0) for _ in range(people)]
    for who in _drawn(rng, weights):
        if left < 2:
            break
        count = min(rng.choice(BURSTS), left - 1)
        bursts[who].append(count)
        left -= count + 1
    if left:
        bursts[0][0] += left
    return bursts


def _drawn(rng: random.Random, weights: list[float]) -> Iterator[int]:
    while True:
        yield from rng.choices(range(len(weights)), weights, k=10_000)


def _times(
    rng: random.Random, person: Person, count: int, until: datetime, months: int
) -> list[datetime]:
    """When each exchange begins: several in a row, then nothing for days or weeks."""
    is_open = person.open != Open.NOTHING
    room = (LONGEST_EXCHANGE + LONGEST_PAUSE) * (count + 1)
    latest = until - room - (timedelta(days=2) if is_open else timedelta())
    days = months * DAYS
    starts = sorted(
        min(latest, _moment(rng, until, rng.randrange(days)))
        for _ in range(-(-count // PER_EPISODE))
    )
    times: list[datetime] = []
    for number in range(count):
        start = starts[number // PER_EPISODE]
        pause = LONGEST_EXCHANGE + rng.random() * LONGEST_PAUSE
        times.append(max(start, times[-1] + pause) if times else start)
    if is_open:
        ago = WINDOW_CLOSED if person.open == Open.PARKED else LONGEST_EXCHANGE
        times[-1] = until - ago - rng.random() * RECENTLY
    return times


def _moment(rng: random.Random, until: datetime, days: int) -> datetime:
    day = until - timedelta(days=days + 1)
    return day.replace(hour=rng.choice(HOURS), minute=rng.randrange(60), second=rng.randrange(60))


def _number(rng: random.Random, taken: set[str]) -> str:
    while True:
        number = f"+55{rng.choice(AREAS)}9{rng.randrange(10**8):08}"
        if number not in taken:
            taken.add(number)
            return number


def _name(rng: random.Random) -> str:
    """A name as people give it on WhatsApp: most in full, some short, some none."""
    first, last = rng.choice(FIRST), rng.choice(LAST)
    kind = rng.random()
    if kind < 0.04:
        return ""
    if kind < 0.14:
        return first
    if kind < 0.45:
        return f"{first} {rng.choice(LAST)} {last}"
    return f"{first} {last}"
