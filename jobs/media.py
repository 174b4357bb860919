from wa_assistant.assistant import attachments


def fetch(message_id: int) -> None:
    attachments.process(message_id)
