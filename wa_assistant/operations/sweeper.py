"""Rings again for what is unprocessed, unanswered or unsent.

The database is the truth and Redis only rings bells: whatever a lost bell left behind is found
here within seconds. A surplus bell is harmless.
"""

import logging

from ..messaging import journal, outbox, unsettled
from ..queue import REPLIES, backlog, later

log = logging.getLogger(__name__)

DRAIN_SECONDS = 5.0
MOST = 100  # bells in the queue: more would only make a busy hour busier


def sweep() -> None:
    spooled = journal.drain(DRAIN_SECONDS)
    webhooks = journal.overdue()
    for webhook_id in webhooks:
        journal.retry(webhook_id)
    room = max(0, MOST - backlog(REPLIES))
    unanswered, unsent = unsettled.overdue(room), outbox.overdue(room)
    for participant_id in unanswered:
        later("jobs.reply.answer", participant_id)
    for participant_id in unsent:
        later("jobs.delivery.deliver", participant_id)
    if spooled or webhooks or unanswered or unsent:
        log.info(
            "swept: spooled=%s webhooks=%s unanswered=%s unsent=%s",
            spooled,
            len(webhooks),
            len(unanswered),
            len(unsent),
        )
