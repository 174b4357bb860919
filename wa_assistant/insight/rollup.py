"""Keeps the counts that figures are added up from, a while after it was said and without a step of
a message knowing of it.

What is two hours old is counted once, by slots, and slots are added up to the team's days. Who
changes a message that is older than an hour leaves a mark, by a trigger; its slot is counted anew.
So a receipt that comes late, an answer that a colleague writes the day after and a message that is
found late are all in the figures a minute later. Where the team moves to another zone its days are
added up anew.

Each step is a writing unit of its own and small, and may be done twice or stopped anywhere:
whatever is not counted yet, figures count themselves (counting.py).
"""

import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import delete, func, insert, literal, select

from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Author, FigureChange, FigureCount, FigureState, Message, Settlement, Step
from ..models.figure import no_state
from ..models.message import NEVER_SAID
from .conditions import WHO_ANSWER
from .counting import team_zone
from .tally import pieces
from .times import SLOT, Between, day_of, day_start, day_starts, moment, seconds, slot_of

YOUNG = timedelta(hours=2)  # an hour more than what is changed without a mark (migration 0015)
MESSAGES = 1_000  # that are counted in one writing unit
TOGETHER = 24  # slots that are counted anew in one
MARKS = 200  # that are read in one
MANY = 20_000  # marks, as somebody leaves who fills in what was said before
DAYS = 10  # that are added up in one
LONGEST_SECONDS = 30.0


class Mark(NamedTuple):
    at: int
    participant_id: int | None
    message_id: int | None


def roll_up(most_seconds: float = LONGEST_SECONDS) -> None:
    """Count what has become old enough and what has changed, as far as the time allows."""
    ends = time.monotonic() + most_seconds
    for step in (_correct, _advance, _add_up_days):
        while step() and time.monotonic() < ends:
            pass


def rebuild() -> None:
    """Count everything anew, from the first message on."""
    with transaction():
        _begin_anew(_locked())
    roll_up(float("inf"))


def _locked() -> FigureState:
    one_at_a_time("figures")
    state = db.session.get(FigureState, 1, populate_existing=True)
    if state is None:
        db.session.add(state := no_state())
    return state


def _begin_anew(state: FigureState) -> None:
    """What is kept is cleared as it is counted again. All that was changed before this is."""
    state.slots_until = state.days_until = 0
    db.session.execute(delete(FigureChange))


def _advance() -> bool:
    """Count the next slots that are old enough; whether there are more."""
    with transaction():
        state = _locked()
        end = slot_of(utcnow() - YOUNG)
        if state.slots_until >= end:
            return False
        begin, until = _next(state.slots_until, end)
        _clear(Step.SLOT, state.slots_until, until)
        _count(begin, until)
        state.slots_until = until
        return until < end


def _next(since: int, end: int) -> tuple[int, int]:
    """From when until when there are so many messages as are counted at once, `end` at most."""
    later = select(Message.created_at).where(Message.created_at >= moment(since))
    in_order = later.order_by(Message.created_at).limit(1)
    first, last = (db.session.scalar(in_order.offset(skipped)) for skipped in (0, MESSAGES))
    begin = min(end, slot_of(first)) if first else end
    return begin, min(end, max(slot_of(last), begin + SLOT)) if last else end


def _correct() -> bool:
    """Count the slots anew in which something has changed; whether there is more."""
    with transaction():
        state = _locked()
        if state.slots_until == 0 or _are_many():
            _begin_anew(state)
        marks = _taken()
        if not marks:
            return False
        changed = {each.at // SLOT * SLOT for each in marks} | _depending(marks)
        old = sorted(at for at in changed if at < state.slots_until)
        for at in old[:TOGETHER]:
            _clear(Step.SLOT, at, at + SLOT)
            _count(at, at + SLOT)
        if old[TOGETHER:]:
            db.session.execute(insert(FigureChange), [{"at": at} for at in old[TOGETHER:]])
        _add_up_anew(old[:TOGETHER], state)
        return True


def _are_many() -> bool:
    """Whether so much has changed that all is sooner counted again."""
    some = select(FigureChange.id).limit(MANY)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) == MANY


