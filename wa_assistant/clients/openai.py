"""OpenAI's Chat Completions, and whatever server speaks them at OPENAI_BASE_URL.

Time-outs are ours, retries are the caller's. What a server refuses is left out, or put otherwise,
and remembered for all other calls once it has taken the rest (ladder.py).
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import httpx2
import openai
from flask import current_app
from redis.exceptions import RedisError

from ..extensions import bells
from . import answers, ladder, learned, objections, pictures
from .failures import ModelError, QuotaSpent, RateLimited, Rejected, TooLong, Unavailable
from .ladder import Messages, Options
from .prices import PRICES

__all__ = [
    "ModelError",
    "QuotaSpent",
    "RateLimited",
    "Rejected",
    "TooLong",
    "Unavailable",
    "complete",
    "connect",
]

MOST_TRIES = 10  # more than there are rungs
LEAST_SECONDS = 0.05
CUT = ("length", "content_filter", "max_tokens", "model_length", "safety")


@dataclass(frozen=True)
class Usage:
    """Tokens of one call; `cached` are those of `input` that were billed as cached."""

    input: int
    cached: int
    output: int

    def cost(self, model: str) -> int | None:
        """Micro-dollars, rounded up; None for a model whose price is not known."""
        price = PRICES.get(model)
        if price is None:
            return None
        read = (self.input - self.cached) * price.input + self.cached * price.cached
        return -(-(read + self.output * price.output) // 1_000_000)


@dataclass(frozen=True)
class Completion:
    """What the model said. `text` is empty when it refused or said nothing.

    `finished` is what the server says, which is not always so; `thoughts` are what it thought
    aloud, beside the text.
    """

    text: str
    finished: bool
    refusal: str | None
    usage: Usage | None
    latency: int = 0  # milliseconds
    thoughts: str = ""


def complete(
    messages: Messages,
    schema: dict[str, Any],
    *,
    max_tokens: int,
    temperature: float,
    takes: int | None = None,
    form: str | None = None,
) -> Completion:
    """Ask OPENAI_MODEL for a completion in the shape of `schema`; raises a ModelError.

    `takes`: the tokens of all of it at most; where that is more than the model's context is known
    to hold, TooLong is raised at once. With a `form` of ladder.FORMS it is asked in that one,
    whatever is known of the server.
    """
    options: Options = {
        "reasoning_effort": "none",
        "temperature": temperature,
        learned.FORM: {"type": ladder.JSON_SCHEMA, "json_schema": schema},
        "max_completion_tokens": max_tokens,
    }
    started = time.monotonic()
    try:
        call = _Call(messages, schema, options, form)
        call.check(takes)
        completion = call.make()
    except ModelError as error:
        error.latency = milliseconds_since(started)
        raise
    return replace(completion, latency=milliseconds_since(started))


def prepare() -> None:
    """Build the client, which costs a tenth of a second, beforehand; it connects to nobody."""
    if current_app.config["OPENAI_CONNECTED"]:
        connect().chat.completions  # noqa: B018 - imported when it is first named


class _Call:
    """One call, made as often as the server has a parameter to refuse."""

    def __init__(
        self, messages: Messages, schema: dict[str, Any], options: Options, form: str | None
    ) -> None:
        self._model = current_app.config["OPENAI_MODEL"]
        self._messages, self._schema = messages, schema
        self._wished = options[learned.FORM]
        known = _known(self._model)
        self._known = known
        if form is not None:
            known = {**known, learned.FORM: form}
        self._options = ladder.put(options, known) if known else options
        given = current_app.config["OPENAI_CONTEXT_TOKENS"]
        self._context = given or int(known.get(learned.CONTEXT, 0))
        if self._context:
            self._options = ladder.within(self._options, self._context)
        self._keeps_form = form is not None
        self._news: dict[str, str] = {}
        self._is_shorter = False

    def check(self, takes: int | None) -> None:
        """Raise TooLong where the model's context is known to hold less."""
        if takes and self._context and takes > self._context:
            told = f"{takes} tokens are more than {self._context}"
            raise TooLong(told, context=self._context, was_asked=False)

    def make(self) -> Completion:
        for _ in range(MOST_TRIES):
            try:
                completion = self._once()
            except openai.APIStatusError as error:
                self._give_way(objections.said_by(error, self._sent), error)
            except answers.Refused as error:
                self._give_way(error.said, error)
            except (openai.OpenAIError, ValueError, TypeError, AttributeError, IndexError) as error:
                raise objections.classified(error) from error
            else:
                if not completion.finished and not self._known.get(learned.THINKS):
                    self._news |= ladder.cut(completion.text, completion.thoughts)
                if self._news:  # which was right: the server has taken the rest
                    learned.remember(self._model, self._news)
                return completion
        raise Rejected("the model refused one parameter after another")

    @property
    def _sent(self) -> str:
        return "\n".join(pictures.words(each["content"]) for each in self._messages)

    def _once(self) -> Completion:
        messages = self._messages
        if self._options.get(learned.FORM) != self._wished:
            messages = ladder.told(messages, self._schema)
        answer = connect().chat.completions.create(
            model=self._model,
            messages=messages,  # type: ignore[arg-type]
            **self._options,
        )
        choices = getattr(answer, "choices", None)
        if not choices or choices[0].finish_reason == "error":
            answer = answers.otherwise(answer, self._sent)
        return _read(answer)

    def _give_way(self, said: objections.Said, error: Exception) -> None:
        """Put the call otherwise; raises what the refusal means where that is no use."""
        meaning = objections.meant(said)
        if isinstance(meaning, TooLong):
            if not self._shorten(meaning):
                raise meaning from error
            return
        news = ladder.lower(said, self._options)
        instead = news or ladder.lower_this_once(said, self._options)
        if self._keeps_form and learned.FORM in instead:
            raise meaning from error
        if instead:
            self._options = ladder.put(self._options, instead)
            self._news |= news
        elif pictures.are_refused(said.status, said.words, self._messages):
            self._messages = pictures.without(self._messages)
        else:
            raise meaning from error

    def _shorten(self, meaning: TooLong) -> bool:
        """Ask for a shorter answer, once, where the messages leave room for one."""
        if meaning.context is not None:
            learned.remember(self._model, {learned.CONTEXT: str(meaning.context)})
        shorter = None if self._is_shorter else ladder.shorter(self._options, meaning)
        self._options, self._is_shorter = shorter or self._options, True
        return shorter is not None


