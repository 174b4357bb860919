"""What a file changes takes effect, a few lines at a time: what somebody else has changed since it
was shown stays as it is.

A line says that it is done in the writing unit that does it, so that whoever goes on after a kill
does none a second time. Each change that took effect says so, too: that is what can be undone.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ... import settings
from ...conversation import fields, tags
from ...database import db, one_at_a_time, transaction, utcnow
from ...models import (
    ConversationStatus,
    Import,
    ImportLine,
    ImportState,
    LineOutcome,
    LineReason,
    Participant,
    User,
)
from ...settings.problem import Problem
from ...work import claims
from ...work.claims import Claim
from . import present, putting
from .kind import Pace, ended
from .line import Line
from .present import Present

EFFECTIVE = (LineOutcome.NEW, LineOutcome.CHANGED)


def apply(claim: Claim[Import]) -> None:
    """All that is left of it. Raises claims.Lost."""
    pace, more = Pace(), True
    while more:
        _make_tags(claim, pace.lines)
        with pace.unit(claim) as found:
            lines = next_lines(found, pace.lines)
            if lines:
                _apply(found, lines)
                found.place = lines[-1].number
                found.done += len(lines)
            more = bool(lines)
            if not more:
                found.place, found.applied_at = 0, utcnow()
                ended(found, ImportState.APPLIED)
        db.session.expunge_all()


def next_lines(found: Import, most: int) -> Sequence[ImportLine]:
    theirs = (ImportLine.import_id == found.id, ImportLine.number > found.place)
    query = select(ImportLine).where(*theirs, ImportLine.outcome.in_(EFFECTIVE))
    return db.session.scalars(query.order_by(ImportLine.number).limit(most)).all()


def _apply(found: Import, lines: Sequence[ImportLine]) -> None:
    one_at_a_time("newcomers")  # as who writes first: see identity.py
    user = db.session.get_one(User, found.asked_by_id)
    known = present.of_lines([Line(0, [], phone=each.phone) for each in lines if _is_new(each)])
    there = {each.participant_id for each in lines if each.participant_id}
    made = _make([each for each in lines if _is_new(each) and each.key not in known])
    states = present.of_ids(there, locked=True) | made
    put = putting.Putting(user, fields.kept(), ZoneInfo(settings.current().time_zone))
    put.find_tags(_tags(lines))
    with db.session.no_autoflush:
        _put_all(found, put, lines, known, states, made)
    put.finish()


def _put_all(
    found: Import,
    put: putting.Putting,
    lines: Sequence[ImportLine],
    known: Container[str | None],
    states: Mapping[int, Present],
    made: Container[int],
) -> None:
    for line in lines:
        if _is_new(line) and line.key in known:
            _turn_down(found, line, LineReason.CAME_MEANWHILE)
        elif (now := states.get(line.participant_id or 0)) is None:
            _turn_down(found, line, LineReason.GONE_MEANWHILE)
        else:
            _put(put, line, now, is_new=line.participant_id in made)


def _make(lines: Sequence[ImportLine]) -> dict[int, Present]:
    """The participants who are new, and done as conversations: there is nothing to do in them."""
    people = [_participant(each) for each in lines]
    db.session.add_all(people)
    db.session.flush()
    for line, participant in zip(lines, people, strict=True):
        line.participant_id = participant.id
    return {each.id: Present(each, {}, {}) for each in people}


def _participant(line: ImportLine) -> Participant:
    address = f"whatsapp:{line.phone}"
    return Participant(address=address, phone=line.phone, status=ConversationStatus.DONE)


def _put(put: putting.Putting, line: ImportLine, now: Present, *, is_new: bool) -> None:
    changes = [put.change(each, now, is_new=is_new) for each in line.changes]
    line.changes, line.is_done = changes, True
    if not all(each.get("done") for each in changes):
        line.reason = LineReason.OTHER_SINCE


def _turn_down(found: Import, line: ImportLine, reason: LineReason) -> None:
    counted = str(line.outcome)
    setattr(found, counted, getattr(found, counted) - 1)
    found.rejected += 1
    found.done -= 1
    line.outcome, line.reason, line.key = LineOutcome.REJECTED, reason, None


def _is_new(line: ImportLine) -> bool:
    return line.outcome == LineOutcome.NEW


def _make_tags(claim: Claim[Import], most: int) -> None:
    """Those that the next lines give and nobody has yet, each in a writing unit of its own: a line
    may have many. Raises claims.Lost."""
    lines = next_lines(db.session.get_one(Import, claim.id), most)
    for name in putting.unknown_tags(_tags(lines)):
        with transaction():
            claims.own(claim)
            try:
                tags.find_or_make(name)
            except Problem:
                return  # there are as many as there may be: who was to have it stays without


def _tags(lines: Iterable[ImportLine]) -> list[str]:
    changes: Iterable[dict[str, Any]] = (change for line in lines for change in line.changes)
    return [name for each in changes if each["what"] == "tags" for name in each["after"]]
