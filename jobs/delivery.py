from wa_assistant.messaging import outbox


def deliver(participant_id: int) -> None:
    outbox.deliver(participant_id)
