"""Fetches one file from whoever has it and puts it in its place, whole or not at all."""

import hashlib
import os
from io import BufferedRandom
from pathlib import Path
from typing import Any

from flask import current_app

from ..clients import simulated
from ..clients.files import Elsewhere, FetchError, NotThere, Source, TooLarge
from ..conversation import attention
from ..database import transaction, utcnow
from ..models import Attention, MediaStatus, Participant, Trouble
from ..privacy import consent
from . import files, sniff

MOST_BYTES = 16 * 1024 * 1024  # what WhatsApp itself takes for all but documents
REFUSALS: dict[type[Exception], Trouble] = {
    Elsewhere: Trouble.ELSEWHERE,
    TooLarge: Trouble.TOO_LARGE,
    sniff.Disguised: Trouble.DISGUISED,
    sniff.Program: Trouble.PROGRAM,
}


def fetch(claim: files.Claim) -> None:
    """Do the first step of a claimed file."""
    draft = files.path(f"{claim.file}.{claim.attempts}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            _fetch(claim, draft, file)
    except tuple(REFUSALS) as error:
        files.give_up(claim, REFUSALS[type(error)], MediaStatus.REFUSED)
    except FetchError as error:
        absent = isinstance(error, NotThere)
        trouble = Trouble.NOT_THERE if absent else Trouble.UNREACHABLE
        files.put_off(claim, trouble, MediaStatus.FAILED)
    finally:
        _sweep(claim)


def _fetch(claim: files.Claim, draft: Path, file: BufferedRandom) -> None:
    fetched = _source(claim).fetch(claim.url, file, MOST_BYTES)
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    claimed = fetched.content_type or claim.content_type
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
    _keep(claim, draft, found)


def _keep(claim: files.Claim, draft: Path, found: dict[str, Any]) -> None:
    spoken = found["content_type"].startswith("audio/") and claim.spoken_lately
    heard = spoken and current_app.config["OPENAI_CONNECTED"]
    with transaction() as session:
        whose = session.get_one(Participant, claim.participant_id)
        heard = heard and consent.may_be_processed(session, whose)
        ours = files.finish(
            session,
            claim,
            status=MediaStatus.KEPT,
            attempts=0,
            # A voice message is yet to be written down, where there is a model to do it and
            # its speaker has not stopped or is yet to agree.
            next_attempt_at=utcnow() if heard else None,
            **found,
        )
        if ours:  # in place before the commit: a row never speaks of a file that is not there
            draft.replace(files.path(claim.file))
            if found["error"]:
                participant = session.get_one(Participant, claim.participant_id)
                attention.call(participant, Attention.NOT_HEARD)
    if ours and claim.simulated:
        simulated.detach(claim.url)


def _sweep(claim: files.Claim) -> None:
    """Remove our draft, and those of earlier attempts that were killed."""
    for left in files.folder().glob(f"{claim.file}.*"):
        if int(left.suffix[1:]) <= claim.attempts:
            left.unlink(missing_ok=True)


def _source(claim: files.Claim) -> Source:
    if claim.simulated:
        return simulated
    from ..clients import twilio_media  # the web process has no use for it

    return twilio_media
