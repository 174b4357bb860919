"""A thread line by line: messages, and between them what happened and what colleagues noted.

Where they stand is told by when they really were; what is shown is the participant's own time,
which the simulator can move.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel import to_user_timezone

from ...conversation import events as happened
from ...conversation import jumps, notes
from ...conversation.events import Event, Span
from ...models import Message, Note, Participant
from . import events
from .events import Told

APART = "\N{NO-BREAK SPACE}· "
MESSAGE, NOTE, HAPPENED = "message", "note", "events"


@dataclass
class Line:
    """What stands in a line of its own: a `message`, a `note`, or what happened within one minute,
    of which `told` are the sentences. `key` is one in its thread, and lasts.

    `opens_day`: it is the first of its day. `first`: of several by the same, one after another.
    """

    kind: str
    at: datetime
    key: str
    message: Message | None = None
    note: Note | None = None
    told: list[Told] = field(default_factory=list)
    opens_day: bool = False
    first: bool = True

    @property
    def words(self) -> str:
        """What happened; of several things that one did, their name stands once."""
        said, last = "", ""
        for who, told in self.told:
            goes_on = bool(who) and who == last and told.startswith(f"{who} ")
            said += f", {told[len(who) + 1 :]}" if goes_on else f"{APART}{told}"
            last = who
        return said.removeprefix(APART)

    @property
    def day(self) -> date:
        """In the team's zone."""
        day: date = to_user_timezone(self.at).date()
        return day


@dataclass(frozen=True)
class Thread:
    """The lines of a page, the reactions to its messages by their ids, and which of its messages
    are such a reaction: they are told, and take no room."""

    lines: list[Line]
    reactions: dict[int, Message]
    folded: set[int]


def of(
    participant: Participant,
    messages: Sequence[Message],
    older: int | None,
    following: Message | None,
) -> Thread:
    """A page of messages with what stands between them. `older`: there is a page before it;
    `following`: the first message of the page after it."""
    first = messages[0] if messages and older else None
    span = Span(
        since=first.created_at if first else None,
        until=following.created_at if following else None,
        their_since=first.shown_at if first else None,
        their_until=following.shown_at if following else None,
    )
    others = [
        *_events(participant, messages, span),
        *map(_noted, notes.between(participant.id, span.since, span.until)),
    ]
    here = {each.id for each in messages}
    return Thread(
        _in_order(messages, others),
        jumps.reactions(participant.id, messages, following),
        {each.id for each in messages if _reacts(each) and each.quoted and each.quoted.id in here},
    )


def _reacts(message: Message) -> bool:
    return message.kind == "reaction"


def _noted(note: Note) -> Line:
    return Line(NOTE, note.shown_at, f"note-{note.id}", note=note)


def _events(participant: Participant, messages: Sequence[Message], span: Span) -> list[Line]:
    found = happened.between(participant, span)
    people, versions = happened.people(found), events.versions(found)
    sids = {each.provider_sid: each for each in messages if each.provider_sid}
    lines = []
    for each in found:
        told = events.told(each, people, versions)
        at = _shown(each, participant, messages, sids)
        if told.words:
            lines.append(Line(HAPPENED, at, f"event-{each.key}", told=[told]))
    return lines


def _shown(
    event: Event,
    participant: Participant,
    messages: Sequence[Message],
    sids: dict[str, Message],
) -> datetime:
    """When it was for the participant: never before the message that it follows."""
    if event.is_theirs:
        return event.at
    follows = sids.get(event.sid or "")
    if follows:
        return max(follows.shown_at, event.at + timedelta(seconds=follows.clock_ahead))
    place = bisect_right(messages, event.at, key=lambda each: each.created_at)
    near = messages[max(0, place - 1)] if messages else participant
    return event.at + timedelta(seconds=near.clock_ahead)


def _in_order(messages: Sequence[Message], others: Iterable[Line]) -> list[Line]:
    said = [Line(MESSAGE, each.shown_at, f"message-{each.id}", each) for each in messages]
    # Messages stand in the order in which they were said, whatever the clock was put to.
    shown, places = [each.at for each in said], []
    for each in others:
        places.append((bisect_right(shown, each.at), 1, each.at, each.key, each))
    places += [(place, 0, each.at, each.key, each) for place, each in enumerate(said, 1)]
    lines = _folded([each for *_, each in sorted(places, key=lambda place: place[:-1])])
    for before, line in zip([None, *lines], lines, strict=False):
        _follow(line, before)
    return lines


def _folded(lines: Iterable[Line]) -> list[Line]:
    """What happened within one minute, and nobody said anything meanwhile, is one line."""
    kept: list[Line] = []
    for each in lines:
        last = kept[-1] if kept else None
        if last and last.kind == each.kind == HAPPENED and _minute(last) == _minute(each):
            last.told += [told for told in each.told if told not in last.told]
        else:
            kept.append(each)
    return kept


def _minute(line: Line) -> datetime:
    return line.at.replace(second=0, microsecond=0)


def _follow(line: Line, before: Line | None) -> None:
    line.opens_day = before is None or before.day != line.day
    line.first = line.opens_day or _speaker(line) is None or _speaker(line) != _speaker(before)


def _speaker(line: Line | None) -> tuple[str, int | None] | None:
    message = line and line.message
    return (message.author, message.user_id) if message else None
