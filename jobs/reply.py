from wa_assistant.assistant import reply
from wa_assistant.messaging import outbox


def answer(participant_id: int) -> None:
    reply.answer(participant_id)
    # At once: the answer's own bell stands at the end of what may be a long queue.
    outbox.deliver(participant_id)
