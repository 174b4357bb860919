"""Which participants are meant: what a page, a view, an export or an act for many asks for.

A selection is read from an address or from what a view keeps, and written back into either.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal_column, not_, or_, select

from .. import settings
from ..database import db, utcnow
from ..models import Consent, JourneyVersion, Participant, ParticipantTag
from ..models.participant import (
    WINDOW,
    WINDOW_MARGIN,
    ConversationStatus,
)
from . import few, selected_fields
from . import search as searching
from .selected_fields import Asked

NONE = "none"  # as an address says that there is to be nothing
LONGEST = 100  # characters of a value
MOST = 50  # values of one name
LARGEST_ID = 2**31 - 1
KEY = re.compile(r"[\w-]{1,60}")
DAYS = ("created_from", "created_to", "active_from", "active_to")
DAY = timedelta(days=1)
YEARS = range(1970, 3000)
LANGUAGES = ("pt", "en")
MARKETING = (Consent.GIVEN, Consent.WITHDRAWN)
CONSENTS = (
    *(each for each in Consent if each != Consent.RETURNED),  # which is an event alone
    NONE,
)
# In the very words of the indexes, to which a Boolean would add "= 1": see models/listed.py.
SIMULATED: ColumnElement[bool] = literal_column("participants.simulated")
REAL: ColumnElement[bool] = literal_column("NOT participants.simulated")
Given = Mapping[str, Any]  # a MultiDict, or values and lists of them by name


@dataclass(frozen=True)
class Selection:
    """Whom all of this is so of; what is empty asks nothing. Of several values one is enough,
    but of tags all are wanted. Days are the team's, and both are within."""

    q: str = ""
    status: tuple[str, ...] = ()
    journey: str = ""  # an id, or NONE
    version: str = ""
    stage: str = ""  # its key, also of those who wait for it; NONE: not begun, or through
    tag: tuple[int, ...] = ()
    consent: tuple[str, ...] = ()
    marketing: tuple[str, ...] = ()
    window: str = ""  # open or closed
    assigned: str = ""  # a user's id, or NONE
    language: tuple[str, ...] = ()
    created_from: date | None = None
    created_to: date | None = None
    active_from: date | None = None
    active_to: date | None = None
    fields: tuple[Asked, ...] = ()
    simulated: bool = False  # who is pretended, and nobody else

    @classmethod
    def parse(cls, given: Given) -> "Selection":
        """What `given` asks for; whatever in it cannot be understood asks nothing."""
        days = {name: _day(_one(given, name)) for name in DAYS}
        return cls(
            q=_one(given, "q"),
            status=_some(given, "status", ConversationStatus),
            journey=_id_or_none(given, "journey"),
            version=_id(_one(given, "version")),
            stage=_one(given, "stage") if KEY.fullmatch(_one(given, "stage")) else "",
            tag=tuple(sorted({int(each) for each in _all(given, "tag") if _id(each)})),
            consent=_some(given, "consent", CONSENTS),
            marketing=_some(given, "marketing", (*MARKETING, NONE)),
            window=_one(given, "window") if _one(given, "window") in ("open", "closed") else "",
            assigned=_id_or_none(given, "assigned"),
            language=_some(given, "language", (*LANGUAGES, NONE)),
            fields=selected_fields.parse(given, partial(_all, given)),
            simulated=_one(given, "simulated") == "1",
            **days,
        )

    def args(self) -> dict[str, Any]:
        """As an address or a view keeps it: `parse` makes the same of it."""
        said: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "fields":
                said |= {name: text for asked in value for name, text in asked.args()}
            elif isinstance(value, tuple) and value:
                said[each.name] = [str(one) for one in value]
            elif value:
                said[each.name] = "1" if value is True else str(value)
        return said

    def conditions(self) -> list[ColumnElement[bool]]:
        """All of which are so of whoever is meant. A search asks the database for them."""
        found = searching.condition(self.q)
        return [
            SIMULATED if self.simulated else REAL,
            *([] if found is None else [found]),
            *_any(Participant.status, self.status),
            *self._journey(),
            *(_has(tag_id) for tag_id in self.tag),
            *_any(Participant.consent, self.consent),
            *_any(Participant.marketing_consent, self.marketing),
            *self._window(),
            *self._assigned(),
            *_any(Participant.language, self.language),
            *_between(Participant.created_at, self.created_from, self.created_to),
            *_between(Participant.last_activity_at, self.active_from, self.active_to),
            *(asked.condition() for asked in self.fields),
        ]

    def ids(self, limit: int) -> list[int]:
        """Of so many of them at most, who was active last first."""
        query = select(Participant.id).where(*self.conditions()).limit(limit)
        newest = (Participant.last_activity_at.desc(), Participant.id.desc())
        return list(db.session.scalars(query.order_by(*newest)))

    def _journey(self) -> Iterable[ColumnElement[bool]]:
        if self.journey == NONE:
            yield Participant.journey_version_id.is_(None)
        elif self.journey:
            of_it = select(JourneyVersion.id).where(JourneyVersion.journey_id == int(self.journey))
            yield _is(Participant.journey_version_id, db.session.scalars(of_it).all())
        if self.version:
            yield _is(Participant.journey_version_id, [int(self.version)])
        yield from self._stage()

    def _stage(self) -> Iterable[ColumnElement[bool]]:
        """Who waits for a stage is among those of it, as they are counted (journey/counting.py)."""
        between = Participant.stage.is_(None)
        if self.stage == NONE:
            yield between & Participant.next_stage.is_(None)
        elif self.stage:
            columns = Participant.stage, Participant.next_stage
            here, there = (
                or_(stage == self.stage, between & (following == self.stage))
                for stage, following in (columns, map(few.unindexed, columns))
            )
            yield few.among(select(Participant.id).where(here), there)

    def _assigned(self) -> Iterable[ColumnElement[bool]]:
        if self.assigned == NONE:
            yield Participant.assigned_to_id.is_(None)
        elif self.assigned:
            yield _is(Participant.assigned_to_id, [int(self.assigned)])

    def _window(self) -> Iterable[ColumnElement[bool]]:
        """By our clock: that of who is pretended may be ahead of it."""
        if self.window:
            is_open = Participant.last_inbound_at > utcnow() - WINDOW + WINDOW_MARGIN
            closed = or_(Participant.last_inbound_at.is_(None), not_(is_open))
            yield is_open if self.window == "open" else closed


