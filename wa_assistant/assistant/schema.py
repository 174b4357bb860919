"""The shape the model's answer must have."""

import json
from typing import Any

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
        },
        "required": ["reply"],
        "additionalProperties": False,
    },
}


class Unusable(Exception):
    """The model's answer cannot be sent to anybody."""


def read(text: str) -> str:
    """The reply in the model's JSON; raises Unusable for anything else."""
    try:
        answer = json.loads(text)
    except ValueError:
        raise Unusable("not JSON") from None
    reply = answer.get("reply") if isinstance(answer, dict) else None
    if not isinstance(reply, str):
        raise Unusable("no reply in it")
    # NUL and half an emoji, which JSON can spell, can be neither stored nor sent.
    usable = reply.encode(errors="ignore").decode().replace("\x00", "").strip()
    if not usable:
        raise Unusable("no reply in it")
    return usable
