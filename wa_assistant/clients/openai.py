"""OpenAI's Chat Completions, and whatever server speaks them at OPENAI_BASE_URL.

Time-outs are ours, retries are the caller's. What a server refuses is left out, or put otherwise,
and remembered for all other calls once it has taken the rest (ladder.py).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import openai
from flask import current_app

from . import answers, ladder, learned, objections, pictures, usage
from .failures import (
    OF_THE_ACCOUNT,
    Failure,
    ModelError,
    QuotaSpent,
    RateLimited,
    Rejected,
    TooLong,
    Unavailable,
)
from .ladder import Messages, Options
from .usage import IN_TIME, Usage, timeout

__all__ = [
    "Again",
    "ModelError",
    "QuotaSpent",
    "RateLimited",
    "Rejected",
    "TooLong",
    "Unavailable",
    "Usage",
    "answer_tokens",
    "complete",
    "connect",
    "context",
    "timeout",
]

MOST_TRIES = 10  # more than there are rungs
Again = Callable[[Usage | None], bool]
CUT = ("length", "content_filter", "max_tokens", "model_length", "safety")


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

    @property
    def is_nothing(self) -> bool:
        """Whether not even a token of it was written, though nothing cut it off."""
        written = self.usage.output if self.usage else None
        return self.finished and written == 0 and not (self.text or self.thoughts or self.refusal)


def complete(
    messages: Messages,
    schema: dict[str, Any],
    *,
    max_tokens: int,
    temperature: float,
    takes: int | None = None,
    form: str | None = None,
    model: str | None = None,
    again: Again | None = None,
) -> Completion:
    """Ask `model`, else OPENAI_MODEL, for a completion in `schema`'s shape; raises a ModelError.

    `takes`: the tokens of all of it at most; where that is more than the model's context is known
    to hold, TooLong is raised at once. With a `form` of ladder.FORMS it is asked in that one,
    whatever is known of the server. `again`: whether what was paid for, and has nothing in it, may
    be asked for once more.
    """
    options: Options = {
        "reasoning_effort": "none",
        "temperature": temperature,
        learned.FORM: {"type": learned.JSON_SCHEMA, "json_schema": schema},
        "max_completion_tokens": max_tokens,
    }
    started = time.monotonic()
    try:
        call = _Call(model, messages, schema, options, form, again)
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
        self,
        model: str | None,
        messages: Messages,
        schema: dict[str, Any],
        options: Options,
        form: str | None,
        again: Again | None,
    ) -> None:
        self._model = model or current_app.config["OPENAI_MODEL"]
        self._messages, self._schema = messages, schema
        self._wished = options[learned.FORM]
        known = learned.of(self._model)
        self._known = known
        if form is not None:
            known = {**known, learned.FORM: form}
        self._options = ladder.put(options, known) if known else options
        self._is_led = learned.SYSTEM not in known
        self._context = learned.context(known)
        if self._context:
            self._options = ladder.within(self._options, self._context)
        self._keeps_form = form is not None
        self._news: dict[str, str] = {}
        self._again = again or (lambda usage: True)
        self._is_shorter = self._was_nothing = False

    def check(self, takes: int | None) -> None:
        """Raise TooLong where the model's context is known to hold less."""
        if takes and self._context and takes > self._context:
            told = f"{takes} tokens are more than {self._context}"
            raise TooLong(told, context=self._context, was_asked=False, may_have_cost=False)

    def make(self) -> Completion:
        for _ in range(MOST_TRIES):
            try:
                completion = self._once()
            except openai.APIStatusError as error:
                self._give_way(objections.said_by(error, self._sent), error)
            except answers.Refused as error:
                self._give_way(error.said, error)
            except answers.Nothing as error:
                self._ask_again(error)
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
        if not self._is_led:
            messages = ladder.unled(messages)
        answer = connect().chat.completions.create(
            model=self._model,
            messages=messages,  # type: ignore[arg-type]
            **self._options,
        )
        choices = getattr(answer, "choices", None)
        if not choices or choices[0].message is None or choices[0].finish_reason == "error":
            answer = answers.otherwise(answer, self._sent)
        completion = _read(answer)
        if completion.is_nothing:
            raise answers.Nothing(completion.usage)
        return completion

    def _give_way(self, said: objections.Said, error: Exception) -> None:
        """Put the call otherwise; raises what the refusal means where that is no use."""
        meaning = objections.meant(said)
        if isinstance(meaning, TooLong):
            if not self._shorten(meaning):
                raise meaning from error
            return
        if meaning.failure in OF_THE_ACCOUNT:
            raise meaning from error
        news = ladder.lower(said, self._options) or self._lower_the_lead(said, meaning)
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

    def _lower_the_lead(self, said: objections.Said, meaning: ModelError) -> dict[str, str]:
        """The rules in the user's first turn, for a template that takes no system message or says
        no more than that the order is wrong."""
        if not (self._is_led and self._messages[0]["role"] == "system"):
            return {}
        if meaning.failure != Failure.ORDER_OF_ROLES and not ladder.is_about_the_lead(said):
            return {}
        self._is_led = False
        return {learned.SYSTEM: "user"}

    def _ask_again(self, error: answers.Nothing) -> None:
        """The same once more, and then a form lower; raises Unavailable after the last, and where
        it may not be asked for again."""
        below = ladder.below(self._options) if self._was_nothing and not self._keeps_form else {}
        is_last = self._was_nothing and not below
        if is_last or not self._again(error.usage):
            told = "200: nothing in the completion"
            found = Unavailable(told, failure=Failure.NOTHING)
            found.usage = error.usage
            raise found from error
        self._was_nothing = True
        self._options = ladder.put(self._options, below)
        self._news |= below

    def _shorten(self, meaning: TooLong) -> bool:
        """Ask for a shorter answer, once, where the messages leave room for one."""
        if meaning.wanted:
            meaning.read = meaning.wanted - ladder.limit(self._options)
        if meaning.context is not None:
            learned.remember(self._model, {learned.CONTEXT: str(meaning.context)})
        shorter = None if self._is_shorter else ladder.shorter(self._options, meaning)
        self._options, self._is_shorter = shorter or self._options, True
        return shorter is not None


def answer_tokens(model: str, wanted: int) -> int:
    """The most that an answer may have where `wanted` are asked for: some models think first."""
    return wanted + int(learned.of(model).get(learned.THINKS, 0))


def context(model: str) -> int:
    """The tokens that `model` can have before it, its answer included; 0: nobody knows."""
    return learned.context(learned.of(model))


def _read(answer: Any) -> Completion:
    choice = answer.choices[0]
    text, thoughts = choice.message.content, ""
    if not text or not isinstance(text, str):
        text, thoughts = answers.apart(choice.message)
    return Completion(
        text=text.strip(),
        finished=(choice.finish_reason or "").lower() not in CUT,
        refusal=getattr(choice.message, "refusal", None),
        usage=usage.of_completion(answer.usage),
        thoughts=thoughts,
    )


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
        http_client=openai.DefaultHttpxClient(event_hooks=IN_TIME),
    )


def milliseconds_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
