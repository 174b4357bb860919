from wa_assistant.assistant import reply


def answer(participant_id: int) -> None:
    reply.answer(participant_id)
