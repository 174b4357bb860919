"""Files that come with messages: noted with the message, and kept under DATA_DIR.

What is to be done for them, steps.py tells.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from flask import current_app
from sqlalchemy import delete, select

from ..clients import simulated
from ..database import after_commit, db, utcnow
from ..models import Media, MediaStep, Message, characters
from ..work.queue import later

PATIENCE = timedelta(seconds=60)  # of an answer to what the file came with
LONGEST_NAME = 200
NAME = re.compile(r"[^\n/\\]{1,120}\.\w{1,5}")


def add(message: Message, found: Iterable[tuple[str, str]]) -> None:
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
            step=MediaStep.FETCH,
            awaited_until=utcnow() + PATIENCE,
        )
        for position, (url, content_type) in enumerate(found)
    ]
    db.session.add_all(files)
    if files:
        later("jobs.media.fetch", message.id)


def clean(name: str) -> str:
    """A sender's name for a file, without paths and what could hide its ending."""
    last = re.split(r"[/\\]", name)[-1]
    return characters.seen_in_a_line(last).strip(". ")[:LONGEST_NAME]


def path(file: str) -> Path:
    """Where a file is kept; only names drawn by `add` are ever given."""
    return folder() / file


def folder() -> Path:
    found: Path = current_app.config["DATA_DIR"] / "media"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def draft(file: str, token: str) -> Path:
    """Where the worker whose claim has this token writes it until it is whole."""
    return folder() / f"{file}.{token}"


def remove_drafts(file: str) -> None:
    """Those of workers that were killed over it; who still writes one has lost the claim."""
    for each in folder().glob(f"{file}.*"):
        each.unlink(missing_ok=True)


def kept(media_id: int) -> Media | None:
    """The file, where it is kept and still there."""
    found = db.session.get(Media, media_id)
    return found if found and found.is_kept and path(found.file).is_file() else None


def conversation(file: Media) -> int:
    """The id of the participant whose conversation it is in."""
    whose = select(Message.participant_id).where(Message.id == file.message_id)
    found: int = db.session.scalars(whose).one()
    return found


def forget(message_ids: Sequence[int]) -> None:
    """Delete the files of these messages: their rows now, their bytes once that is committed."""
    gone = db.session.execute(
        delete(Media).where(Media.message_id.in_(message_ids)).returning(Media.file, Media.url)
    ).all()
    after_commit(lambda: _delete([(file, url) for file, url in gone]))


def _delete(files: Sequence[tuple[str, str]]) -> None:
    for file, url in files:
        simulated.detach(url)
        path(file).unlink(missing_ok=True)
        remove_drafts(file)
