"""What stands before the words of a stage: that an answer was heard or is none, and what becomes
of a question of theirs. Each ends in what parts it from what follows; "" where there is nothing.
"""

from collections.abc import Sequence

from ...conversation import fixed_texts
from ...conversation.fixed_texts import FixedText
from ..collect import Found
from ..definition import Question
from . import naming


def recognising(
    language: str, questions: Sequence[Question], kept: Sequence[Found], turn: int
) -> str:
    """A word for the answers just `kept`, another one each `turn`; the name, if they told it."""
    named = {question.name for question in questions if naming.asks_for_name(question)}
    name = next((each.value for each in kept if each.name in named), "")
    if 0 < len(name.split()) <= naming.MOST_WORDS:
        return fixed_texts.say(FixedText.PLEASED, language, name=name) + " "
    return f"{fixed_texts.recognised(language, turn - 1)} " if kept else ""


def passing_on(language: str, *, asks: bool) -> str:
    return fixed_texts.say(FixedText.PASSED_ON, language) + "\n\n" if asks else ""


def not_understood(language: str) -> str:
    return fixed_texts.say(FixedText.NOT_UNDERSTOOD, language) + " "
