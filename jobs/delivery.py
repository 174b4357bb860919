from wa_assistant.delivery import send


def deliver(participant_id: int) -> None:
    send.deliver(participant_id)
