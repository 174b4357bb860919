from wa_assistant.journey import progress
from wa_assistant.messaging import outbox


def begin(participant_id: int) -> None:
    progress.begin_due(participant_id)
    outbox.deliver(participant_id)
