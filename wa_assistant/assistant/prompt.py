"""What the model is told: who it is, what was said, and what is to be answered.

What never changes comes first, so that servers can cache it; what is being answered comes
last, after every earlier answer, whenever that was stored.

It is told so that the strictest templates take it (Qwen's, Gemma's and Mistral's): one system
message leads, then user and assistant take turns, and the user begins. What was found in the
documents stands in a fence at the beginning of the last turn. What people write cannot hold that
fence, nor a mark by which a template tells roles apart, for servers read these there, too.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ..clients import pictures
from ..journey.definition import Question, Stage
from ..models import Direction, Message
from ..models.answer import Kind
from . import besides, retrieval, rules, sight
from .schema import SCHEMA

Content = str | list[dict[str, Any]]
Turn = dict[str, Any]

FORM = json.dumps(SCHEMA, indent=2)  # of the answer, which is asked for beside the messages
_OF_STAGES = (rules.OF_A_STAGE, rules.OPENS, *map(str, rules.FORMS.items()))
_TOLD = (
    rules.SYSTEM,
    rules.OF_THE_COMPANY,
    rules.OF_NOTES,
    *_OF_STAGES,
    retrieval.RULES,
    retrieval.NOTHING,
    FORM,
    rules.SHORTER,
    rules.EARLIER,
)
VERSION = hashlib.sha256("".join(_TOLD).encode()).hexdigest()[:8]

CHARACTERS_A_TOKEN = 3  # or more, in the languages we speak
MOST_CHARACTERS = 4_000 * CHARACTERS_A_TOKEN  # of the conversation before what is being answered
MOST_CHARACTERS_OF_ONE = 10_000
MOST_CHARACTERS_ASKED = 16_000  # of all the messages being answered
LEAST_CHARACTERS = 500  # of what is asked, in the smallest context
LEFT_OUT = "[...]"
# Said for the user where a template wants them to begin and we know no words of theirs.
BEFORE = "[what was said before, if anything, is not shown]"
FENCE = "<documents>\n{}\n</documents>"
_FOUND = re.compile(re.escape(FENCE).replace(r"\{\}", "(.*?)"), re.DOTALL)
_NAMES = r"documents|system|user|assistant|s|bos|eos|pad|think|start_of_turn|end_of_turn|im_\w{1,9}"
_FRAME = re.compile(
    rf"[<＜﹤](?=[|｜]|[\s/／\u200b-\u200f\u2060]{{0,9}}(?:{_NAMES})\b)"
    r"|\[(?=/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_\w{1,9})\])",
    re.IGNORECASE,
)
_ALIKE = {"[": "⟦"}


@dataclass(frozen=True)
class Room:
    """Characters for the messages being answered, and for the conversation before them."""

    asked: int = MOST_CHARACTERS_ASKED
    before: int = MOST_CHARACTERS


PLENTY = Room()


def room(context: int, told: str = "") -> Room:
    """What there is in a context of so many tokens; 0 where nobody knows how many. What is asked
    has a half of it, and what was found in the documents finds some in the other."""
    if not context:
        return PLENTY
    most = context * CHARACTERS_A_TOKEN * 2 // 3 - len(lead(told)) - len(FORM)
    asked = min(MOST_CHARACTERS_ASKED, max(most // 2, LEAST_CHARACTERS))
    return Room(asked, min(MOST_CHARACTERS, max(0, (most - asked) // 2)))


def build(
    history: Sequence[Message],
    unsettled: Sequence[Message],
    told: str = "",
    room: Room = PLENTY,
) -> list[dict[str, Any]]:
    """Chat messages: the rules with what is `told` after them, as much of `history` (oldest first)
    as there is room for, and `unsettled`, of which the newest words stay where they are too many.
    Where something is left out, that is said."""
    said = [*history, *unsettled]
    shown = sight.shown(said) if any(message.files for message in said) else {}
    turns = [_turn(message, shown) for message in history]
    kept = turns[len(turns) - _fitting(turns, room.before) :]
    first = lead(told, rules.EARLIER if len(kept) < len(turns) else "")
    asked = _within([_turn(message, shown) for message in unsettled], room.asked)
    return [{"role": "system", "content": first}, *_alternating([*kept, *asked])]


def left_out(history: Sequence[Message], unsettled: Sequence[Message], room: Room = PLENTY) -> int:
    """How many messages `build` leaves out, or a part of them."""
    turns, asked = ([_turn(each, {}) for each in said] for said in (history, unsettled))
    whole = [
        said["content"] == told["content"]
        for said, told in zip(asked, _within(asked, room.asked), strict=True)
    ]
    return len(turns) - _fitting(turns, room.before) + whole.count(False)


def _fitting(turns: Sequence[Turn], most: int) -> int:
    """How many of the last of them fit in so many characters."""
    sizes = accumulate(characters(turn["content"]) for turn in reversed(turns))
    return sum(size <= most for size in sizes)


def with_retrieval(messages: list[Turn], found: str) -> list[Turn]:
    """`messages` as `build` gave them, with what was `found`, in JSON, before what is answered, and
    the rules for it."""
    system, *said, asked = messages
    ruled = {**system, "content": f"{system['content']}\n\n{retrieval.RULES}"}
    told = FENCE.format(_safe(found))
    return [ruled, *said, {**asked, "content": _joined(told, asked["content"])}]


def _safe(found: str) -> str:
    return _FRAME.sub(lambda mark: f"\\u{ord(mark[0]):04x}", found)


def with_less(asked: Turn, most: int) -> Turn:
    """The last turn with so many characters at most: without the passages that were found last, as
    many as it takes, and then without its oldest words, of which LEAST_CHARACTERS stay."""
    first, *rest = _parts(asked["content"])
    found = _FOUND.match(first["text"])
    told = found[0] if found else ""
    words = [{**first, "text": first["text"][len(told) :].lstrip("\n")}, *rest]
    if found:
        told = _with_fewer_passages(found[1], most - characters(words)) + "\n\n"
    words = _newest_of(words, max(most - len(told), LEAST_CHARACTERS))
    first, *rest = [{**words[0], "text": told + words[0]["text"]}, *words[1:]]
    return {**asked, "content": [first, *rest] if rest else first["text"]}


def _with_fewer_passages(found: str, most: int) -> str:
    """The fence around what was `found`, with so many characters at most, but for the fence of
    none."""
    try:
        passages = json.loads(found)
    except ValueError:  # that nothing was found
        return FENCE.format(found)
    told = FENCE.format(found)
    while passages and len(told) > most:
        passages.pop()
        told = FENCE.format(_safe(retrieval.as_told(passages)))
    return told


def _newest_of(parts: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """`parts` of which so many characters stay at most, the last."""
    kept: list[dict[str, Any]] = []
    for part in reversed(parts):
        if part["type"] == "text":
            text = part["text"]
            size = len(text)
            if size > most:
                part = {**part, "text": _end_of(text, max(0, most - len(LEFT_OUT) - 1))}
            most = max(0, most - size - 1)  # and what stands between two
        kept.append(part)
    return kept[::-1]


def shorter(messages: list[Turn]) -> list[Turn]:
    """The same, and that the answer to it was too long."""
    *before, asked = messages
    return [*before, {**asked, "content": _joined(asked["content"], rules.SHORTER)}]


def spelt(content: Content) -> str:
    """The words of a message's content."""
    return content if isinstance(content, str) else pictures.words(content)


