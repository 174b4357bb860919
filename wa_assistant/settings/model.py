"""Which model answers: the one an owner chose, or else the environment's."""

from flask import current_app

from .definitions import Settings


def of(now: Settings) -> str:
    return now.model or default()


def default() -> str:
    return str(current_app.config["OPENAI_MODEL"])
