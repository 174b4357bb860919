"""What was learned about a server and a model: which parameters it refuses, and what instead.

Kept in Redis for a day, each fact with its time. Without Redis nothing is remembered, and each
call finds out anew.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app
from redis.exceptions import RedisError
from redis.utils import str_if_bytes as as_text

from .. import logs
from ..live import bells

log = logs.get(__name__)

MEMORY_SECONDS = 24 * 3600
KEY = "wa_assistant:learned:%s:%s"  # of a server and a model
FORM = "response_format"
FORMS = JSON_SCHEMA, JSON_OBJECT, WORDS = "json_schema", "json_object", "words"
THINKS = "thinks"  # so many tokens more for an answer, of a model that thinks all the same
CONTEXT = "context"  # tokens that the model can have before it, its answer included
SYSTEM = "system"  # the role of the rules, of which a model's template knows nothing


@dataclass(frozen=True)
class Fact:
    """`name` is a parameter's, THINKS, CONTEXT or SYSTEM; `value` what is sent instead, "" for
    nothing."""

    name: str
    value: str
    at: datetime


def of(model: str) -> dict[str, str]:
    """The facts about `model` on the configured server, by name; {} where Redis is away."""
    return {each.name: each.value for each in facts(model)}


def context(known: Mapping[str, str]) -> int:
    """The tokens that a model can have before it, by what was given or learned; 0 for neither."""
    given: int = current_app.config["OPENAI_CONTEXT_TOKENS"]
    return given or int(known.get(CONTEXT, 0))


def facts(model: str) -> list[Fact]:
    """The same with their times, the newest first."""
    try:
        return read(bells.redis.hgetall(key(model)))
    except RedisError:
        return []


def read(kept: Mapping[Any, Any]) -> list[Fact]:
    """The facts in what Redis holds."""
    found = []
    for name, text in kept.items():
        seconds, _, value = as_text(text).partition(" ")
        found.append(Fact(as_text(name), value, datetime.fromtimestamp(int(seconds), UTC)))
    return sorted(found, key=lambda each: (each.at, each.name), reverse=True)


def remember(model: str, news: Mapping[str, str]) -> None:
    """Keep what a call has just found out, for all other calls."""
    if not news:
        return
    log.warning("learned about the server", model=model, facts=dict(news))
    now = int(time.time())
    try:
        with bells.redis.pipeline() as together:
            together.hset(key(model), mapping={name: f"{now} {news[name]}" for name in news})
            together.expire(key(model), MEMORY_SECONDS)
            together.execute()
    except RedisError:
        log.info("what was learned about the server is not remembered: Redis is away")


def forget(model: str) -> dict[str, str]:
    """Find everything out anew; what had been known. Raises RedisError where it is away."""
    known = {each.name: each.value for each in read(bells.redis.hgetall(key(model)))}
    bells.redis.delete(key(model))
    return known


def key(model: str) -> str:
    return KEY % (current_app.config["OPENAI_BASE_URL"], model)
