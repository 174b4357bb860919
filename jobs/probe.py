from wa_assistant.operations.probe import end

__all__ = ["end"]
