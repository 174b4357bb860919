from wa_assistant.assistant.reply import answer_and_deliver as answer

__all__ = ["answer"]
