"""Which models the server has, and until when: asked in the background alone."""

from typing import Any

import openai

from . import objections
from .openai import connect

SECONDS = 15.0
MOST = 1_000


def listed() -> dict[str, str]:
    """By the name of each model the day on which it is shut down, as the server writes it; "" where
    it says none. Raises ModelError."""
    try:
        found = connect().with_options(timeout=SECONDS).models.list()
        named = [(str(each.id), _shutdown(each)) for each in found.data[:MOST]]
    except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
        raise objections.classified(error) from error
    return dict(named)


def _shutdown(model: Any) -> str:
    return str(getattr(model, "shutdown_date", None) or "")
