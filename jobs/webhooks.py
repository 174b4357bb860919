from wa_assistant.intake import webhook_log


def process(webhook_id: int) -> None:
    webhook_log.retry(webhook_id)


def process_parked(message_id: int) -> None:
    webhook_log.process_parked(message_id)