def characters(content: Content) -> int:
    """How many the words of a message's content have."""
    return len(spelt(content))


def lead(told: str, besides: str = "") -> str:
    """All that the model is told before the conversation: the rules, and what is `told` after them
    of the company and the stage."""
    return "\n\n".join(filter(None, (rules.SYSTEM, _harmless(told), besides)))


def _alternating(said: Iterable[Turn]) -> list[Turn]:
    """Neighbours of one role as one turn."""
    turns: list[Turn] = []
    for turn in said:
        if turns and turns[-1]["role"] == turn["role"]:
            turns[-1] = {**turn, "content": _joined(turns[-1]["content"], turn["content"])}
        else:
            turns.append(turn)
    if turns and turns[0]["role"] != "user":
        turns.insert(0, {"role": "user", "content": BEFORE})
    return turns


def _joined(first: Content, second: Content) -> Content:
    """One content of two, a blank line between their words; pictures keep their places."""
    if isinstance(first, str) and isinstance(second, str):
        return f"{first}\n\n{second}"
    before, after = _parts(first), _parts(second)
    if before[-1]["type"] == after[0]["type"] == "text":
        words = f"{before[-1]['text']}\n\n{after[0]['text']}"
        return [*before[:-1], {"type": "text", "text": words}, *after[1:]]
    return [*before, *after]


