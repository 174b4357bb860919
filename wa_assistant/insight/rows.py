"""The rows that a figure counts, page by page: the same condition, asked for another thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, tuple_
from sqlalchemy.orm import joinedload

from ..conversation.reading import PAGE, Place
from ..database import db
from ..models import Author, Message, Participant, UnansweredQuestion
from ..models.message import IS_HEARD
from ..models.participant import IS_REAL, IS_SIMULATED, ConversationStatus
from . import conditions, funnels
from .figures import Figure
from .tally import NO, YES
from .times import Between

PEOPLE = (Figure.WAITING, Figure.ACTIVE, Figure.NEW, Figure.COMPLETED, Figure.STAGES)
AUTHORS = {
    Figure.FIRST_ANSWER: Author.ASSISTANT,
    Figure.FIRST_ANSWER_BY_PERSON: Author.USER,
}
WHOLE = {
    Figure.CAME_IN: conditions.CAME_IN,
    Figure.HOURS: conditions.CAME_IN,
    Figure.WENT_OUT: conditions.WENT_OUT,
    Figure.ANSWERED: conditions.ASKED,
    Figure.DELIVERIES: conditions.IS_OUTBOUND,
    Figure.FAILURES: conditions.FAILED,
}


@dataclass(frozen=True)
class Listed:
    """A page of participants, messages or questions, and whose these are. `waits`: for how many
    seconds that first answer was waited for, by the message's id."""

    rows: Sequence[Any]
    older: Place | None  # to give as `before` for the next page
    people: dict[int, Participant] = field(default_factory=dict)
    waits: dict[int, float] = field(default_factory=dict)


def page(figure: Figure, between: Between, part: str = "", before: Place | None = None) -> Listed:
    """`part` of what it counts, or all of it; no rows where it has no such part."""
    if figure is Figure.WAITING:
        found, older = _page(waiting(), Participant.attention_at, before, is_oldest_first=True)
    elif figure in PEOPLE:
        found, older = _page(people(figure, between, part), Participant.created_at, before)
    elif figure is Figure.UNANSWERED:
        found, older = _page(_asked_in_vain(between), UnansweredQuestion.created_at, before)
    else:
        query = _messages(figure, part, between)
        found, older = _page(query, Message.created_at, before)
    rows = [row[0] for row in found]
    waits = {row[0].id: (row[1] - row[2]).total_seconds() for row in found if len(row) > 1}
    return Listed(rows, older, _whose(rows), waits)


def number(figure: Figure, between: Between) -> int:
    """How many rows there are of people or questions, which nothing is kept of."""
    if figure is Figure.UNANSWERED:
        query = _asked_in_vain(between)
    elif figure is Figure.ACTIVE:
        query = _wrote(between).distinct()
    else:
        query = people(figure, between)
    return _number(query)


def is_anybody_known() -> bool:
    """Whether there is a real participant at all."""
    return db.session.scalar(select(Participant.id).where(IS_REAL).limit(1)) is not None


def waiting_number() -> int:
    return _number(waiting().with_only_columns(Participant.id))


def waiting() -> Select[Any]:
    """Real participants who need a person now; who is snoozed needs none yet."""
    people_ = (joinedload(Participant.assigned_to), joinedload(Participant.taken_over_by))
    called = Participant.attention_at.is_not(None)
    now = Participant.status == ConversationStatus.OPEN
    return select(Participant).where(called, now, IS_REAL).options(*people_)


def people(figure: Figure, between: Between, part: str = "") -> Select[Any]:
    query = select(Participant).where(IS_REAL)
    if figure is Figure.ACTIVE:
        return query.where(Participant.id.in_(_wrote(between)))
    if figure is Figure.NEW:
        came = (Participant.created_at >= between.since, Participant.created_at < between.until)
        return query.where(*came)
    ids = funnels.participants(between, part)
    return query.where(false() if ids is None else Participant.id.in_(ids))


def _wrote(between: Between) -> Select[Any]:
    """The ids of those real participants who wrote meanwhile, read from an index alone."""
    pretended = select(Participant.id).where(IS_SIMULATED)
    return select(Message.participant_id).where(
        IS_HEARD,
        Message.created_at >= between.since,
        Message.created_at < between.until,
        Message.participant_id.not_in(pretended),
    )


def _asked_in_vain(between: Between) -> Select[Any]:
    return (
        select(UnansweredQuestion)
        .join(UnansweredQuestion.participant)
        .where(
            IS_REAL,
            UnansweredQuestion.created_at >= between.since,
            UnansweredQuestion.created_at < between.until,
        )
    )


def _messages(figure: Figure, part: str, between: Between) -> Select[Any]:
    times = (conditions.SAID_AT, conditions.ASKED_AT) if figure in AUTHORS else ()
    query = conditions.of_real(select(Message, *times), between)
    return query.where(_condition(figure, part)).options(joinedload(Message.user))


def _condition(figure: Figure, part: str) -> ColumnElement[bool]:
    if author := AUTHORS.get(figure):
        return and_(Message.author == author, conditions.IS_FIRST_ANSWER)
    if figure is Figure.ANSWERED and part in (YES, NO):
        return conditions.ANSWERED if part == YES else conditions.NOT_ANSWERED
    if figure is Figure.DELIVERIES and part:
        return and_(conditions.IS_OUTBOUND, Message.status == part)
    if figure is Figure.FAILURES and part:
        return and_(conditions.FAILED, conditions.WHY.in_([part]))
    return WHOLE[figure]


def _page(
    query: Select[Any], at: Any, before: Place | None, *, is_oldest_first: bool = False
) -> tuple[Sequence[Any], Place | None]:
    id_ = at.class_.id
    if before:
        position, place = tuple_(at, id_), tuple_(before.at, before.id)
        query = query.where(position > place if is_oldest_first else position < place)
    order = (at, id_) if is_oldest_first else (at.desc(), id_.desc())
    found = db.session.execute(query.order_by(*order).limit(PAGE + 1)).all()
    page_, more = found[:PAGE], len(found) > PAGE
    last = page_[-1][0] if more else None
    return page_, last and Place(getattr(last, at.key), last.id)


def _number(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _whose(rows: Sequence[Any]) -> dict[int, Participant]:
    ids = {each.participant_id for each in rows if not isinstance(each, Participant)}
    found = db.session.scalars(select(Participant).where(Participant.id.in_(ids)))
    return {each.id: each for each in found} if ids else {}
