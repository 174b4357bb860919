from wa_assistant.intake.parked import process_of as process_parked
from wa_assistant.intake.retries import retry as process
from wa_assistant.intake.webhook_log import understand

__all__ = ["process", "process_parked", "understand"]
