from wa_assistant.intake.webhook_log import process_parked
from wa_assistant.intake.webhook_log import retry as process

__all__ = ["process", "process_parked"]
