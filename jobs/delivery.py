from wa_assistant.delivery.send import deliver

__all__ = ["deliver"]
