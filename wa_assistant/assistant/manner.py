"""How the assistant answers, as owners want it: read anew for each answer.

What they have not chosen is as the environment says, or as the product has it.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from .. import settings
from ..settings import Settings
from . import prompt, rules

REPLY_TOKENS = 500
ROOM_TOKENS = 500  # for the JSON around the reply, and the answers found
TEMPERATURE = 0.7
NAMES = (
    "company",
    "purpose",
    "assistant_name",
    "tone",
    "rules",
    "model",
    "temperature",
    "answer_tokens",
    "notes_told",
)
COLUMNS = settings.columns(NAMES)


@dataclass(frozen=True)
class Manner:
    """`told`: what the model is told of the company and in the company's words; "" for nothing.
    `tokens`: the most that a whole answer may have, what stands around the reply included.
    `notes_told`: the model is told what users note in a conversation."""

    told: str
    model: str
    temperature: float
    tokens: int
    notes_told: bool = False

    @cached_property
    def version(self) -> str:
        """Of all that the model is told in whichever conversation."""
        if not self.told:
            return prompt.VERSION
        return hashlib.sha256(f"{prompt.VERSION}{self.told}".encode()).hexdigest()[:8]

    def with_stage(self, told: str) -> str:
        """What the model is told after the rules, with what it is `told` of a stage."""
        return "\n\n".join(filter(None, (self.told, told)))


def now() -> Manner:
    return of(settings.current())


def of(chosen: Settings) -> Manner:
    temperature, tokens = chosen.temperature, chosen.answer_tokens
    return Manner(
        told=_told(chosen),
        model=settings.model_of(chosen),
        temperature=TEMPERATURE if temperature is None else temperature,
        tokens=(REPLY_TOKENS if tokens is None else tokens) + ROOM_TOKENS,
        notes_told=chosen.notes_told,
    )


def _told(chosen: Settings) -> str:
    lines = {
        "Company": chosen.company,
        "What you are for": chosen.purpose,
        "Your name": chosen.assistant_name,
        "Your tone": chosen.tone,
        "The company's rules": chosen.rules,
    }
    said = [_line(what, words) for what, words in lines.items() if words]
    return "\n".join([rules.OF_THE_COMPANY, *said]) if said else ""


def _line(what: str, words: str) -> str:
    return f"{what}:\n{words}" if "\n" in words else f"{what}: {words}"
