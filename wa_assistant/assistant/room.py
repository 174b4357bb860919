"""A conversation that is longer than the model's context holds, or the plan allows, loses its
oldest turns, then the passages that fit worst, and then the oldest words of what is asked."""

import json
from typing import Any

from ..clients import ladder, pictures
from ..clients.failures import TooLong
from . import prompt
from .schema import SCHEMA

ANSWER_TOKENS = 1000
FORM = len(json.dumps(SCHEMA))  # which may stand in the prompt, too

Messages = list[dict[str, Any]]


def fit(messages: Messages, too_long: TooLong, answer: int = ANSWER_TOKENS) -> tuple[Messages, int]:
    """`messages` as far as they fit, and how many of their turns that left out, or a part of them.

    What leads stays, and the newest words of what is to be answered; what was found for it, as far
    as there is room beside these. The server's own count says how long a token is; where it gave no
    numbers at all, half of what was said is left out.
    """
    lead = [each for each in messages[:1] if each["role"] == "system"]
    *said, asked = messages[len(lead) :]
    fixed = sum(map(_size, [*lead, asked]))
    most = _most(fixed + sum(map(_size, said)), too_long, answer)
    kept = list(said)
    while kept and (fixed + sum(map(_size, kept)) > most or kept[0]["role"] != "user"):
        del kept[0]
    over = fixed + sum(map(_size, kept)) - most
    shorter = prompt.with_less(asked, _size(asked) - over) if over > 0 else asked
    is_cut = _cuts(shorter) > _cuts(asked)
    return [*lead, *kept, shorter], len(said) - len(kept) + is_cut


def _most(now: int, too_long: TooLong, answer: int) -> int:
    """The characters that all of it may have, of which there are `now` so many."""
    if too_long.context is None:
        return now // 2
    answer = min(answer, too_long.context // ladder.SHARE)
    room = too_long.context - answer
    if too_long.read:
        return now * room // too_long.read
    return room * prompt.CHARACTERS_A_TOKEN - FORM


def _cuts(message: dict[str, Any]) -> int:
    return prompt.spelt(message["content"]).count(prompt.LEFT_OUT)


def _size(message: dict[str, Any]) -> int:
    return len(pictures.words(message["content"]))
