"""What is left to do for the files of messages, a step at a time: see models.MediaStep.

A step is done outside of any transaction, from a snapshot of what it needs. Its end is written
under its claim, with the participant and the file locked, in that order.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, TextClause, case, func, literal, select

from .. import live, logs
from ..conversation import attention
from ..database import UtcDateTime, after_commit, db, transaction, utcnow
from ..models import (
    SPOKEN_LATELY,
    Attention,
    Media,
    MediaStatus,
    MediaStep,
    Message,
    Participant,
    Trouble,
)
from ..work import claims, policies
from ..work.claims import Claim, Kind
from . import files

log = logs.get(__name__)

Conditions = ColumnElement[bool] | TextClause


@dataclass(frozen=True)
class Step:
    """A step that is ours, with all it needs without the database. `since`: when the message came;
    `size`: bytes."""

    claim: Claim[Media]
    name: MediaStep
    participant_id: int
    simulated: bool
    since: datetime
    spoken_lately: bool
    url: str
    content_type: str
    file: str
    size: int


@dataclass(frozen=True)
class Ending:
    """The file and its participant, both locked, while the end of a step is written."""

    file: Media
    participant: Participant


def _buried(file: Media) -> None:
    message = db.session.get_one(Message, file.message_id)
    participant = db.session.get_one(Participant, message.participant_id)
    if file.is_kept:
        _end(file, participant, Trouble.NOT_HEARD, MediaStatus.KEPT)
    else:
        _end(file, participant, Trouble.UNREACHABLE, MediaStatus.FAILED)
    live.conversation_changed(participant.id)
    name = file.file
    after_commit(lambda: files.remove_drafts(name))


def _revived(file: Media) -> None:
    """The step it failed at is to be done: the first, unless the file is here."""
    file.error = None
    if file.is_kept:
        file.step = MediaStep.TRANSCRIBE
    else:
        file.step, file.status = MediaStep.FETCH, MediaStatus.WAITING
    message = db.session.get_one(Message, file.message_id)
    live.conversation_changed(message.participant_id)


FILES = Kind(
    policies.MEDIA,
    Media,
    left=(Media.step.is_not(None),),
    named=Media.message_id,
    since=Media.created_at,
    buried=_buried,
    revived=_revived,
)


def due(*which: Conditions) -> Sequence[int]:
    """Ids of files among `which` (conditions on files and messages) with a step to do now."""
    query = select(Media.id).join(Message, Message.id == Media.message_id)
    found = db.session.scalars(query.where(*FILES.left, claims.is_due(FILES), *which)).all()
    db.session.rollback()
    return found


def wait(*which: Conditions) -> float | None:
    """Seconds until the next step of files among `which`; None where nothing is left to do."""
    now = utcnow()
    next_one = func.min(case((claims.is_due(FILES), literal(now, UtcDateTime)), else_=Media.due_at))
    query = select(next_one).join(Message, Message.id == Media.message_id)
    at = db.session.scalar(query.where(*FILES.left, *which))
    db.session.rollback()
    return None if at is None else max(0.0, (at - now).total_seconds())


def take(media_id: int) -> Step | None:
    """Take the next step of a file upon us; None where there is none, or another has it.

    The participant is locked first here too: what is taken once too often is buried, and ended.
    """
    with transaction():
        message = db.session.scalar(select(Message).join(Media).where(Media.id == media_id))
        participant = message and _locked(message.participant_id)
        file = participant and claims.due_row(FILES, media_id)
        claim = file and claims.take_row(FILES, file)
        if not (message and participant and file and claim):
            return None
        return Step(
            claim=claim,
            name=MediaStep(str(file.step)),
            participant_id=participant.id,
            simulated=participant.simulated,
            since=message.created_at,
            spoken_lately=message.created_at > utcnow() - SPOKEN_LATELY,
            url=file.url,
            content_type=file.content_type,
            file=file.file,
            size=file.size or 0,
        )


def _locked(participant_id: int) -> Participant | None:
    """None where they were forgotten meanwhile."""
    return db.session.get(Participant, participant_id, with_for_update=True)


@contextmanager
def ending(step: Step) -> Iterator[Ending]:
    """A writing unit for what becomes of a step. Raises claims.Lost, also where the file is
    forgotten."""
    with transaction():
        participant = db.session.get_one(Participant, step.participant_id, with_for_update=True)
        file = claims.own(step.claim)
        live.conversation_changed(step.participant_id)
        yield Ending(file, participant)


def put_off(
    step: Step, trouble: Trouble, end: MediaStatus, *, most_tries: int | None = None
) -> None:
    """Try it again after a while; after the last try a person is called, and the file is `end`.

    `most_tries`: where those are fewer than the policy's.
    """
    with ending(step) as now:
        now.file.error = trouble
        if not claims.retry(FILES, now.file, most=most_tries):
            _end(now.file, now.participant, trouble, end)
            claims.finish(now.file)


def postpone(step: Step, seconds: float, at_least: datetime | None = None) -> None:
    """It is not the step's turn yet: no try is counted, and an answer waits so much longer, or
    until `at_least` then."""
    with ending(step) as now:
        if now.file.awaited_until is not None:
            longer = now.file.awaited_until + timedelta(seconds=seconds)
            now.file.awaited_until = max(longer, at_least or longer)
        claims.postpone(FILES, now.file, seconds)


def give_up(step: Step, trouble: Trouble, end: MediaStatus) -> None:
    """Leave it at that, and put it before a person."""
    with ending(step) as now:
        _end(now.file, now.participant, trouble, end)
        claims.finish(now.file)


def _end(file: Media, participant: Participant, trouble: Trouble, end: MediaStatus) -> None:
    log.warning("media given up", media=file.id, trouble=trouble)
    file.step, file.status, file.error = None, end, trouble
    heard = trouble == Trouble.NOT_HEARD
    attention.call(participant, Attention.NOT_HEARD if heard else Attention.NO_FILE)
