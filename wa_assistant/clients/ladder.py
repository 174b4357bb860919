"""How a call is put where a server refuses what it does not know: one rung lower at a time.

The form of the answer goes from `json_schema` by `json_object` to words, the last two with the
schema in the prompt; how much a model thinks goes to the least it offers; the rest is left out.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from . import pictures
from .failures import TooLong
from .learned import FORM, FORMS, JSON_OBJECT, JSON_SCHEMA, THINKS, WORDS
from .objections import Said, is_of_a_filter

Messages = list[dict[str, Any]]
Options = dict[str, Any]

EFFORTS = ("none", "minimal", "low", "medium", "default")  # the least thought first
LEFT_OUT = ""
REFUSING = (400, 422, 501)
OF_ONE_ANSWER = {"json_validate_failed"}  # the model broke the form, which it knows
UNKNOWN = {
    "unsupported_parameter",
    "unknown_parameter",
    "extra_forbidden",
    "unrecognized_parameter",
}
# What servers call a parameter in sentences that name none.
SPOKEN_OF = {
    FORM: r"response[_ ]?format|json[_ ]schema|json[_ ]object|json mode|structured[_ ]output|"
    r"guided[_ ]\w+|grammar",
    "reasoning_effort": r"reasoning[_ ]effort|thinking|reasoning|budget \d+ is invalid",
    "temperature": r"temperature",
    "max_completion_tokens": r"max_completion_tokens|max_output_tokens|max_tokens",
    "max_tokens": r"max_tokens",
    "dimensions": r"dimensions?\b",
    "input_type": r"input_type",
}
ALWAYS_THINKS = (
    r"budget \d+ is invalid|only works in thinking|thinking (cannot|can't) be (disabled|off)"
)
CEILING = (
    r"\[\s*\d+\s*,\s*(\d+)\s*\]|"
    r"(?:at most|up to|less than or equal to|<=|maximum(?: \w+)* is)\s*(\d+)"
)
LIMITS = ("max_completion_tokens", "max_tokens")
THOUGHT, THINKS_TOKENS = "<think", "2000"
# Of a template that knows no such role, and of a server that takes no such message.
OF_THE_LEAD = (
    r"(system|developer) (role|message|prompt|instruction)s?\b.{0,40}\bnot\b.{0,20}"
    r"(support|allow|enable|permit|accept)|"
    r"(not|n't|no) (support|allow|accept)\w* (for |the |an? |any )*['\"`]?(system|developer)\b"
)
ROLE_OF_THE_LEAD = re.compile(r"messages(\.0|\[0\])\.role")
SHARE = 3  # a third of a context that is known is for the answer at most
LEAST_ROOM = 300  # tokens of an answer that is worth its name
MARGIN = 16  # tokens that servers count otherwise
LEAST_ANSWER = 64  # tokens: what is less is no limit of an answer
TOLD = """\
Answer with one JSON object and nothing else: no words before or after it. It must fit this JSON \
Schema:
"""


def put(options: Options, facts: Mapping[str, str]) -> Options:
    """`options` as the facts learned about a server have them."""
    more = int(facts.get(THINKS, 0))
    put_so = {name: value + more if name in LIMITS else value for name, value in options.items()}
    for name in sorted(facts):  # max_completion_tokens before the max_tokens it becomes
        _set(put_so, name, facts[name])
    return put_so


def form(options: Options) -> str:
    """The form of the answer that is asked for."""
    return str((options.get(FORM) or {"type": WORDS})["type"])


def lower(said: Said, options: Options) -> dict[str, str]:
    """What is to be sent instead of a parameter that was refused, by its name; {} where the
    objection is about none of them."""
    if said.status not in REFUSING or is_of_a_filter(said):
        return {}
    name = _named(said, options)
    if name is None:
        return {}
    instead = {name: _instead(name, said, options)}
    thinks = name == "reasoning_effort" and instead[name] != LEFT_OUT
    return {**instead, THINKS: THINKS_TOKENS} if thinks else instead


def lower_this_once(said: Said, options: Options) -> dict[str, str]:
    """The same where it is not certain to hold for other calls: the model broke the form, or the
    objection has only words that stand in what we sent, too."""
    if said.codes & OF_ONE_ANSWER:
        return {FORM: WORDS}
    return lower(replace(said, sent=""), options)


def is_about_the_lead(said: Said) -> bool:
    """Whether it is the leading message's role that is refused."""
    if said.status not in (*REFUSING, 500):
        return False
    return any(map(ROLE_OF_THE_LEAD.fullmatch, said.names)) or bool(said.says(OF_THE_LEAD))


