"""Files that come with messages: noted with the message, then fetched, and kept under DATA_DIR.

A file's next step is claimed by a conditional update and done outside of any transaction. Whoever
is killed over it leaves a claim that runs out, and the step is done again.
"""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from flask import current_app
from sqlalchemy import ColumnElement, TextClause, delete, func, select, update
from sqlalchemy.orm import Session

from .. import live
from ..clients import simulated
from ..conversation import attention
from ..database import after_commit, db, transaction, utcnow
from ..models import Attention, Media, MediaStatus, Message, Participant, Trouble
from ..work.queue import later

log = logging.getLogger(__name__)

Conditions = ColumnElement[bool] | TextClause

CLAIM_LIFE = timedelta(seconds=60)  # well over the longest step
MOST_CLAIMS = 12  # a file over which its worker dies each time is left alone
PAUSES_SECONDS = (2, 4, 8, 15, 60, 300)  # a file may be a little later than its webhook
PATIENCE = timedelta(seconds=60)  # of an answer to what the file came with
GRACE = timedelta(seconds=10)  # for its own bell to be heard
LONGEST_NAME = 200
NAME = re.compile(r"[^\n/\\]{1,120}\.\w{1,5}")


@dataclass(frozen=True)
class Claim:
    """A file whose next step is ours, with all it needs without the database."""

    id: int
    message_id: int
    participant_id: int
    simulated: bool
    spoken_lately: bool
    url: str
    content_type: str
    file: str
    size: int
    status: str
    attempts: int
    awaited_until: datetime | None


def add(session: Session, message: Message, found: Iterable[tuple[str, str]]) -> None:
    """Note the files of a message, as (url, content type); they are fetched after the commit."""
    # WhatsApp gives the name of a document as its text.
    name = message.body if message.kind == "document" and NAME.fullmatch(message.body) else ""
    files = [
        Media(
            message_id=message.id,
            position=position,
            url=url,
            content_type=content_type[:100],
            name=clean(name),
            file=token_hex(16),
            next_attempt_at=utcnow(),
            awaited_until=utcnow() + PATIENCE,
        )
        for position, (url, content_type) in enumerate(found)
    ]
    session.add_all(files)
    if files:
        later("jobs.media.fetch", message.id)


