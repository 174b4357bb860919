from wa_assistant.notify.email import send as send_email

__all__ = ["send_email"]
