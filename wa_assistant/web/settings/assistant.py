"""How the assistant answers: its name and tone, the company's rules, the model and its bounds."""

from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ... import settings
from ...assistant import manner, prompt, rules
from ...conversation import unsettled
from ...journey import definition, versions
from ...knowledge import search
from ...models import Direction, Message
from ...settings import Settings
from .page import PLAIN, Field, Page, Values, number

NUMBER = Field(number)
YES_NO = Field(lambda value: "yes" if value else "", told=lambda shown: str(_told(shown)))
NOTES = {"": _l("No"), "yes": _l("Yes")}


def stage_told(chosen: str) -> str:
    """What the model is told of the stage that was chosen ("7:goal"); "" where there is none."""
    version_id, _, key = chosen.partition(":")
    for row in versions.listing():
        if row.published and str(row.published.id) == version_id:
            stages = definition.read(row.published.stages)
            return next((prompt.stage_told(each) for each in stages if each.key == key), "")
    return ""


def as_sent(now: Settings, stage: str) -> str:
    """All that the model is told before a conversation, where it is in this stage."""
    asked = Message(direction=Direction.INBOUND, kind="text", body=prompt.LEFT_OUT)
    messages = prompt.build([], [asked], manner.of(now).with_stage(stage))
    if not search.is_empty():
        messages = prompt.with_retrieval(messages, prompt.LEFT_OUT)
    return str(messages[0]["content"])


def _stages() -> list[tuple[str, str]]:
    """Those of all published journeys: pairs of what `stage_told` takes, and their names."""
    return [
        (f"{row.published.id}:{stage.key}", f"{row.journey.name} · {stage.name}")
        for row in versions.listing()
        if row.published
        for stage in definition.read(row.published.stages)
    ]


def _told(shown: str) -> LazyString:
    return NOTES["yes" if shown else ""]


def _more(values: Values) -> dict[str, Any]:
    try:
        now = settings.having(values)
    except settings.Refused:  # what is wrong is told at its field
        now = settings.current()
    stage = request.form.get("stage", "")
    return {
        "usual": {
            "model": settings.default_model(),
            "temperature": number(manner.TEMPERATURE),
            "answer_tokens": manner.REPLY_TOKENS,
            "reply_characters": rules.REPLY_CHARACTERS,
            "reply_delay": number(unsettled.default_delay()),
        },
        "notes": list(NOTES.items()),
        "stages": _stages(),
        "stage": stage,
        "question": request.form.get("question", ""),
        "prompt": as_sent(now, stage_told(stage)),
    }


PAGE = Page(
    "assistant",
    _l("Assistant"),
    _l("How it answers. A change holds from the next answer on, in every conversation."),
    {
        **dict.fromkeys(("assistant_name", "tone", "rules", "model"), PLAIN),
        "temperature": NUMBER,
        "answer_tokens": PLAIN,
        "reply_delay": NUMBER,
        "notes_told": YES_NO,
    },
    _more,
)
