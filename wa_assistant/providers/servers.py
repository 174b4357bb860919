"""What was learned about the model's server, for owners: looked at, and forgotten."""

from contextlib import suppress
from typing import NamedTuple

from flask import current_app
from redis.exceptions import RedisError
from sqlalchemy import select

from .. import audit, settings
from ..clients import learned
from ..database import db, transaction
from ..models import Action, AiCall, Outcome, Subject, User

# With these a call ended without any answer of the model.
UNHEARD = (Outcome.RATE_LIMITED, Outcome.QUOTA_SPENT, Outcome.UNAVAILABLE, Outcome.REJECTED)


class Known(NamedTuple):
    """A model, and the facts about it on its server, the newest first."""

    model: str
    facts: list[learned.Fact]


def known() -> list[Known]:
    """Of each model that is asked; without facts where Redis is away."""
    return [Known(model, learned.facts(model)) for model in _models()]


def has_answered() -> bool:
    """Whether the model that answers has ever answered a call for a participant."""
    model = settings.model_of(settings.current())
    answered = select(AiCall.id).where(AiCall.model == model, AiCall.outcome.not_in(UNHEARD))
    return db.session.scalar(answered.limit(1)) is not None


def forget(actor: User) -> bool:
    """Have everything found out anew with the next call; whether there was anything."""
    before = {}
    with suppress(RedisError):  # without it nothing is remembered
        before = {model: facts for model in _models() if (facts := learned.forget(model))}
    if before:
        with transaction():
            server = current_app.config["OPENAI_BASE_URL"] or ""
            audit.record(actor, Action.FORGOT, Subject.MODEL_SERVER, server[:255], before=before)
    return bool(before)


def _models() -> list[str]:
    embedding = current_app.config["OPENAI_EMBEDDING_MODEL"]
    return list(dict.fromkeys((settings.model_of(settings.current()), embedding)))
