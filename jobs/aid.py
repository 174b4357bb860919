from wa_assistant.assistant.aid import write

__all__ = ["write"]
