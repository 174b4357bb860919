from wa_assistant.delivery import send
from wa_assistant.journey import progress


def begin(participant_id: int) -> None:
    progress.begin_due(participant_id)
    send.deliver(participant_id)
