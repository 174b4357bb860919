from wa_assistant.assistant.trial import answer

__all__ = ["answer"]
