"""The theme that the reader of a page chose."""

from flask import Flask
from flask_login import current_user

THEMES = ("light", "dark")


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"theme": theme()})


def theme() -> str | None:
    """The user's own choice; None where the system decides."""
    chosen = getattr(current_user, "theme", None)
    return chosen if chosen in THEMES else None
