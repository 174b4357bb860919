"""Fetches one file from whoever has it and puts it in its place, whole or not at all."""

import hashlib
import os
from pathlib import Path

from flask import current_app

from ..clients import simulated
from ..clients.files import (
    Elsewhere,
    Fetched,
    FetchError,
    NotThere,
    Source,
    TooLarge,
)
from ..database import transaction, utcnow
from ..models import MediaStatus, Trouble
from . import media, sniff

MOST_BYTES = 16 * 1024 * 1024  # what WhatsApp itself takes for all but documents
REFUSALS: dict[type[Exception], Trouble] = {
    Elsewhere: Trouble.ELSEWHERE,
    TooLarge: Trouble.TOO_LARGE,
    sniff.Disguised: Trouble.DISGUISED,
    sniff.Program: Trouble.PROGRAM,
}


def fetch(claim: media.Claim) -> None:
    """Do the first step of a claimed file."""
    draft = media.path(f"{claim.file}.{claim.attempts}")
    try:
        fetched = _download(claim, draft)
        kind = _kind(draft, fetched.content_type or claim.content_type)
        _keep(claim, draft, kind, fetched.name)
    except tuple(REFUSALS) as error:
        media.give_up(claim, REFUSALS[type(error)], MediaStatus.REFUSED)
    except FetchError as error:
        absent = isinstance(error, NotThere)
        trouble = Trouble.NOT_THERE if absent else Trouble.UNREACHABLE
        media.put_off(claim, trouble, MediaStatus.FAILED)
    finally:
        for left in media.folder().glob(f"{claim.file}.*"):
            left.unlink(missing_ok=True)


def _download(claim: media.Claim, draft: Path) -> Fetched:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        fetched = _source(claim).fetch(claim.url, file, MOST_BYTES)
        file.flush()
        os.fsync(file.fileno())
    return fetched


def _source(claim: media.Claim) -> Source:
    if claim.simulated:
        return simulated
    from ..clients import twilio_media  # the web process has no use for it

    return twilio_media


def _kind(draft: Path, claimed: str) -> str:
    with draft.open("rb") as file:
        return sniff.content_type(file.read(sniff.HEAD), claimed)


def _keep(claim: media.Claim, draft: Path, kind: str, name: str) -> None:
    with draft.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    spoken = kind.startswith("audio/") and claim.spoken_lately
    with transaction() as session:
        ours = media.finish(
            session,
            claim,
            status=MediaStatus.KEPT,
            content_type=kind,
            **({"name": media.clean(name)} if name else {}),
            size=draft.stat().st_size,
            sha256=sha256,
            error=None,
            attempts=0,
            # A voice message is yet to be written down, where there is a model to do it.
            next_attempt_at=utcnow() if spoken and current_app.config["OPENAI_CONNECTED"] else None,
        )
        if ours:  # in place before the commit: a row never speaks of a file that is not there
            draft.replace(media.path(claim.file))
    if ours and claim.simulated:
        simulated.detach(claim.url)
