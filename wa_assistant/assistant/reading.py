"""What a model said, where it is not simply the JSON it was asked for, read as people read it.

In a fence, after its thoughts, between words, in a list, under a key, in JSON that is broken or cut
off, or in plain words: whatever holds words for the participant is read. Nothing is asked here, and
nothing raised but Unusable; the effort grows as the text does.
"""

import re
from collections.abc import Iterable
from typing import Any

from . import formatting, loose_json, tidying
from .loose_json import Cut
from .schema import SCHEMA, Unusable

FIELDS = frozenset(SCHEMA["schema"]["properties"])
REPLY = "reply"
# What models call the reply where they do not keep to its name.
OTHER_NAMES = (
    *("message", "text", "answer", "content", "response", "output", "body", "assistant"),
    *("final_answer", "final", "resposta", "mensagem", "texto", "respuesta", "mensaje"),
    *("result", "reply_text", "reply_message", "text_reply", "output_text", "assistant_reply"),
)
THOUGHTS = {"thinking", "redacted_thinking", "thought", "thoughts", "reasoning", "analysis"}
NEVER = {"answers", "error", "properties", "unanswered", *THOUGHTS}
DEEPEST = 5  # a wrapping within a wrapping

_THOUGHTS = r"think|thinking|thought|thoughts|reasoning|reflection|analysis|seed:think"
# Of gpt-oss, whose channels have names, also where a server has taken their marks away.
_CHANNEL = r"(?:<\|start\|>assistant)?<\|channel\|>\s*"
OPENED = re.compile(
    rf"<(?:{_THOUGHTS})\s*>|\[THINK\]|{_CHANNEL}(?:analysis|commentary)\b|\A\s*(?-i:analysis[A-Z])"
    r"|<\|START_THINKING\|>|<\|inner_prefix\|>|◁think▷|<unused94>|<\|channel>thought\b",
    re.IGNORECASE,
)
CLOSED = re.compile(
    rf"</(?:{_THOUGHTS})\s*>|\[/THINK\]|{_CHANNEL}final\b[^<>\n]{{0,20}}(?:<\|constrain\|>\s*\w{{1,20}}"
    r"\s*)?<\|message\|>|assistantfinal|<\|END_THINKING\|>|<\|inner_suffix\|>|◁/think▷|<unused95>"
    r"|<channel\|>",
    re.IGNORECASE,
)
# What ends a turn for the server, and was not taken away by it.
TOKENS = re.compile(
    r"<\|[\w.-]{1,40}\|?>|</?s>|<(?:start|end)_of_turn>(?:model|user)?|<[｜][^<>｜]{1,40}[｜]>"
    r"|\[/?INST\]"
)
FENCE = re.compile(r"```[ \t]*\w{0,12}[ \t]*\n?(.*?)```", re.DOTALL)
TAGGED = re.compile(r"\s*+<(reply|answer|response|output|final|resposta|message)>(.*)", re.S | re.I)
LABEL = re.compile(
    r"\s*+(?:- )?(?:\*\*|[\"'#`_*]){0,3}"
    r"(?:reply|resposta|response|answer|assistant|assistente|final answer)"
    r"(?:\*\*|[\"'`_*]){0,3}\s*:(?:\*\*)?\s*",
    re.IGNORECASE,
)
BARE_FIELDS = re.compile(r"[\"']?reply[\"']?\s*+:\s*+[\"'“]")
FIELD_LINE = re.compile(
    r"^[ \t]*+(?:- )?[\"'`*_-]{0,3}"
    r"(stage_complete|wants_person|wants_stop|answers|passages_used|unanswered)"
    r"[\"'`*_]{0,3}[ \t]*[:=][ \t]*(\w{0,10})",
    re.MULTILINE,
)
# No words for anybody: a page, or a schema's or a programme's own.
NOBODYS = re.compile(
    r"\A\s*+(?:<!doctype|<html|<\?xml|\[?\s*+\{\s*+[\"'“}]|\[\s*+\]|(?:null|true|false)\s*+\Z)"
    r"|\"(?:properties|additionalProperties|stage_complete|passages_used)\"\s*+:",
    re.IGNORECASE,
)


