"""Fetches one file from whoever has it and puts it in its place, whole or not at all."""

import hashlib
import os
from io import BufferedRandom
from pathlib import Path
from typing import Any

from ..clients import simulated
from ..clients.files import Elsewhere, FetchError, NotThere, Source, TooLarge
from ..conversation import attention
from ..models import Attention, MediaStatus, MediaStep, Trouble
from ..work import claims
from . import files, may_hear, sniff, steps
from .steps import Step

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
    finally:
        draft.unlink(missing_ok=True)


def _fetch(step: Step, draft: Path, file: BufferedRandom) -> None:
    fetched = _source(step).fetch(step.url, file, MOST_BYTES)
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    claimed = fetched.content_type or step.content_type
    kind = sniff.content_type(file.read(sniff.HEAD), claimed)
    file.seek(0)
    unheard = kind == sniff.UNKNOWN and claimed.startswith("audio/")
    found = {
        "content_type": kind,
        "error": Trouble.NOT_HEARD if unheard else None,
        "size": os.fstat(file.fileno()).st_size,
        "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
    }
    if fetched.name:
        found["name"] = files.clean(fetched.name)
    _keep(step, draft, found)


def _keep(step: Step, draft: Path, found: dict[str, Any]) -> None:
    with steps.ending(step) as now:
        for column, value in found.items():
            setattr(now.file, column, value)
        now.file.status = MediaStatus.KEPT
        hears = now.file.family == "audio" and step.spoken_lately
        may_be_heard = hears and may_hear.unasked(now.participant)
        now.file.step = MediaStep.TRANSCRIBE if may_be_heard else None
        claims.finish(now.file)
        if found["error"]:
            attention.call(now.participant, Attention.NOT_HEARD)
        # In place before the commit: a row never speaks of a file that is not there.
        draft.replace(files.path(step.file))
    if step.simulated:
        simulated.detach(step.url)


def _source(step: Step) -> Source:
    if step.simulated:
        return simulated
    from ..clients import twilio_media  # the web process has no use for it

    return twilio_media