def _parts(content: Content) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _harmless(words: str) -> str:
    """`words` with what a model or its template may take for the frame around them written so
    that it only looks alike."""
    return _FRAME.sub(lambda mark: "⟦" if mark[0] == "[" else "‹", words)


def _within(said: list[Turn], most: int) -> list[Turn]:
    """As many turns, with so many characters at most, but for what says that some were left out."""
    kept: list[Turn] = []
    for turn in reversed(said):
        size = characters(turn["content"])
        kept.append(turn if size <= most else {**turn, "content": _end_of(turn["content"], most)})
        most = max(0, most - size)
    return kept[::-1]


def _end_of(content: Content, most: int) -> Content:
    if not isinstance(content, str):
        text, *shown = content
        return [{**text, "text": _end_of(text["text"], most)}, *shown]
    return f"{LEFT_OUT} {content[-most:]}" if most else LEFT_OUT


def _turn(message: Message, shown: dict[int, dict[str, Any]]) -> Turn:
    role = "user" if message.direction == Direction.INBOUND else "assistant"
    said = _harmless(words(message)[:MOST_CHARACTERS_OF_ONE])
    attached = [shown[file.id] for file in message.files if file.id in shown]
    if not attached:
        return {"role": role, "content": said}
    return {"role": role, "content": [{"type": "text", "text": said}, *attached]}


def words(message: Message) -> str:
    """The message's text, with what else came named in brackets; never empty."""
    comes_with = message.files or message.payload or message.quoted_sid or message.referral
    if message.kind == "text" and message.body and not comes_with:
        return message.body.strip() or "[message without text]"
    return besides.words(message)


def quoted(message: Message) -> str:
    """The same on one line, as it may stand in the words of somebody else."""
    return _harmless(_one_line(words(message)))


def newest(lines: str, most: int = MOST_CHARACTERS) -> str:
    """The end of it, where it is too long: what was said last counts most."""
    return lines if len(lines) <= most else f"{LEFT_OUT}\n{lines[-most:]}"


def stage_told(stage: Stage, known: Mapping[str, str] | None = None, *, begun: bool = True) -> str:
    """The whole section of the prompt for `stage`; `known` are the answers given so far."""
    parts = [rules.OF_A_STAGE, f"Stage: {stage.name}\nPurpose: {stage.purpose}".strip()]
    if stage.answers:
        parts.append("\n".join(["Questions:", *(_question(each) for each in stage.answers)]))
    if known:
        given = [f"- {name}: {_one_line(value)}" for name, value in known.items()]
        parts.append("\n".join([rules.ANSWERED_SO_FAR, *given]))
    if not begun and stage.opening:
        parts.append(rules.OPENS.format(opening=stage.opening))
    return "\n\n".join(parts)


def _one_line(value: str) -> str:
    """A participant's words on one line, unable to end the quotes they stand in."""
    return json.dumps(" ".join(value.split())[: rules.MOST_OF_AN_ANSWER], ensure_ascii=False)


def _question(question: Question) -> str:
    if question.kind == Kind.CHOICE:
        form = "one of: " + " | ".join(question.options)
    else:
        form = rules.FORMS[question.kind]
    needed = "required" if question.required else "only if it comes up"
    asked = f" {question.hint}" if question.hint else ""
    return f"- {question.name} ({needed}; {form}):{asked}"