def clean(name: str) -> str:
    """A sender's name for a file, without paths and what could hide its ending."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(c if c.isprintable() else " " for c in last)
    return " ".join(printable.split()).strip(". ")[:LONGEST_NAME]


def path(file: str) -> Path:
    """Where a file is kept; only names drawn by `add` are ever given."""
    return folder() / file


def folder() -> Path:
    found: Path = current_app.config["DATA_DIR"] / "media"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def kept(media_id: int) -> Media | None:
    """The file, where it is kept and still there."""
    found = db.session.get(Media, media_id)
    return found if found and found.is_kept and path(found.file).is_file() else None


def due(*which: Conditions) -> Sequence[int]:
    """Ids of files among `which` (conditions on files and messages) with a step to do now."""
    query = select(Media.id).join(Message, Message.id == Media.message_id)
    found = db.session.scalars(query.where(Media.next_attempt_at <= utcnow(), *which)).all()
    db.session.rollback()
    return found


def wait(*which: Conditions) -> float | None:
    """Seconds until the next step of files among `which`; None where nothing is left to do."""
    query = select(func.min(Media.next_attempt_at)).join(Message, Message.id == Media.message_id)
    at = db.session.scalar(query.where(Media.next_attempt_at.is_not(None), *which))
    db.session.rollback()
    return None if at is None else max(0.0, (at - utcnow()).total_seconds())


def claim(media_id: int) -> Claim | None:
    """Take the next step of a file upon us; None where there is none, or another has it."""
    now = utcnow()
    with transaction() as session:
        taken = session.scalar(
            update(Media)
            .where(Media.id == media_id, Media.next_attempt_at <= now)
            .values(next_attempt_at=now + CLAIM_LIFE, attempts=Media.attempts + 1)
            .returning(Media)
            .execution_options(populate_existing=True)
        )
        if taken is None:
            return None
        message = session.get_one(Message, taken.message_id)
        participant = session.get_one(Participant, message.participant_id)
        if taken.attempts > MOST_CLAIMS:
            _leave_alone(taken, participant)
            return None
        return Claim(
            id=taken.id,
            message_id=message.id,
            participant_id=participant.id,
            simulated=participant.simulated,
            spoken_lately=message.created_at > now - timedelta(days=1),
            url=taken.url,
            content_type=taken.content_type,
            file=taken.file,
            size=taken.size or 0,
            status=taken.status,
            attempts=taken.attempts,
            awaited_until=taken.awaited_until,
        )


def _leave_alone(file: Media, participant: Participant) -> None:
    file.next_attempt_at = None
    if file.is_kept:
        file.error = Trouble.NOT_HEARD
        attention.call(participant, Attention.NOT_HEARD)
    else:
        file.status, file.error = MediaStatus.FAILED, Trouble.UNREACHABLE
        attention.call(participant, Attention.NO_FILE)


def finish(session: Session, ours: Claim, **values: object) -> bool:
    """Write down what became of a step, unless the claim has run out or the file is forgotten."""
    written = session.scalar(
        update(Media)
        .where(Media.id == ours.id, Media.attempts == ours.attempts, Media.status == ours.status)
        .values(**{"next_attempt_at": None, **values})
        .returning(Media.id)
    )
    live.changed("conversations", live.thread(ours.participant_id))
    return written is not None


def put_off(ours: Claim, trouble: Trouble, end: MediaStatus) -> None:
    """Try the step again after a while; after the last try a person is called, it is `end`."""
    if ours.attempts > len(PAUSES_SECONDS):
        give_up(ours, trouble, end)
        return
    pause = PAUSES_SECONDS[ours.attempts - 1]
    with transaction() as session:
        at = utcnow() + timedelta(seconds=pause)
        if finish(session, ours, next_attempt_at=at, error=trouble):
            later("jobs.media.fetch", ours.message_id, delay=pause)


def postpone(ours: Claim, seconds: float) -> None:
    """It is not the step's turn yet: no attempt is counted, and an answer waits so much longer."""
    pause = timedelta(seconds=seconds)
    values = {"next_attempt_at": utcnow() + pause, "attempts": ours.attempts - 1}
    if ours.awaited_until is not None:
        values["awaited_until"] = ours.awaited_until + pause
    with transaction() as session:
        if finish(session, ours, **values):
            later("jobs.media.fetch", ours.message_id, delay=seconds)


def give_up(ours: Claim, trouble: Trouble, end: MediaStatus) -> None:
    """Leave it at that, and put it before a person."""
    log.warning("media given up: media=%s trouble=%s", ours.id, trouble)
    heard = trouble == Trouble.NOT_HEARD
    with transaction() as session:
        if finish(session, ours, status=end, error=trouble):
            participant = session.get_one(Participant, ours.participant_id)
            attention.call(participant, Attention.NOT_HEARD if heard else Attention.NO_FILE)


def overdue(limit: int) -> list[int]:
    """Ids of messages with a step to do that nobody does, for the sweeper."""
    waiting = (
        select(Media.message_id)
        .where(Media.next_attempt_at < utcnow() - GRACE)
        .order_by(Media.next_attempt_at)
        .limit(limit)
    )
    return list(dict.fromkeys(db.session.scalars(waiting)))


def forget(message_ids: Sequence[int]) -> None:
    """Delete the files of these messages: their rows now, their bytes once that is committed."""
    gone = db.session.execute(
        delete(Media).where(Media.message_id.in_(message_ids)).returning(Media.file, Media.url)
    ).all()
    after_commit(lambda: _delete([(file, url) for file, url in gone]))


def _delete(files: Sequence[tuple[str, str]]) -> None:
    for file, url in files:
        simulated.detach(url)
        for each in [path(file), *folder().glob(f"{file}.*")]:
            each.unlink(missing_ok=True)
