"""OpenAI's Chat Completions, and whatever server speaks them at OPENAI_BASE_URL.

Time-outs are ours, retries are the caller's. Parameters a model refuses are dropped and
remembered for a day. What a call costs stands here too.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx2
import openai
from flask import current_app
from redis.exceptions import RedisError
from redis.utils import str_if_bytes as as_text

from ..extensions import bells
from . import pictures

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5.0
MEMORY_SECONDS = 24 * 3600
# What a server may do without: the answer is only a little worse, or longer in coming.
OPTIONAL = ("reasoning_effort", "temperature", "response_format", "max_completion_tokens")
PASSING = (408, 409)  # a time-out and a conflict of the server's own
QUOTA_CODES = {
    "insufficient_quota",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
}


@dataclass(frozen=True)
class Price:
    input: int
    cached: int
    output: int


# List prices, in micro-dollars for a million tokens.
AS_OF = "2026-09"
PRICES = {
    "gpt-6-luna": Price(input=100_000, cached=10_000, output=500_000),
}


@dataclass(frozen=True)
class Usage:
    """Tokens of one call; `cached` are those of `input` that were billed as cached."""

    input: int
    cached: int
    output: int


@dataclass(frozen=True)
class Completion:
    """What the model said. `text` is empty when it refused or said nothing."""

    text: str
    finished: bool
    refusal: str | None
    usage: Usage | None
    latency: int = 0  # milliseconds


@dataclass
class ModelError(Exception):
    """No completion. One of the four below; `retry_after` in seconds where the server gave it."""

    message: str
    retry_after: float | None = None
    latency: int = 0
    usage: Usage | None = field(default=None, init=False)


class RateLimited(ModelError):
    """Too many calls or tokens at the moment."""


class QuotaSpent(ModelError):
    """Nothing will be answered until somebody pays or raises a limit."""


class Unavailable(ModelError):
    """A time-out, a broken connection or an error of the server's own."""


class Rejected(ModelError):
    """The key, the model's name or the request itself was refused."""


Messages = list[dict[str, Any]]


def complete(
    messages: Messages, schema: dict[str, Any], *, max_tokens: int, temperature: float
) -> Completion:
    """Ask OPENAI_MODEL for a completion in the shape of `schema`; raises a ModelError."""
    model = current_app.config["OPENAI_MODEL"]
    options: dict[str, Any] = {
        "reasoning_effort": "none",
        "temperature": temperature,
        "response_format": {"type": "json_schema", "json_schema": schema},
        "max_completion_tokens": max_tokens,
    }
    for name in sorted(refused(model)):  # max_completion_tokens before the max_tokens it becomes
        _drop(options, name)
    started = time.monotonic()
    try:
        completion = _create(model, messages, options)
    except ModelError as error:
        error.latency = milliseconds_since(started)
        raise
    return Completion(
        text=completion.text,
        finished=completion.finished,
        refusal=completion.refusal,
        usage=completion.usage,
        latency=milliseconds_since(started),
    )


def prepare() -> None:
    """Build the client, which costs a tenth of a second, beforehand; it connects to nobody."""
    if current_app.config["OPENAI_CONNECTED"]:
        connect().chat.completions  # noqa: B018 - imported when it is first named


def _create(model: str, messages: Messages, options: dict[str, Any]) -> Completion:
    for _ in range(len(OPTIONAL) + 2):
        try:
            answer = connect().chat.completions.create(
                model=model,
                messages=messages,  # type: ignore[arg-type]
                **options,
            )
            return _read(answer)
        except openai.APIStatusError as error:
            name = _refused_parameter(error, options)
            if name is None and pictures.are_refused(error.status_code, str(error), messages):
                messages = pictures.without(messages)
                continue
            if name is None:
                raise classified(error) from error
            _drop(options, name)
            remember(model, name)
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, IndexError) as error:
            raise classified(error) from error
    raise Rejected("the model refused one parameter after another")


def _read(answer: Any) -> Completion:
    choice = answer.choices[0]
    return Completion(
        text=(choice.message.content or "").strip(),
        finished=choice.finish_reason in ("stop", None),
        refusal=getattr(choice.message, "refusal", None),
        usage=_usage(answer.usage),
    )


