"""The shape the model's answer must have. What is in it is proposed: code decides."""

import json
from dataclasses import dataclass
from typing import Any

from ..journey.collect import Found
from . import formatting

ANSWER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "The question's name."},
        "value": {"type": "string", "description": "What the participant means."},
        "quote": {"type": "string", "description": "The participant's own words, exactly."},
        "confidence": {"type": "number", "description": "From 0 to 1."},
    },
    "required": ["name", "value", "quote", "confidence"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "name": "answer",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {
            "reply": {
                "type": "string",
                "description": "The message the participant will read on WhatsApp.",
            },
            "answers": {
                "type": "array",
                "items": ANSWER,
                "description": "What they answered to the stage's questions; empty without any.",
            },
            "stage_complete": {
                "type": "boolean",
                "description": "Whether the stage seems complete; false where there is none.",
            },
            "wants_person": {
                "type": "boolean",
                "description": "Whether the participant wants to talk to a person.",
            },
            "wants_stop": {
                "type": "boolean",
                "description": "Whether the participant wants no more messages at all.",
            },
            "passages_used": {
                "type": "array",
                "items": {"type": "integer"},
                "description": "Numbers of the passages the reply rests on; empty without any.",
            },
            "unanswered": {
                "type": "string",
                "description": "The question about the company that nothing answers; or empty.",
            },
        },
        "required": [
            *("reply", "answers", "stage_complete", "wants_person", "wants_stop"),
            *("passages_used", "unanswered"),
        ],
        "additionalProperties": False,
    },
}


@dataclass(frozen=True)
class Reply:
    """What the model proposes: words for the participant, and what it found in theirs."""

    text: str
    answers: tuple[Found, ...] = ()
    stage_complete: bool = False
    wants_person: bool = False
    wants_stop: bool = False
    passages_used: tuple[int, ...] = ()
    unanswered: str = ""


class Unusable(Exception):
    """The model's answer cannot be sent to anybody."""


def read(text: str) -> Reply:
    """The reply in the model's JSON; raises Unusable where nobody would see a word of it.

    Servers that hold to no schema may leave out the rest.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):  # brackets without end
        raise Unusable("not JSON") from None
    if not isinstance(said, dict):
        raise Unusable("no reply in it")
    reply = said.get("reply")
    usable = _text(reply) if isinstance(reply, str) else ""
    if not formatting.is_legible(formatting.for_whatsapp(usable)):
        raise Unusable("no reply in it")
    answers = said.get("answers")
    found = [_found(each) for each in answers] if isinstance(answers, list) else []
    return Reply(
        text=usable,
        answers=tuple(each for each in found if each),
        stage_complete=said.get("stage_complete") is True,
        wants_person=said.get("wants_person") is True,
        wants_stop=said.get("wants_stop") is True,
        passages_used=_numbers(said.get("passages_used")),
        unanswered=" ".join(_text(said.get("unanswered")).split()),
    )


def _found(said: Any) -> Found | None:
    if not isinstance(said, dict):
        return None
    name, value, quote = (_text(said.get(key)) for key in ("name", "value", "quote"))
    if isinstance(said.get("value"), bool):
        value = "yes" if said["value"] else "no"
    return Found(name, value, quote, _share(said.get("confidence"))) if name and value else None


def _numbers(said: Any) -> tuple[int, ...]:
    if not isinstance(said, list):
        return ()
    return tuple(each for each in said if isinstance(each, int) and not isinstance(each, bool))


def _share(said: Any) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(min(1, max(0, said)))


def _text(said: Any) -> str:
    """NUL and half an emoji, which JSON can spell, can be neither stored nor sent."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str):
        return ""
    return said.encode(errors="ignore").decode().replace("\x00", "").strip()
