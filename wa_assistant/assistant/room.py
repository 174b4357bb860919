"""A conversation that is longer than the model's context holds loses its oldest turns."""

import json
from typing import Any

from ..clients import pictures
from ..clients.failures import TooLong
from .schema import SCHEMA

CHARACTERS_A_TOKEN = 3  # or more, in the languages we speak
ANSWER_TOKENS = 1000
ANSWER_SHARE = 3  # of a small context: no more than a third is kept for the answer
FORM = len(json.dumps(SCHEMA))  # which may stand in the prompt, too

Messages = list[dict[str, Any]]


def fit(messages: Messages, refusal: TooLong) -> tuple[Messages, int]:
    """`messages` as far as they fit, and how many of their turns that left out.

    What leads and what is to be answered stays. The server's own count says how long a token is;
    where it gave no numbers at all, half of what was said is left out.
    """
    lead = [each for each in messages[:1] if each["role"] == "system"]
    *said, asked = messages[len(lead) :]
    fixed = sum(map(_size, [*lead, asked]))
    most = _most(fixed + sum(map(_size, said)), refusal)
    kept = list(said)
    while kept and (fixed + sum(map(_size, kept)) > most or kept[0]["role"] != "user"):
        del kept[0]
    return [*lead, *kept, asked], len(said) - len(kept)


def _most(now: int, refusal: TooLong) -> int:
    """The characters that all of it may have, of which there are `now` so many."""
    if refusal.context is None:
        return now // 2
    answer = min(ANSWER_TOKENS, refusal.context // ANSWER_SHARE)
    room = refusal.context - answer
    if refusal.read:
        return now * room // refusal.read
    return room * CHARACTERS_A_TOKEN - FORM


def _size(message: dict[str, Any]) -> int:
    return len(pictures.words(message["content"]))
