"""The shape that the model's answer must have. What is in it is proposed: code decides."""

from dataclasses import dataclass
from typing import Any

from ..journey.collect import Found

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
