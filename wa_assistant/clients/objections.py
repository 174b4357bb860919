"""Reads what a server says in refusing a call, and what it means to us.

Codes, names and numbers of the body count, wherever a server puts them; its sentences only where
there are none of these, and never in words that we had sent ourselves: a server that quotes a
participant is not led by them.
"""

import json
import math
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai

from .failures import (
    Failure,
    ModelError,
    QuotaSpent,
    RateLimited,
    Rejected,
    TooLong,
    Unavailable,
)

QUOTA_CODES = {
    "insufficient_quota",
    "insufficient_balance",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
    "billing_not_active",
    "billing_error",
    "exceeded_current_quota_error",
    "arrearage",
    "1113",
}
LENGTH_CODES = {"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"}
FILTER_CODES = {"content_filter", "content_policy_violation", "responsibleaipolicyviolation"}
MODEL_CODES = {"model_not_found", "invalid_model", "deploymentnotfound", "model_not_available"}
ORDER_CODES = {"3230", "invalid_request_message_order"}
KEY_CODES = {
    "invalid_api_key",
    "api_key_invalid",
    "authentication_error",
    "permission_denied",
    "unauthenticated",
}

KEY = (
    r"api[ _-]?key (is )?(not valid|invalid|incorrect|expired|missing|not found)|"
    r"(invalid|incorrect|wrong|expired|missing|no) api[ _-]?key"
)
CREDIT = (
    r"insufficient (account )?(balance|credits?|funds|quota)|out of credits?|payment required|"
    r"(more|any|no|all available) credits\b|balance (is )?(too low|insufficient|not enough)|"
    r"unpaid invoice|in arrears|余额不足|欠费"
)
DAILY = r"per[ _-]?day|daily|\b[rt]pd\b"
ORDER = (
    r"roles? must alternate|must alternate|unexpected role|order of roles|"
    r"system message must be|system role not supported|only (one|a single) system|"
    r"last (message )?role|after the optional system|jinja|template"
)
LENGTH = (
    r"maximum context length|context (length|window|size)|max_model_len|"
    r"prompt is too long|too many (input )?tokens|inputs? tokens \+|input is too long"
)
TOO_LARGE = (
    r"(request|payload|entity) (entity )?(is )?too large|"
    r"reduce your message size|tokens must be reduced"
)
FILTER = r"content (management )?policy|content filter|flagged|moderation"
LOADING = r"loading( the)? model|model is (currently )?loading|still loading|warming up"
NO_MODEL = r"model\b.{0,120}(not found|does not exist|not exist|no such|unknown)|unknown model"

# Also "262,144", of which "262" is none; "256k" is too rough to go by.
TOKENS = r"(\d{1,3}(?:,\d{3})+|\d{1,8})(?![\d,]*\d|\s?[km]\b)"
CONTEXT_TOLD = rf"(?:context (?:length|window|size)|max_model_len)\D{{0,40}}?{TOKENS}"
ALLOWED_TOLD = r"limit:?\s*(\d{2,8})\b.{0,40}requested:?\s*(\d{2,8})"
READ_TOLD = (
    rf"\b{TOKENS} (?:tokens )?(?:in|from) the (?:messages|prompt|input)",
    rf"(?:request has|prompt contains|resulted in|includes?|inputs?:?) (?:at least )?{TOKENS}",
    rf"\b{TOKENS} input tokens",
    rf"requested {TOKENS} tokens",
)

# What of a body is the server's own; what it repeats of a request ("input", what the model wrote)
# is not looked at.
CODES = ("code", "type", "status", "quotaId", "reason")
SENTENCES = ("message", "msg", "error", "detail", "error_description", "title")
DEEPER = ("errors", "details", "metadata", "raw", "violations")
NUMBERS = ("n_ctx", "n_prompt_tokens")
MOST_DEPTH = 8
PASSING = (408, 409, 425)  # a time-out and conflicts of the server's own
WORKED = (408, 504)  # for so long that we, or whoever stands between, gave it up
NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
LEAST_CONTEXT = 256  # tokens: what is less was meant otherwise


