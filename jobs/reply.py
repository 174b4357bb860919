from wa_assistant.assistant import reply
from wa_assistant.delivery import send


def answer(participant_id: int) -> None:
    reply.answer(participant_id)
    # At once: the answer's own bell stands at the end of what may be a long queue.
    send.deliver(participant_id)
