"""What a minute has room for: the calls to models of all workers, and their tokens."""

from flask import current_app

from ..work import rates
from ..work.rates import Share

MINUTE = 60


def wait(tokens: int) -> float:
    """Seconds until a call of so many tokens may be made; 0: now, and it is counted."""
    config = current_app.config
    return rates.take(
        MINUTE,
        Share("model.requests", config["OPENAI_REQUESTS_PER_MINUTE"]),
        Share("model.tokens", config["OPENAI_TOKENS_PER_MINUTE"], tokens),
    )
