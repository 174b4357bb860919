"""What an import changed is taken back, as far as nobody has changed it since: that stays.

Whom it brought goes again, unless they have written or the team has done something about them.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from ... import audit
from ...conversation import fields
from ...database import db, one_at_a_time, utcnow, writing
from ...models import (
    Action,
    ConsentEvent,
    FieldValue,
    Import,
    ImportLine,
    ImportState,
    LineOutcome,
    LineReason,
    Message,
    Participant,
    ParticipantTag,
    Subject,
)
from ...work.claims import Claim
from . import present, taking
from .apply import next_lines
from .kind import Pace, ended


def undo(claim: Claim[Import]) -> None:
    """All that is left of it. Raises claims.Lost."""
    pace, more = Pace(), True
    while more:
        with pace.unit(claim) as found:
            lines = next_lines(found, pace.lines)
            if lines:
                _undo(found, [each for each in lines if each.is_done])
                found.place = lines[-1].number
            more = bool(lines)
            if not more:
                found.place, found.undone_at = 0, utcnow()
                ended(found, ImportState.UNDONE)
        db.session.expunge_all()


def _undo(found: Import, lines: Sequence[ImportLine]) -> None:
    one_at_a_time("newcomers")
    fields.kept()
    states = present.of_ids(
        {each.participant_id for each in lines if each.participant_id}, locked=True
    )
    new = {each.participant_id or 0 for each in lines if each.outcome == LineOutcome.NEW}
    stay = _why_they_stay(found, new & states.keys())
    go = [each for each in new & states.keys() if each not in stay]
    if not _delete(go):  # something rests on one of them: each by itself then
        stay |= {each: LineReason.USED_SINCE for each in go if not _delete([each])}
    for line in lines:
        now = states.get(line.participant_id or 0)
        line.is_done = False
        found.done -= 1
        if now is None:  # somebody has deleted them, or merged them into another
            line.reason = LineReason.GONE_MEANWHILE
        elif line.outcome == LineOutcome.NEW and now.participant.id not in stay:
            line.reason = None
        else:
            all_back = taking.take_back(found.asked_by_id, line.changes, now)
            line.reason = stay.get(now.participant.id) or (
                None if all_back else LineReason.OTHER_SINCE
            )
        found.kept += line.reason is not None


def _why_they_stay(found: Import, ids: Collection[int]) -> dict[int, LineReason]:
    """Of those whom the import brought, by their ids."""
    wrote = select(Message.participant_id).where(Message.participant_id.in_(ids))
    heard = select(Participant.id).where(
        Participant.id.in_(ids), Participant.last_inbound_at.is_not(None)
    )
    but = {Action.OPENED: utcnow(), Action.RECORDED_CONSENT: found.applied_at or utcnow()}
    acted = audit.about(Subject.PARTICIPANT, [str(each) for each in ids], but)
    later = select(ImportLine.participant_id).where(
        ImportLine.participant_id.in_(ids), ImportLine.import_id != found.id, ImportLine.is_done
    )
    placed = select(Participant.id).where(
        Participant.id.in_(ids),
        or_(Participant.journey_version_id.is_not(None), Participant.assigned_to_id.is_not(None)),
    )
    used = {each for query in (later, placed) for each in db.session.scalars(query) if each}
    spoke = {each for query in (wrote, heard) for each in db.session.scalars(query)}
    reasons = dict.fromkeys(used | set(map(int, acted)), LineReason.USED_SINCE)
    return reasons | dict.fromkeys(spoke, LineReason.WROTE_SINCE)


def _delete(ids: Sequence[int]) -> bool:
    """They go, with what the import said of them; False where something else rests on them."""
    session = writing()
    try:
        with session.begin_nested():
            for table in (FieldValue, ParticipantTag, ConsentEvent):
                session.execute(delete(table).where(table.participant_id.in_(ids)))
            gone = delete(Participant).where(Participant.id.in_(ids))
            session.execute(gone.execution_options(synchronize_session=False))
    except IntegrityError:
        return False
    return True
