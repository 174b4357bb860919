from wa_assistant.journey.progress import begin_and_deliver as begin

__all__ = ["begin"]