def _usage(told: Any) -> Usage | None:
    """What the server counted; None where it did not, as not all do."""
    read, written = getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None)
    if read is None or written is None:
        return None
    details = getattr(told, "prompt_tokens_details", None)
    return Usage(input=read, cached=getattr(details, "cached_tokens", None) or 0, output=written)


def classified(error: Exception) -> ModelError:
    """What an SDK's exception means to us."""
    text = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, openai.RateLimitError):
        if error.code in QUOTA_CODES or error.type in QUOTA_CODES:
            return QuotaSpent(text)
        return RateLimited(text, _retry_after(error))
    if isinstance(error, openai.APIStatusError) and error.status_code < 500:
        return Unavailable(text) if error.status_code in PASSING else Rejected(text)
    return Unavailable(text)


def _retry_after(error: openai.APIStatusError) -> float | None:
    try:
        return float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None


def _refused_parameter(error: openai.APIStatusError, options: dict[str, Any]) -> str | None:
    if error.status_code != 400:
        return None
    named = (error.param or "").partition(".")[0]
    if named in options:
        return named
    # Servers that only resemble OpenAI's name the parameter in the sentence alone.
    return next((name for name in options if name in str(error.message)), None)


def _drop(options: dict[str, Any], name: str) -> None:
    value = options.pop(name, None)
    if name == "max_completion_tokens" and value is not None:
        options["max_tokens"] = value


def refused(model: str) -> list[str]:
    try:
        return [as_text(name) for name in bells.redis.smembers(_memory(model))]
    except RedisError:
        return []


def remember(model: str, name: str) -> None:
    log.warning("the model refuses a parameter: model=%s parameter=%s", model, name)
    try:
        bells.redis.sadd(_memory(model), name)
        bells.redis.expire(_memory(model), MEMORY_SECONDS)
    except RedisError:
        log.info("what the model refuses was not remembered: Redis is away")


def _memory(model: str) -> str:
    return f"wa_assistant:refused:{current_app.config['OPENAI_BASE_URL'] or ''}:{model}"


def connect() -> openai.OpenAI:
    """The SDK, for the account and server of the configuration."""
    config = current_app.config
    names = ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_BASE_URL", "OPENAI_TIMEOUT_SECONDS")
    return _build(*map(config.__getitem__, names))


@cache
def _build(key: str, org: str | None, base_url: str | None, seconds: float) -> openai.OpenAI:
    return openai.OpenAI(
        api_key=key,
        organization=org,
        base_url=base_url,
        timeout=timeout(seconds),
        max_retries=0,
        http_client=openai.DefaultHttpxClient(
            event_hooks={"request": [_begin], "response": [_limit]}
        ),
    )


class _InTime(httpx2.SyncByteStream):
    """What comes until `ends`: with each blank of a server that thinks, a time-out begins anew."""

    def __init__(self, stream: httpx2.SyncByteStream, ends: float) -> None:
        self._stream, self._ends = stream, ends

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            if time.monotonic() > self._ends:
                raise httpx2.ReadTimeout("the answer took too long as a whole")
            yield piece

    def close(self) -> None:
        self._stream.close()


def _begin(request: httpx2.Request) -> None:
    request.extensions = {**request.extensions, "began": time.monotonic()}


def _limit(response: httpx2.Response) -> None:
    told = response.request.extensions
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _InTime(response.stream, told["began"] + told["timeout"]["read"])


def timeout(seconds: float) -> openai.Timeout:
    """So many seconds for the whole answer, and at most as many for a piece under way then."""
    return openai.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))


def milliseconds_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def cost(model: str, input_tokens: int, cached_tokens: int, output_tokens: int) -> int | None:
    """Micro-dollars for one call, rounded up; None for a model whose price is not known."""
    price = PRICES.get(model)
    if price is None:
        return None
    total = (
        (input_tokens - cached_tokens) * price.input
        + cached_tokens * price.cached
        + output_tokens * price.output
    )
    return -(-total // 1_000_000)
