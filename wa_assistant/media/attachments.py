"""What came besides words: fetched, and written down where it was spoken, before it is answered."""

import time

from sqlalchemy import ColumnElement, TextClause

from .. import logs
from ..conversation import unsettled
from ..database import utcnow
from ..models import Media, MediaStep
from ..work import claims
from ..work.faults import NOT_OURS
from . import download, steps, transcribe

log = logs.get(__name__)

GLANCE_SECONDS = 2.0  # between two looks at what another worker does
LONGEST_SECONDS = 15.0  # a job that took so long leaves the answer to a new one


def prepare(participant_id: int) -> float | None:
    """Fetch what the unanswered messages came with. None: all is there, or not worth waiting for.

    Otherwise the seconds after which to look again: the worker is not kept waiting.
    """
    started = time.monotonic()
    while found := steps.due(*_awaited(participant_id)):
        for media_id in found:
            _step(media_id, for_an_answer=True)
            if time.monotonic() - started > LONGEST_SECONDS:
                return 0.1
    rest = steps.wait(*_awaited(participant_id))
    return None if rest is None else max(0.1, min(rest, GLANCE_SECONDS))


def process(message_id: int) -> None:
    """Do what is due for the files of a message."""
    for _ in range(2):  # fetched, and then written down
        for media_id in steps.due(Media.message_id == message_id):
            _step(media_id)


def _awaited(participant_id: int) -> tuple[ColumnElement[bool] | TextClause, ...]:
    now = utcnow()
    return (*unsettled.of(participant_id), Media.awaited_until > now, Media.created_at <= now)


def _step(media_id: int, *, for_an_answer: bool = False) -> None:
    """Do the step of a file that is due, if it is ours.

    `for_an_answer`: a fault of ours is counted against the file, and goes no further.
    """
    step = steps.take(media_id)
    if step is None:
        return
    try:
        with claims.working(step.claim):
            if step.name == MediaStep.FETCH:
                download.fetch(step)
            else:
                transcribe.write_down(step)
    except NOT_OURS:
        raise
    except Exception:
        if not for_an_answer:
            raise
        log.exception("a fault over a file", media=media_id)