def found(text: str, *, finished: bool = True, passages: int = 0) -> dict[str, Any]:
    """The fields of the answer in `text`, of which `reply` is a text that can be read.

    `finished`: it was not cut off, as the server says. `passages`: so many were told by number.
    """
    fields = _of(loose_json.whole(text), DEEPEST)
    if fields is None:
        said = _without_thoughts(text).strip()
        if BARE_FIELDS.match(said):  # its brace was asked for in advance, or forgotten
            said = f"{{{said}"
        fields = _fields(said, DEEPEST) or _in_words(said, finished=finished)
    reply = TOKENS.sub("", fields[REPLY])
    if isinstance(fields[REPLY], Cut):
        reply = tidying.up_to_its_last_sentence(reply)
    words, cited = tidying.tidied(reply, numbers=_numbers(fields.get("passages_used"), passages))
    if not formatting.is_legible(words):
        raise Unusable("cut off" if isinstance(fields[REPLY], Cut) else "no reply in it")
    used = fields.get("passages_used") or cited
    return {**_whole_ones(fields), REPLY: words, "passages_used": used}


def _whole_ones(fields: dict[str, Any]) -> dict[str, Any]:
    """Without those that were cut off: half an answer is none."""
    whole = {name: each for name, each in fields.items() if not isinstance(each, Cut)}
    if isinstance(answers := whole.get("answers"), list):
        whole["answers"] = [each for each in answers if not _is_cut(each)]
    return whole


def _is_cut(answer: Any) -> bool:
    return isinstance(answer, dict) and any(isinstance(each, Cut) for each in answer.values())


def _without_thoughts(text: str) -> str:
    """What was said after thinking aloud; where the thoughts have no end, the JSON in them."""
    ends = [found.end() for found in CLOSED.finditer(text)]
    if ends and (said := text[ends[-1] :]).strip():
        return said
    begins = OPENED.search(text)
    if begins is None:
        return _last_object(text) if ends else text
    if before := text[: begins.start()].strip():
        return before
    return "" if ends else _last_object(text[begins.end() :])


def _last_object(text: str) -> str:
    """JSON that ends the text; "" for none."""
    places = [each for each in loose_json.objects(text) if REPLY in each.value]
    return text[places[-1].begin : places[-1].end] if places else ""


def _fields(text: str, depth: int) -> dict[str, Any] | None:
    """The fields in the JSON that `text` is or holds; None where no JSON holds a reply."""
    if depth and (known := _of(loose_json.whole(text), depth)) is not None:
        return known
    if not depth or "{" not in text:
        return None
    return next(
        (
            known
            for place in loose_json.objects(text)
            if (known := _of(place.value, depth)) is not None
        ),
        None,
    )


def _of(value: Any, depth: int) -> dict[str, Any] | None:
    """The fields in a value of JSON, which may wrap them."""
    if not depth:
        return None
    if isinstance(value, str):
        return _of_text(value, depth - 1)
    if isinstance(value, list):
        return _of_list(value, depth - 1)
    if not isinstance(value, dict):
        return None
    fields = {str(name).strip().lower(): each for name, each in value.items()}
    if fields.get("error") or _is_thought(fields):
        return None
    if REPLY in fields:
        inner = _of(fields[REPLY], depth - 1)
        return None if inner is None else {**fields, **inner}
    named = [each for name in OTHER_NAMES if (each := fields.get(name))]
    inners = [inner for each in named if (inner := _of(each, depth - 1)) is not None]
    if inners and all(each[REPLY] == inners[0][REPLY] for each in inners):
        return {**fields, **inners[0]}
    wrapped = [
        inner
        for name, each in fields.items()
        if name not in NEVER
        and name not in OTHER_NAMES
        and _may_wrap(each)
        and (inner := _of(each, depth - 1)) is not None
    ]
    if len(wrapped) == 1 and not inners:
        return wrapped[0]
    properties = fields.get("properties")
    if isinstance(properties, dict) and isinstance(properties.get(REPLY), str):
        return _of(properties, depth - 1)
    return None