def _taken() -> Sequence[Mark]:
    """The oldest marks, which are gone with this writing unit."""
    oldest = select(FigureChange.id).order_by(FigureChange.id).limit(MARKS).scalar_subquery()
    gone = delete(FigureChange).where(FigureChange.id.in_(oldest))
    columns = (FigureChange.at, FigureChange.participant_id, FigureChange.message_id)
    return [Mark(*row) for row in db.session.execute(gone.returning(*columns))]


def _depending(marks: Sequence[Mark]) -> set[int]:
    """The slots of messages of which something else is told now: the first answer after one that
    has changed, and what a colleague has answered by it."""
    changed = defaultdict[int | None, set[int]](set)
    for each in marks:
        if each.message_id:
            changed[each.participant_id].add(each.message_id)
    found: set[int] = set()
    for who, ids in changed.items():
        theirs = select(Message.created_at).where(Message.participant_id == who)
        said = theirs.where(Message.status.not_in(NEVER_SAID))
        by_a_person = said.where(Message.author == Author.USER, Message.id < min(ids))
        before = by_a_person.with_only_columns(func.coalesce(func.max(Message.id), 0))
        # All that may be left between the first of them and the last: there may be thousands.
        left = theirs.where(
            Message.id < max(ids),
            Message.id > before.scalar_subquery(),
            Message.settlement == Settlement.WITH_A_PERSON,
        )
        answers = said.where(Message.author.in_(WHO_ANSWER)).order_by(Message.id).limit(1)
        following = [answers.where(Message.id > id_) for id_ in ids]
        queries = (left, *following)
        found |= {slot_of(at) for query in queries for at in db.session.scalars(query)}
    return found


def _add_up_days() -> bool:
    """Add the slots of the next days up; whether there are more."""
    with transaction():
        state, zone = _locked(), team_zone()
        if state.zone != zone.key:
            db.session.execute(delete(FigureCount).where(FigureCount.step == Step.DAY))
            state.zone, state.days_until = zone.key, 0
        later = (FigureCount.step == Step.SLOT, FigureCount.at >= state.days_until)
        first = db.session.scalar(select(func.min(FigureCount.at)).where(*later))
        if first is None:
            return False
        begin = seconds(day_start(day_of(first, zone), zone))
        starts = list(day_starts(begin, state.slots_until, zone))[: DAYS + 1]
        if len(starts) < 2:
            return False
        _clear(Step.DAY, state.days_until, starts[-1])
        for since, until in pairwise(starts):
            _add_up(since, until)
        state.days_until = starts[-1]
        return True


def _add_up_anew(slots: Collection[int], state: FigureState) -> None:
    zone = team_zone()
    if state.zone != zone.key:
        return  # all of them will be
    for day in sorted({day_of(at, zone) for at in slots if at < state.days_until}):
        since, until = (seconds(day_start(each, zone)) for each in (day, day + timedelta(days=1)))
        _clear(Step.DAY, since, until)
        _add_up(since, until)


def _clear(step: Step, since: int, until: int) -> None:
    here = (FigureCount.step == step, FigureCount.at >= since, FigureCount.at < until)
    db.session.execute(delete(FigureCount).where(*here))


def _count(since: int, until: int) -> None:
    found = pieces([Between(moment(since), moment(until))])
    if found:
        rows = [{"step": Step.SLOT, **each._asdict()} for each in found]
        db.session.execute(insert(FigureCount), rows)


def _add_up(since: int, until: int) -> None:
    """The slots of a day."""
    columns = (FigureCount.name, FigureCount.part)
    sums = (
        select(literal(Step.DAY.value), literal(since), *columns, func.sum(FigureCount.number))
        .where(FigureCount.step == Step.SLOT, FigureCount.at >= since, FigureCount.at < until)
        .group_by(*columns)
    )
    names = ["step", "at", "name", "part", "number"]
    db.session.execute(insert(FigureCount).from_select(names, sums))