def _has(tag_id: int) -> ColumnElement[bool]:
    having = select(ParticipantTag.participant_id).where(ParticipantTag.tag_id == tag_id)
    theirs = ParticipantTag.participant_id == Participant.id
    return few.among(having, having.where(theirs).exists())


def _is(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """That the column, which has an index, holds one of them."""
    holding = select(Participant.id).where(column.in_(values))
    return few.among(holding, few.unindexed(column).in_(values))


def _any(column: Any, values: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """That the column holds one of them; NONE among them is nothing at all."""
    if not values:
        return []
    held = [each for each in values if each != NONE]
    ways = [column.in_(held)] if held else []
    return [or_(*ways, *([column.is_(None)] if NONE in values else []))]


def _between(column: Any, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    zone = ZoneInfo(settings.current().time_zone) if since or until else ZoneInfo("UTC")
    after = [column >= _begins(since, zone)] if since else []
    return after + ([column < _begins(until + DAY, zone)] if until else [])


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _all(given: Given, name: str) -> list[str]:
    """NUL is no character to a database."""
    found = given.getlist(name) if hasattr(given, "getlist") else given.get(name, [])
    several = found if isinstance(found, list | tuple) else [found]
    texts = [str(each).replace("\x00", "").strip()[:LONGEST] for each in several[:MOST]]
    return [each for each in texts if each]


def _one(given: Given, name: str) -> str:
    return next(iter(_all(given, name)), "")


def _some(given: Given, name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those that are known, in their own order: two addresses that ask the same are the same."""
    asked = _all(given, name)
    return tuple(str(each) for each in known if each in asked)


def _id(text: str) -> str:
    fits = text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) <= LARGEST_ID
    return str(int(text)) if fits else ""


def _id_or_none(given: Given, name: str) -> str:
    text = _one(given, name)
    return text if text == NONE else _id(text)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
