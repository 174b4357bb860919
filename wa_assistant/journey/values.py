"""Makes a participant's words the value of an answer, where they fit its kind.

A value is kept as text, in one way of writing: 1234.5, yes, no, 2026-12-05, the option as the
journey has it.
"""

import re
from collections.abc import Callable

from ..models.answer import Kind
from ..understanding.grammar import anywhere
from ..understanding.matcher import words_of
from ..understanding.vocabulary import courtesy
from ..understanding.vocabulary.answering import ANSWERS_NO, ANSWERS_YES, OPINION, PLAIN_WORDS
from ..understanding.vocabulary.signs import FRIENDLY
from ..understanding.written import bare, day, number, plain
from .definition import Question
from .quotes import EMPTY

LONGEST_TEXT = 4000
COURTESY = anywhere(courtesy.BESIDE_A_YES_OR_NO)
OPTION_NUMBER = re.compile(
    r"(?:a )?(?:opcao|option|numero|number|n[ºo°]?\.?|#)?\s*(\d{1,2})\s*[).\-–ªº]?"
)
# What may stand beside an option and leaves it as it is.
UNSAID = anywhere(OPINION | courtesy.BESIDE_AN_OPTION)
BESIDE = FRIENDLY | PLAIN_WORDS


def fitting(question: Question, text: str) -> str | None:
    """`text` as a value of the question's kind; None where it is none."""
    said = text.replace("\x00", "").strip()  # which Postgres cannot store
    return _READ[question.kind](question, said) if said else None


def _text(_: Question, said: str) -> str | None:
    return said if len(said) <= LONGEST_TEXT else None


def _choice(question: Question, said: str) -> str | None:
    """By its words, whatever their case and accents, also within a short sentence that names no
    other, or by its number in the list."""
    wanted = plain(said)
    named = [each for each in question.options if plain(each) == wanted]
    if named:
        return named[0]
    listed = OPTION_NUMBER.fullmatch(wanted)
    if listed and 0 < int(listed[1]) <= len(question.options):
        return question.options[int(listed[1]) - 1]
    return _named_in(question, said)


def _named_in(question: Question, said: str) -> str | None:
    """The one option whose words stand in `said` beside such as change nothing: "estou
    crescendo", but not "não estou" nor "queria estar"."""
    rest, named = f" {' '.join(words_of(said))} ", []
    # The longest first: "mudando de área" is no "mudando".
    for option in sorted(question.options, key=len, reverse=True):
        wanted = words_of(option)
        if not EMPTY.issuperset(wanted) and (whole := f" {' '.join(wanted)} ") in rest:
            named.append(option)
            rest = rest.replace(whole, " | ")
    if len(named) != 1 or "?" in said:
        return None
    beside = set(UNSAID.sub(" ", rest.replace("|", " ")).split())
    place = str(question.options.index(named[0]) + 1)
    return named[0] if beside <= BESIDE | {place} else None


def _yes_or_no(_: Question, said: str) -> str | None:
    """By the whole of what was said: "sim, mas ..." says something else besides."""
    wanted = re.sub(r"\s*,\s*", " ", " ".join(COURTESY.sub(" ", plain(said)).split()))
    wanted = bare(wanted)
    if wanted in ANSWERS_YES:
        return "yes"
    return "no" if wanted in ANSWERS_NO else None


_READ: dict[Kind, Callable[[Question, str], str | None]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: lambda _, said: number(said),
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_or_no,
    Kind.DATE: lambda _, said: day(said),
}