def below(options: Options) -> dict[str, str]:
    """The form below the one asked for; {} where there is none."""
    lower = FORMS[FORMS.index(form(options)) + 1 :]
    return {FORM: lower[0]} if lower else {}


def limit(options: Options) -> int:
    """The tokens that an answer may have; 0 where none are said."""
    return next((int(options[name]) for name in LIMITS if name in options), 0)


def cut(text: str, thoughts: str) -> dict[str, str]:
    """What is learned of an answer that was cut off: a model that thinks needs more room."""
    thinks = thoughts or not text or THOUGHT in text
    return {THINKS: THINKS_TOKENS} if thinks else {}


def within(options: Options, context: int) -> Options:
    """`options` with an answer that takes a part of the context, and no more."""
    limits = {name: min(options[name], context // SHARE) for name in options if name in LIMITS}
    return {**options, **limits}


def shorter(options: Options, meaning: TooLong) -> Options | None:
    """`options` with an answer no longer than the messages leave room for; None where that is not
    known, or too little."""
    room = (meaning.context or 0) - (meaning.read or 0) - MARGIN
    limit = next((name for name in options if name in LIMITS), None)
    if limit is None or not meaning.read or not LEAST_ROOM <= room < options[limit]:
        return None
    return {**options, limit: room}


def told(messages: Messages, schema: Mapping[str, Any]) -> Messages:
    """`messages` with the schema in the leading message, for a server that knows no such form."""
    words = TOLD + json.dumps(schema["schema"], ensure_ascii=False)
    if not messages or messages[0]["role"] != "system":
        return [{"role": "system", "content": words}, *messages]
    first, *rest = messages
    return [{**first, "content": f"{first['content'].rstrip()}\n\n{words}"}, *rest]


def unled(messages: Messages) -> Messages:
    """`messages` without a leading system message: the user's first turn begins with its words."""
    if not messages or messages[0]["role"] != "system":
        return messages
    lead, *rest = messages
    if not rest or rest[0]["role"] != "user":
        return [{**lead, "role": "user"}, *rest]
    content = pictures.led(lead["content"], rest[0]["content"])
    return [{**rest[0], "content": content}, *rest[1:]]


def _named(said: Said, options: Options) -> str | None:
    """Which of `options` is refused. What the server names decides; its sentences, where it names
    nothing."""
    if said.names:
        places = [re.split(r"[.\[\]]+", name) for name in said.names]
        of_ours = [part for place in places if "messages" not in place for part in place]
        return next((part for part in of_ours if part in options), None)
    spelt = next((name for name in options if said.says(rf"\b{name}\b")), None)
    return spelt or next((name for name in options if said.says(SPOKEN_OF[name])), None)


def _instead(name: str, said: Said, options: Options) -> str:
    if name == FORM:
        whole = said.codes & UNKNOWN and not any("." in each for each in said.names)
        return JSON_OBJECT if form(options) == JSON_SCHEMA and not whole else WORDS
    if name == "reasoning_effort":
        return _effort(said, options[name])
    if name in LIMITS:
        return _ceiling(said, options[name])
    return LEFT_OUT


def _effort(said: Said, refused: str) -> str:
    """The least thought of what the server offers."""
    if refused != "none" or said.codes & UNKNOWN:
        return LEFT_OUT
    if said.says(ALWAYS_THINKS):
        return "low"
    offered = [each for each in EFFORTS[1:] if re.search(rf"\b{each}\b", said.words, re.I)]
    return offered[0] if offered else LEFT_OUT


def _ceiling(said: Said, asked: int) -> str:
    found = said.says(CEILING)
    most = int(next(filter(None, found.groups()))) if found else 0
    return str(most) if LEAST_ANSWER <= most < asked else LEFT_OUT


def _set(options: Options, name: str, value: str) -> None:
    if name not in options:
        return
    was = options[name]
    if name == FORM and value == JSON_SCHEMA:
        return
    if name == FORM and value == JSON_OBJECT:
        options[name] = {"type": JSON_OBJECT}
    elif name in LIMITS and value:
        options[name] = min(was, int(value))
    elif name == "reasoning_effort" and value:
        options[name] = value
    else:
        del options[name]
        if name == "max_completion_tokens":
            options["max_tokens"] = was