def _known(model: str) -> Mapping[str, str]:
    """What was learned about the server; {} where nothing was, or Redis is away."""
    try:
        kept = bells.redis.hgetall(learned.KEY % (current_app.config["OPENAI_BASE_URL"], model))
    except RedisError:
        return {}
    return {each.name: each.value for each in learned.read(kept)} if kept else {}


def _read(answer: Any) -> Completion:
    choice = answer.choices[0]
    text, thoughts = choice.message.content, ""
    if not text or not isinstance(text, str):
        text, thoughts = answers.apart(choice.message)
    return Completion(
        text=text.strip(),
        finished=(choice.finish_reason or "").lower() not in CUT,
        refusal=getattr(choice.message, "refusal", None),
        usage=_usage(answer.usage),
        thoughts=thoughts,
    )


def _usage(told: Any) -> Usage | None:
    """What the server counted; None where it did not, as not all do."""
    read, written = getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None)
    if read is None or written is None:
        return None
    details = getattr(told, "prompt_tokens_details", None)
    return Usage(input=read, cached=getattr(details, "cached_tokens", None) or 0, output=written)


def connect() -> openai.OpenAI:
    """The SDK, for the account and server of the configuration."""
    config = current_app.config
    names = ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_BASE_URL")
    seconds = timeout(config["OPENAI_TIMEOUT_SECONDS"]).as_dict()
    return _build(*map(config.__getitem__, names), tuple(seconds.items()))


@cache
def _build(
    key: str, org: str | None, base_url: str | None, seconds: tuple[tuple[str, Any], ...]
) -> openai.OpenAI:
    return openai.OpenAI(
        api_key=key,
        organization=org,
        base_url=base_url,
        timeout=openai.Timeout(**dict(seconds)),
        max_retries=0,
        http_client=openai.DefaultHttpxClient(
            event_hooks={"request": [_begin], "response": [_limit]}
        ),
    )


class _InTime(httpx2.SyncByteStream):
    """What comes until `ends`: with each blank of a server that thinks, a time-out would begin
    anew."""

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
    began, allowed = (response.request.extensions[name] for name in ("began", "timeout"))
    ends = began + allowed["pool"]
    # It has begun: from now on a piece may take what is left of the whole.
    allowed["read"] = max(LEAST_SECONDS, ends - time.monotonic())
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _InTime(response.stream, ends)


def timeout(seconds: float) -> openai.Timeout:
    """So many seconds for the whole answer (as `pool` has them), and at most as many for a piece
    under way then; fewer to connect, and where so wished to begin."""
    names = ("OPENAI_CONNECT_TIMEOUT_SECONDS", "OPENAI_FIRST_BYTE_TIMEOUT_SECONDS")
    connect, first = (min(current_app.config[name], seconds) for name in names)
    return openai.Timeout(seconds, connect=connect, read=first)


def milliseconds_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