def _may_wrap(value: Any) -> bool:
    if isinstance(value, list):
        return any(isinstance(each, dict) for each in value)
    return isinstance(value, dict) or (isinstance(value, str) and value.lstrip()[:1] == "{")


def _of_text(text: str, depth: int) -> dict[str, Any] | None:
    """A text is the reply, unless it is JSON itself."""
    inner = text.strip()
    if inner[:1] in ("{", "[", "`", '"') and (known := _fields(inner, depth)) is not None:
        return known
    if CLOSED.search(inner) or OPENED.match(inner):
        inner = _without_thoughts(inner)
    if not inner.strip() or NOBODYS.search(inner):
        return None
    return {REPLY: Cut(inner) if isinstance(text, Cut) else inner}


def _of_list(values: list[Any], depth: int) -> dict[str, Any] | None:
    """Parts of a text are one; of several answers the first is taken."""
    values = [each for each in values if not (isinstance(each, dict) and _is_thought(each))]
    parts = [each for each in map(_part, values) if each is not None]
    if parts and len(parts) == len(values):
        return _of_text("\n\n".join(parts), depth)
    return next((known for each in values if (known := _of(each, depth)) is not None), None)


def _is_thought(part: dict[str, Any]) -> bool:
    return isinstance(kind := part.get("type"), str) and kind in THOUGHTS


def _part(value: Any) -> str | None:
    if isinstance(value, dict) and value.get("type") in ("text", "output_text"):
        value = value.get("text")
    return value if isinstance(value, str) else None


def _in_words(text: str, *, finished: bool) -> dict[str, Any]:
    """What was said in plain words, perhaps around JSON without a reply."""
    places = list(loose_json.objects(text)) if "{" in text else []
    around = _around(text, places)
    fields = next((each.value for each in places if FIELDS & each.value.keys()), {})
    words, told = _unwrapped(TOKENS.sub("", around))
    if NOBODYS.search(words) or not formatting.is_legible(words):
        raise Unusable("no reply in it" if text.strip() else "empty")
    return {**fields, **told, REPLY: words if finished else Cut(words)}


def _around(text: str, places: Iterable[loose_json.Place]) -> str:
    kept, end = [], 0
    for place in places:
        if not FIELDS & place.value.keys():
            continue
        kept.append(text[end : place.begin])
        end = place.end
    return "".join([*kept, text[end:]])


def _unwrapped(text: str) -> tuple[str, dict[str, Any]]:
    """The words without fence, tag and label, and the fields that stand below them."""
    words = text.strip().removeprefix("```json").strip()
    if fenced := FENCE.fullmatch(words):
        words = fenced[1]
    words = re.sub(r"```\s*```", "", words)
    if tagged := TAGGED.match(words):
        words = re.split(rf"</{tagged[1]}>", tagged[2], maxsplit=1, flags=re.IGNORECASE)[0]
    if words.startswith("<documents>"):
        words = words.rpartition("</documents>")[2]
    labelled = LABEL.match(words)
    words = words[labelled.end() :] if labelled else words
    lines = list(FIELD_LINE.finditer(words))
    if not lines:
        return words.strip().strip("`").strip(), {}
    told = {each[1]: True for each in lines if each[2].lower() in ("true", "yes", "sim")}
    return words[: lines[0].start()].strip().strip("\"'`,").strip(), told


def _numbers(used: Any, passages: int) -> frozenset[int]:
    """The numbers that may stand for passages."""
    named = [each for each in used if isinstance(each, int)] if isinstance(used, list) else []
    return frozenset(named or range(1, passages + 1))