@dataclass
class Said:
    """An objection taken apart. `sent`: words of ours, which prove nothing where it repeats them.

    `names` are the parameters it names outside its sentences.
    """

    status: int
    sent: str = ""
    codes: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    words: str = ""
    retry_after: float | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it blames us, and not the server itself."""
        return 400 <= self.status < 500

    @property
    def is_a_page(self) -> bool:
        return self.words.lstrip().startswith("<")

    def says(self, pattern: str) -> re.Match[str] | None:
        """The first place where `pattern` stands in words of its own."""
        found = re.finditer(pattern, self.words, re.I | re.S)
        return next((each for each in found if each[0].casefold() not in self.sent), None)

    def __str__(self) -> str:
        codes = " ".join(sorted(self.codes - {str(self.status)}))
        words = "a web page" if self.is_a_page else self.words
        return f"{self.status} {codes}: {words}"[:300]


def said(status: int, body: Any, sent: str = "") -> Said:
    """The objection in a body: an object, a list, or text."""
    found = Said(status, sent.casefold())
    sentences: list[str] = []
    _gather(body, found, sentences, 0)
    found.words = " ".join(dict.fromkeys(sentences))[:4000]
    return found


def said_by(error: openai.APIStatusError, sent: str = "") -> Said:
    found = said(error.status_code, error.body, sent)
    with suppress(ValueError):
        seconds = float(error.response.headers.get("retry-after", ""))
        found.retry_after = seconds if 0 <= seconds < math.inf else None
    return found


def _gather(body: Any, found: Said, sentences: list[str], depth: int) -> None:
    if depth > MOST_DEPTH:
        return
    if isinstance(body, list):
        for each in body[:20]:
            _gather(each, found, sentences, depth + 1)
    elif isinstance(body, str):
        inner = _json(body)
        if inner is None:
            sentences.append(body[:2000])
        else:
            _gather(inner, found, sentences, depth + 1)
    elif isinstance(body, dict):
        _gather_object(body, found, sentences, depth)


def _gather_object(body: dict[str, Any], found: Said, sentences: list[str], depth: int) -> None:
    found.codes |= {
        str(body[key]).casefold() for key in CODES if isinstance(body.get(key), str | int)
    }
    if isinstance(param := body.get("param"), str) and param:
        found.names.append(param)
    if isinstance(place := body.get("loc"), list):
        found.names.append(".".join(map(str, place)).removeprefix("body."))
    for key in NUMBERS:
        if isinstance(number := body.get(key), int):
            found.numbers[key] = number
    for key in (*SENTENCES, *DEEPER):
        if key in body:
            _gather(body[key], found, sentences, depth + 1)


def _json(text: str) -> Any:
    """What stands in a text that is JSON: gateways hand on another's objection as one."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def classified(error: Exception, sent: str = "") -> ModelError:
    """What an SDK's exception means to us."""
    if isinstance(error, openai.APIStatusError):
        return meant(said_by(error, sent))
    text = f"{type(error).__name__}: {error}"[:300]
    was_sent = not isinstance(error.__cause__, NEVER_SENT)
    if isinstance(error, openai.APITimeoutError):
        return Unavailable(text, failure=Failure.TOO_SLOW, may_have_cost=was_sent)
    if isinstance(error, openai.APIConnectionError):
        return Unavailable(text, failure=Failure.UNREACHABLE, may_have_cost=was_sent)
    return Unavailable(text, failure=Failure.NO_ANSWER)


def meant(said: Said) -> ModelError:
    """What an objection means to us: how to go on, and what the team is told."""
    found = _meaning(said)
    found.may_have_cost = said.status in WORKED or found.failure == Failure.FILTERED
    return found


def _meaning(said: Said) -> ModelError:
    text = str(said)
    if (too_long := _too_long(said)) is not None:
        return too_long
    if is_of_a_filter(said):
        return Rejected(text, failure=Failure.FILTERED)
    if said.status == 402 or said.codes & QUOTA_CODES or (said.is_ours and said.says(CREDIT)):
        return QuotaSpent(text, failure=Failure.CREDIT)
    if said.status == 429:
        return _limited(said)
    if said.is_a_page and said.status < 500:
        return Rejected(text, failure=Failure.NO_ANSWER)
    return _refused(said, text)


def is_of_a_filter(said: Said) -> bool:
    """Whether it is about this one conversation, whatever else it speaks of."""
    return bool(said.codes & FILTER_CODES or (said.status in (400, 403) and said.says(FILTER)))


def _refused(said: Said, text: str) -> ModelError:
    if said.status in (401, 403) or said.codes & KEY_CODES or (said.is_ours and said.says(KEY)):
        return Rejected(text, failure=Failure.KEY)
    if said.status in (400, 422, 500) and (said.codes & ORDER_CODES or said.says(ORDER)):
        return Rejected(text, failure=Failure.ORDER_OF_ROLES)
    if (
        said.status == 404
        or said.codes & MODEL_CODES
        or (said.status == 400 and said.says(NO_MODEL))
    ):
        return Rejected(text, failure=Failure.UNKNOWN_MODEL)
    if said.status >= 500 or said.status in PASSING:
        kind = Failure.LOADING if said.says(LOADING) else Failure.BROKEN
        return Unavailable(text, said.retry_after, failure=kind)
    return Rejected(text)


def _limited(said: Said) -> ModelError:
    text = str(said)
    if said.says(DAILY) or any(re.search(DAILY, code) for code in said.codes):
        return QuotaSpent(text, failure=Failure.DAILY_QUOTA)
    return RateLimited(text, said.retry_after, failure=Failure.BUSY)


def _too_long(said: Said) -> TooLong | None:
    if (too_large := _too_large(said)) is not None:
        return too_large
    if said.status not in (400, 413, 422, 500):
        return None
    if not (said.codes & LENGTH_CODES or said.says(LENGTH)):
        return None
    context = said.numbers.get("n_ctx") or _number(said, CONTEXT_TOLD)
    read = said.numbers.get("n_prompt_tokens") or _number(said, *READ_TOLD)
    is_known = context is not None and context >= LEAST_CONTEXT
    return TooLong(str(said), context=context if is_known else None, read=read)


def _too_large(said: Said) -> TooLong | None:
    """Of a plan that never lets so much pass at once, whatever the code says of a rate."""
    if said.status not in (413, 429) or not (said.status == 413 or said.says(TOO_LARGE)):
        return None
    if said.codes & LENGTH_CODES or said.says(LENGTH):
        return None
    told = said.says(ALLOWED_TOLD)
    allowed, wanted = map(int, told.groups()) if told else (0, 0)
    is_known = LEAST_CONTEXT <= allowed < wanted
    found = TooLong(str(said), failure=Failure.TOO_LARGE)
    if is_known:
        found.context, found.wanted = allowed, wanted
    return found


def _number(said: Said, *patterns: str) -> int | None:
    """The number in the first of `patterns` that it says."""
    found = next(filter(None, map(said.says, patterns)), None)
    return int(found[1].replace(",", "")) if found else None
