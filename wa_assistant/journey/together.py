"""The answers of all who are in a version, together: people by questions.

What counts of somebody is what counts beside their conversation: their newest answer in whatever
version of the journey, unless it is superseded. Who is pretended is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import joinedload

from .. import audit
from ..conversation.selection import REAL
from ..database import db, transaction
from ..models import (
    Action,
    Answer,
    JourneyVersion,
    Participant,
    ParticipantTag,
    Source,
    StageVisit,
    Subject,
    User,
)
from ..models.answer import Kind
from .definition import Question, read

COUNTED = (Kind.CHOICE, Kind.YES_NO, Kind.NUMBER)  # kinds whose values are told apart


class Column(NamedTuple):
    """A question of the version, by its number among all of them."""

    number: int
    stage: str
    title: str
    question: Question


class Cell(NamedTuple):
    """What somebody answered. `before`: other values that they gave themselves, newest first, where
    nobody of the team has said yet which of them is right."""

    answer: Answer
    before: Sequence[Answer]

    @property
    def is_verified(self) -> bool:
        return self.answer.confirmed_at is not None


class Line(NamedTuple):
    """Somebody, and what they answered, by the number of the column."""

    participant: Participant
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Wanted:
    """Whom the table is of; what is None asks nothing. `has`, `lacks`, `question` are columns'.

    `stage`: they stand there; `came`: they have been there, wherever they stand.
    """

    stage: str | None = None
    came: str | None = None
    tag: int | None = None
    has: Column | None = None
    lacks: Column | None = None
    question: Column | None = None
    value: str = ""


@dataclass(frozen=True)
class Summary:
    """What was answered to one question: by `number` people, of whom `verified` by hand."""

    column: Column
    number: int
    verified: int
    values: "Counter[str]"

    def numbers(self) -> list[tuple[Decimal, int]]:
        """The numbers that were answered, the smallest first, each with how often."""
        found = []
        for value, times in self.values.items():
            try:
                found.append((Decimal(value), times))
            except InvalidOperation:
                continue
        return sorted(found)

    @property
    def median(self) -> Decimal | None:
        """The one in the middle; of two the mean. None where there is none."""
        numbers = self.numbers()
        total = sum(times for _, times in numbers)
        if not total:
            return None
        low, high = _at(numbers, (total - 1) // 2), _at(numbers, total // 2)
        return low if low == high else (low + high) / 2


def columns(version: JourneyVersion) -> list[Column]:
    asked = [(stage, each) for stage in read(version.stages) for each in stage.answers]
    return [
        Column(number, stage.key, stage.name, each) for number, (stage, each) in enumerate(asked)
    ]


def lines(
    version: JourneyVersion, wanted: Wanted, limit: int, before: int | None = None
) -> list[Line]:
    """So many of them, who came last first; `before`: the id of the last one of the page before."""
    older = [] if before is None else [Participant.id < before]
    people = db.session.scalars(
        select(Participant)
        .where(*meant(version, wanted), *older)
        .order_by(Participant.id.desc())
        .limit(limit)
    ).all()
    given = _given(version, [each.id for each in people])
    asked = columns(version)
    return [Line(each, _cells(asked, given[each.id])) for each in people]


def summaries(version: JourneyVersion, wanted: Wanted) -> list[Summary]:
    """What all of them answered to each question."""
    newest = (
        select(func.max(Answer.id))
        .join(Participant, Participant.id == Answer.participant_id)
        .where(*meant(version, wanted), *_counting(version))
        .group_by(Answer.participant_id, Answer.stage, Answer.name)
    )
    value = case((Answer.kind.in_(COUNTED), Answer.value), else_="")
    rows = db.session.execute(
        select(Answer.stage, Answer.name, value, func.count(), func.count(Answer.confirmed_at))
        .where(Answer.id.in_(newest))
        .group_by(Answer.stage, Answer.name, value)
    )
    found: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for stage, name, said, number, verified in rows:
        found[stage, name].append((said, number, verified))
    return [_summary(each, found[each.stage, each.question.name]) for each in columns(version)]


def count(version: JourneyVersion, wanted: Wanted, most: int) -> int:
    """How many they are: `most` at most."""
    few = select(Participant.id).where(*meant(version, wanted)).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0


def exported(actor: User, version: JourneyVersion, number_of_filters: int) -> None:
    """Write down that `actor` takes the answers out, before any of them is given."""
    with transaction():
        what = {"version": version.number, "filters": number_of_filters}
        audit.record(actor, Action.EXPORTED, Subject.JOURNEY, version.journey_id, after=what)


def meant(version: JourneyVersion, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [Participant.journey_version_id == version.id, REAL]
    if wanted.stage is not None:
        waits = Participant.stage.is_(None) & (Participant.next_stage == wanted.stage)
        found.append((Participant.stage == wanted.stage) | waits)
    if wanted.came is not None:
        been = visits(version), StageVisit.stage == wanted.came
        found.append(exists().where(*been).correlate(Participant))
    if wanted.tag is not None:
        has = ParticipantTag.tag_id == wanted.tag, ParticipantTag.participant_id == Participant.id
        found.append(exists().where(*has))
    if wanted.has is not None:
        found.append(_answered(version, wanted.has))
    if wanted.lacks is not None:
        found.append(~_answered(version, wanted.lacks))
    if wanted.question is not None:
        found.append(_said(version, wanted.question, wanted.value))
    return found


def visits(version: JourneyVersion) -> ColumnElement[bool]:
    """Those of a participant to a stage of the journey, in whatever version of it, that count."""
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id == version.journey_id)
    theirs = StageVisit.participant_id == Participant.id
    return and_(theirs, StageVisit.version_id.in_(versions), StageVisit.superseded_at.is_(None))


def _to(version: JourneyVersion, column: Column) -> list[ColumnElement[bool]]:
    place = Answer.stage == column.stage, Answer.name == column.question.name
    return [Answer.participant_id == Participant.id, *place, *_counting(version)]


def _answered(version: JourneyVersion, column: Column) -> ColumnElement[bool]:
    return exists().where(*_to(version, column)).correlate(Participant)


def _said(version: JourneyVersion, column: Column, value: str) -> ColumnElement[bool]:
    """Whether that is what counts of them."""
    newest = (
        select(Answer.value)
        .where(*_to(version, column))
        .order_by(Answer.id.desc())
        .limit(1)
        .correlate(Participant)
    )
    return newest.scalar_subquery() == value


def _counting(version: JourneyVersion) -> list[ColumnElement[bool]]:
    of_it = JourneyVersion.journey_id == version.journey_id
    versions = select(JourneyVersion.id).where(of_it)
    return [Answer.version_id.in_(versions), Answer.superseded_at.is_(None)]


def _given(
    version: JourneyVersion, participant_ids: Sequence[int]
) -> dict[int, dict[tuple[str, str], list[Answer]]]:
    """By participant and question all that counts or did, newest first."""
    found: dict[int, dict[tuple[str, str], list[Answer]]] = defaultdict(lambda: defaultdict(list))
    rows = db.session.scalars(
        select(Answer)
        .where(Answer.participant_id.in_(participant_ids), *_counting(version))
        .options(joinedload(Answer.user))
        .order_by(Answer.id.desc())
    )
    for answer in rows:
        found[answer.participant_id][answer.stage, answer.name].append(answer)
    return found


def _cells(asked: Sequence[Column], given: dict[tuple[str, str], list[Answer]]) -> dict[int, Cell]:
    found = {}
    for each in asked:
        said = given.get((each.stage, each.question.name))
        if said:
            found[each.number] = Cell(said[0], _other(said))
    return found


def _other(said: Sequence[Answer]) -> list[Answer]:
    """The values that somebody gave before, other than the one that counts, each once."""
    newest, *earlier = said
    others: dict[str, Answer] = {}
    if newest.confirmed_at is None:
        for each in earlier:
            if each.source != Source.USER and each.value != newest.value:
                others.setdefault(each.value, each)
    return list(others.values())


def _summary(column: Column, found: Sequence[tuple[str, int, int]]) -> Summary:
    values: Counter[str] = Counter()
    for said, number, _ in found:
        values[said] += number
    verified = sum(each[2] for each in found)
    return Summary(column, values.total(), verified, values)


def _at(numbers: Sequence[tuple[Decimal, int]], place: int) -> Decimal:
    """The number at a place in the row of all that were answered."""
    for number, times in numbers:
        if place < times:
            return number
        place -= times
    raise IndexError(place)
