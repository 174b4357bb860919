"""Rings again for what is unprocessed, unanswered, unsent or yet to be fetched.

The database is the truth and Redis only rings bells: whatever a lost bell left behind is found
here within seconds. A surplus bell is harmless, but costs as much as any other.
"""

import logging

from ..conversation.unsettled import ANSWERS
from ..delivery.keep import MESSAGES
from ..intake import webhook_log
from ..journey import progress
from ..knowledge import claims as documents
from ..knowledge import reindex, search, turns
from ..media import files
from ..models import Measurement, Trial
from ..work import claims
from ..work.queue import IMPORTS, REPLIES, backlog, later

log = logging.getLogger(__name__)

DRAIN_SECONDS = 5.0
MOST = 100  # bells in the queue: more would only make a busy hour busier
# However busy it is, who has waited longest is called, and first: perhaps their bell was lost
# with the worker that had it, and none of those in the queue is theirs.
LONGEST = 10
FULL = 1000  # and then the workers do not come to it anyway


def sweep() -> None:
    spooled = webhook_log.drain(DRAIN_SECONDS)
    webhooks = webhook_log.overdue()
    for webhook_id in webhooks:
        webhook_log.retry(webhook_id)
    room = _room(backlog(REPLIES))
    unanswered, unsent = claims.overdue(ANSWERS, room), claims.overdue(MESSAGES, room)
    unfetched, unbegun = files.overdue(room), progress.due(room)
    for participant_id in reversed(unanswered):  # the last one called stands in front
        later("jobs.reply.answer", participant_id, first=True)
    for participant_id in reversed(unsent):
        later("jobs.delivery.deliver", participant_id, first=True)
    for message_id in unfetched:
        later("jobs.media.fetch", message_id)
    for participant_id in unbegun:
        later("jobs.journey.begin", participant_id)
    _ring_for_knowledge()
    if spooled or webhooks or unanswered or unsent or unfetched or unbegun:
        log.info(
            "swept: spooled=%s webhooks=%s unanswered=%s unsent=%s unfetched=%s unbegun=%s",
            spooled,
            len(webhooks),
            len(unanswered),
            len(unsent),
            len(unfetched),
            len(unbegun),
        )


def _ring_for_knowledge() -> None:
    if backlog(IMPORTS) < MOST:
        for document_id in documents.overdue(MOST):
            later("jobs.imports.prepare", document_id)
    if reindex.overdue():
        later("jobs.imports.reindex")
    if search.is_layout_outdated():
        later("jobs.imports.lay_out")
    for measurement_id in turns.overdue(Measurement, LONGEST):
        later("jobs.imports.measure", measurement_id)
    for trial_id in turns.overdue(Trial, LONGEST):
        later("jobs.trial.answer", trial_id)


def _room(waiting: int) -> int:
    return 0 if waiting >= FULL else max(LONGEST, MOST - waiting)
