"""Fetches one file from whoever has it and puts it in its place, whole or not at all."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom, BufferedReader
from pathlib import Path
from typing import Any

from ..clients import simulated
from ..clients.files import Elsewhere, FetchError, NotThere, Source, TooLarge
from ..conversation import attention
from ..database import db, utcnow
from ..models import Attention, MediaStatus, MediaStep, Message, Trouble
from ..work import claims
from ..work.apart import Busy
from . import cards, files, may_hear, recordings, sniff, steps
from .steps import Step

# Between two tries while others' recordings are read: it is fetched anew for each.
LEAST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds
MOST_BYTES = 16 * 1024 * 1024  # what WhatsApp itself takes for all but documents
REFUSALS: dict[type[Exception], Trouble] = {
    Elsewhere: Trouble.ELSEWHERE,
    TooLarge: Trouble.TOO_LARGE,
    sniff.Disguised: Trouble.DISGUISED,
    sniff.Program: Trouble.PROGRAM,
}


def fetch(step: Step) -> None:
    """Do the first step of a file. Raises claims.Lost."""
    files.remove_drafts(step.file)
    draft = files.draft(step.file, step.claim.token)
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            _fetch(step, draft, file)
    except tuple(REFUSALS) as error:
        steps.give_up(step, REFUSALS[type(error)], MediaStatus.REFUSED)
    except FetchError as error:
        absent = isinstance(error, NotThere)
        trouble = Trouble.NOT_THERE if absent else Trouble.UNREACHABLE
        steps.put_off(step, trouble, MediaStatus.FAILED)
    except Busy:
        _await_turn(step)
    finally:
        draft.unlink(missing_ok=True)


def _await_turn(step: Step) -> None:
    """The longer it has waited, the longer it waits; its answer waits no longer for that."""
    with steps.ending(step) as now:
        waited = (utcnow() - step.since).total_seconds()
        claims.postpone(steps.FILES, now.file, min(max(LEAST_PAUSE, waited / 2), LONGEST_PAUSE))


def _fetch(step: Step, draft: Path, file: BufferedRandom) -> None:
    fetched = _source(step).fetch(step.url, file, MOST_BYTES)
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    claimed = fetched.content_type or step.content_type
    head = file.read(sniff.HEAD)
    kind = sniff.content_type(head, claimed)
    found: dict[str, Any] = {"content_type": kind, "error": None}
    if kind in sniff.CARDS:
        file.seek(0)
        found["cards"] = cards.read(file.read(cards.MOST_BYTES))
    if fetched.name:
        found["name"] = files.clean(fetched.name)
    if recordings.is_to_be_looked_at(kind, claimed, head):
        with _converted(draft) as converted:
            recording = recordings.look(draft, kind, converted)
            found["content_type"] = recording.content_type
            found["error"] = None if recording.heard else Trouble.NOT_HEARD
            if recording.converted and converted.exists():  # else it was forgotten meanwhile
                with converted.open("rb") as written:
                    os.fsync(written.fileno())
                    _keep(step, converted, found | _measured(written), ending=".ogg")
                return
    _keep(step, draft, found | _measured(file))


@contextmanager
def _converted(draft: Path) -> Iterator[Path]:
    """Where what is converted is written."""
    path = draft.with_name(f"{draft.name}.converted")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _measured(file: BufferedReader | BufferedRandom) -> dict[str, Any]:
    file.seek(0)
    size = os.fstat(file.fileno()).st_size
    return {"size": size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _keep(step: Step, path: Path, found: dict[str, Any], ending: str = "") -> None:
    """`ending`: what its name is to end in, where it is of another make than it was."""
    with steps.ending(step) as now:
        for column, value in found.items():
            setattr(now.file, column, value)
        if ending and now.file.name:
            now.file.name = Path(now.file.name).with_suffix(ending).name
        now.file.status = MediaStatus.KEPT
        is_spoken = now.file.family == "audio"
        hears = is_spoken and step.spoken_lately and not found["error"]
        may_be_heard = hears and may_hear.unasked(now.participant)
        now.file.step = MediaStep.TRANSCRIBE if may_be_heard else None
        claims.finish(now.file)
        if found["error"]:
            attention.call(now.participant, Attention.NOT_HEARD)
        if is_spoken and step.content_type.startswith("video/"):
            db.session.get_one(Message, now.file.message_id).kind = "audio"
        # In place before the commit: a row never speaks of a file that is not there.
        path.replace(files.path(step.file))
    if step.simulated:
        simulated.detach(step.url)


def _source(step: Step) -> Source:
    if step.simulated:
        return simulated
    from ..clients import twilio_media  # the web process has no use for it

    return twilio_media
