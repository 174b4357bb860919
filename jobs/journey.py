from wa_assistant.journey.due import begin_and_deliver as begin

__all__ = ["begin"]
