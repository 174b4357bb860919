"""What somebody wants to be called, out of the sentence in which they say it."""

import re

from ...models.participant import folded
from ...understanding.vocabulary.naming import ASKED, BEFORE, NO_NAME
from ..definition import Question

MOST_WORDS = 4
NAME = re.compile(rf"^(?:.*[\s,.!;])?(?:{BEFORE})\s+(?P<name>[^\n,.;:!?()]+)", re.IGNORECASE)


def asks_for_name(question: Question) -> bool:
    return bool(re.search(ASKED, folded(f"{question.name} {question.hint}")))


def name_in(text: str) -> str:
    """The name in `text`; all of it where none is plainly told: "pode me chamar de Má" is Má."""
    found = NAME.match(text.strip())
    words = found["name"].split() if found else []
    end = next((at for at, word in enumerate(words) if folded(word) in NO_NAME), len(words))
    return " ".join(words[:end]) if 0 < end <= MOST_WORDS else text
