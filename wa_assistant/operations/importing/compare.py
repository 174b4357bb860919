"""What lines of a file would change: against the participants as they are, and nothing is written.

A change is a dictionary, as an import's line keeps it: `what` it changes, as it was `before` and is
to be `after`. Of a field also its `id`; of a consent its `purpose`, the day `on` which it was
given, and its `source`; of tags only those that are added. What a cell leaves empty changes
nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ... import settings
from ...conversation.consents import EARLIEST
from ...conversation.tags import MOST_OF_ONE
from ...database import folded, utcnow
from ...models import Consent, ImportLine, LineOutcome, LineReason, Participant, Purpose
from ...models.about import TAG_CHARACTERS
from ...privacy import consent
from . import present
from .line import TELLS, Line, Said
from .present import Present

NAME, LANGUAGE, TAGS, FIELD, CONSENT = "name", "language", "tags", "field", "consent"
Change = dict[str, Any]


def compared(lines: Sequence[Line]) -> list[ImportLine]:
    """A row for each, without the import's id."""
    known = present.of_lines(lines)
    zone = ZoneInfo(settings.current().time_zone)
    return [_row(each, known.get(each.key), zone) for each in lines]


def rejected(number: int, cells: list[str], reason: LineReason, told: str = "") -> ImportLine:
    outcome = LineOutcome.REJECTED
    return ImportLine(
        number=number, cells=cells, outcome=outcome, reason=reason, told=told, changes=[]
    )


def moment(on: str, zone: ZoneInfo) -> datetime | None:
    """When that day begins, where somebody can have said something on it."""
    if not on:
        return None
    begins = datetime.combine(date.fromisoformat(on), time(), zone).astimezone(UTC)
    return begins if EARLIEST <= begins <= utcnow() else None


def key_of_tag(name: str) -> str:
    return folded(name)[:TAG_CHARACTERS]


def stands(participant: Participant | None, purpose: Purpose) -> str | None:
    """Where they stand on it."""
    if participant is None:
        return None
    is_marketing = purpose == Purpose.MARKETING
    return participant.marketing_consent if is_marketing else participant.consent


def _row(line: Line, now: Present | None, zone: ZoneInfo) -> ImportLine:
    if now is None and not line.phone:
        return rejected(line.number, line.cells, LineReason.NO_NUMBER, line.address[:TELLS])
    if now and len(now.tags.keys() | set(map(key_of_tag, line.tags))) > MOST_OF_ONE:
        return rejected(line.number, line.cells, LineReason.TOO_MANY_TAGS)
    changes = [*_changes(line, now), *_consents(line, now, zone)]
    was = now.participant if now else None
    known = LineOutcome.CHANGED if changes else LineOutcome.SAME
    reason, told = line.remark or (None, "")
    return ImportLine(
        number=line.number,
        cells=line.cells,
        # Several numbers may be one participant's, and one line is about each of them.
        key=f"participant {was.id}" if was else line.key,
        outcome=known if was else LineOutcome.NEW,
        changes=changes,
        reason=reason,
        told=told,
        phone=line.phone or (was.phone if was else None) or "",
        name=line.name or (was.label if was else ""),
        participant_id=was.id if was else None,
    )


def _changes(line: Line, now: Present | None) -> Iterable[Change]:
    was = now.participant if now else None
    for what, before, after in (
        (NAME, was.known_as if was else "", line.name),
        (LANGUAGE, (was.language or "") if was else "", line.language),
    ):
        if after and after != before:
            yield {"what": what, "before": before, "after": after}
    theirs = now.tags if now else {}
    if added := [each for each in line.tags if key_of_tag(each) not in theirs]:
        yield {"what": TAGS, "after": added}
    for field_id, value in line.values.items():
        before = now.values.get(field_id, "") if now else ""
        if value != before:
            yield {"what": FIELD, "id": field_id, "before": before, "after": value}


def _consents(line: Line, now: Present | None, zone: ZoneInfo) -> Iterable[Change]:
    was = now.participant if now else None
    for purpose, said in line.consents.items():
        before = stands(was, purpose)
        if said.kind == before or (said.kind == Consent.WITHDRAWN and before is None):
            continue
        if objection := _objection(was, purpose, said, zone):
            line.remark = objection
            continue
        change: Change = {"what": CONSENT, "purpose": purpose, "before": before}
        yield change | {"after": said.kind, "on": said.on, "source": said.source}


def _objection(
    was: Participant | None, purpose: Purpose, said: Said, zone: ZoneInfo
) -> tuple[LineReason, str] | None:
    """Why it counts for nothing."""
    at = moment(said.on, zone)
    if at is None or not said.source:
        return LineReason.NO_SOURCE, ""
    latest = consent.said_last(was.id, purpose) if was else None
    return (LineReason.SAID_LATER, "") if latest and latest > at else None
