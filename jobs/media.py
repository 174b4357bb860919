from wa_assistant.media import attachments


def fetch(message_id: int) -> None:
    attachments.process(message_id)
