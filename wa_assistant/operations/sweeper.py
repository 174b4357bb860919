"""Rings again for what is unprocessed, unanswered, unsent or yet to be fetched.

The database is the truth and Redis only rings bells: whatever a lost bell left behind is found
here within seconds. A surplus bell is harmless.
"""

import logging

from ..messaging import journal, media, outbox, unsettled
from ..queue import REPLIES, backlog, later

log = logging.getLogger(__name__)

MOST = 100  # bells in the queue: more would only make a busy hour busier


def sweep() -> None:
    webhooks = journal.overdue()
    for webhook_id in webhooks:
        journal.process(webhook_id)
    room = max(0, MOST - backlog(REPLIES))
    unanswered, unsent = unsettled.overdue(room), outbox.overdue(room)
    unfetched = media.overdue(room)
    for participant_id in unanswered:
        later("jobs.reply.answer", participant_id)
    for participant_id in unsent:
        later("jobs.delivery.deliver", participant_id)
    for message_id in unfetched:
        later("jobs.media.fetch", message_id)
    if webhooks or unanswered or unsent or unfetched:
        log.info(
            "swept: webhooks=%s unanswered=%s unsent=%s unfetched=%s",
            len(webhooks),
            len(unanswered),
            len(unsent),
            len(unfetched),
        )
