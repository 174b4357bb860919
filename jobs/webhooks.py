from wa_assistant.intake import webhook_log


def process_parked(message_id: int) -> None:
    webhook_log.process_parked(message_id)
