from wa_assistant.media.attachments import process as fetch

__all__ = ["fetch"]
