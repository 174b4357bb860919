"""Why a message did not arrive, in words a colleague can act on."""

from flask import Flask

from ..clients import errors
from ..models import Message


def init_app(app: Flask) -> None:
    app.add_template_filter(failure)


def failure(message: Message) -> str:
    """The reason in our words where we know it, else in the provider's."""
    meaning = errors.TABLE.get(message.error_code or 0)
    return str(meaning.words) if meaning else message.error or ""
