"""A value within what people say, where no model reads it: "nota dez, mas ...", "a terceira".

Alone, a value is read by `values.fitting`. Beside other words it is one only where these leave it
as it is; what came before or after "mas" may be anything that names no second value.
"""

import re

from ...models import Prompt
from ...models.answer import Kind
from ...models.participant import folded
from ...understanding import commands, stems
from ...understanding.commands import YesNo
from ...understanding.grammar import anywhere
from ...understanding.matcher import words_of
from ...understanding.vocabulary.answering import (
    ALSO_NO,
    ALSO_YES,
    ECHOES,
    NEGATIONS,
    OPINION,
    PLAIN_WORDS,
)
from ...understanding.vocabulary.counting import ARTICLES, BESIDE_A_PLACE, NUMBERS, PLACES
from ..definition import Question
from ..values import fitting
from . import naming, no_answer, numbers

CLAUSES = re.compile(r"[;!…\n]+|[.,](?!\d)|\b(?:mas|porém|porque|but|because|pero)\b", re.I)
FEWEST_SHARED, MOST_OF_IT = 5, 0.7  # letters at the beginning of two forms of a word
AND = re.compile(r"\b(?:e|and|y)\b", re.I)
OPINIONS = anywhere(OPINION)
FIGURES = re.compile(r"(\d{1,2})(?:a|o|st|nd|rd|th)")  # "3ª", folded
VERB = re.compile(r"\b(?:voce|vc|you|usted) (?:ja )?(\w+)|^(?:are|have|do|will|would|can)\b")


def read(question: Question, text: str) -> str | None:
    """`text` as a value of the question's kind; None where it is none, or is asked."""
    if question.kind == Kind.TEXT:
        return naming.name_in(text) if naming.asks_for_name(question) else fitting(question, text)
    whole = fitting(question, text)
    if whole is not None or "?" in text:
        return whole
    if question.kind == Kind.NUMBER:
        number = numbers.only_one(text)
        return None if number is None else fitting(question, number)
    if question.kind == Kind.CHOICE:
        return _choice(question, text)
    return _yes_or_no(question, text) if question.kind == Kind.YES_NO else _first(question, text)


def unasked(question: Question, text: str) -> str | None:
    """`text` as an answer to `question`, which was not asked yet: only where it plainly is one, an
    option by its name, or a number with a word of the question: "5 anos"."""
    if question.kind == Kind.NUMBER and not _shares_word(text, question.hint):
        return None
    if question.kind == Kind.CHOICE and re.search(r"\d", text):
        return None
    return read(question, text) if question.kind in (Kind.NUMBER, Kind.CHOICE, Kind.DATE) else None


def several(questions: list[Question], text: str) -> list[str]:
    """What answers yes-no `questions`, in their order: "sim e não"; none where there is more."""
    if "?" in text:
        return []
    clauses = [each for part in _clauses(text) for each in AND.split(part) if each.strip()]
    each_its_own = zip(questions, clauses, strict=False)
    values = [value for question, clause in each_its_own if (value := _plain(question, clause))]
    return values if 1 < len(values) == len(clauses) else []


def _clauses(text: str) -> list[str]:
    """Without those that are courtesy alone."""
    said = [each for each in CLAUSES.split(text) if words_of(each)]
    told = [each for each in said if not no_answer.is_courtesy(each)]
    return told or said


def _first(question: Question, text: str) -> str | None:
    clauses = _clauses(text)
    return fitting(question, clauses[0]) if clauses else None


def _choice(question: Question, text: str) -> str | None:
    """By the option's place, by its name before "mas", or by another form of its words."""
    first = _clauses(text)[:1]
    words = words_of(OPINIONS.sub(" ", folded(first[0]))) if first else []
    places = [place for word in words if (place := _place(word))]
    if len(places) == 1 and all(_place(each) or each in BESIDE_A_PLACE for each in words):
        at = places[0] - 1 if places[0] > 0 else len(question.options) + places[0]
        return question.options[at] if 0 <= at < len(question.options) else None
    named = fitting(question, first[0]) if first else None
    return named or _named_alike(question, [each for each in words if each not in PLAIN_WORDS])


def _place(word: str) -> int:
    """Which place in a list `word` is, from 1 on; from -1 back from its end, and 0 for none."""
    if figures := FIGURES.fullmatch(word):
        return int(figures[1])
    return PLACES.get(word, 0 if word in ARTICLES else NUMBERS.get(word, 0))


def _named_alike(question: Question, words: list[str]) -> str | None:
    """The one option of which all of `words` are other forms: "mudar de área"."""
    alike = [each for each in question.options if all(_is_form(word, each) for word in words)]
    return alike[0] if words and len(alike) == 1 else None


def _yes_or_no(question: Question, text: str) -> str | None:
    """By what it begins with, unless it is then taken back: "sim, mas não"."""
    if not any(map(str.isalnum, text)):
        shown = commands.heard(text, to=Prompt.CONSENT)
        return None if shown == YesNo.UNCLEAR else str(shown)
    clauses = [each for part in _clauses(text) for each in AND.split(part) if each.strip()]
    said = [_plain(question, each) for each in clauses]
    if not said or said[0] is None or any(map(no_answer.has_none, clauses[1:])):
        return None
    return said[0] if {*said} <= {said[0], None} else None


def _plain(question: Question, clause: str) -> str | None:
    words = " ".join(words_of(OPINIONS.sub(" ", folded(clause))))
    if words in ALSO_YES or words in ALSO_NO:
        return "yes" if words in ALSO_YES else "no"
    return fitting(question, words) or _echo(question, words.split()) if words else None


def _echo(question: Question, words: list[str]) -> str | None:
    """What says the question's verb once more: "já participei", "não recomendaria"."""
    hint = folded(question.hint)
    found = VERB.search(hint)
    verb = (found[1] or found[0]) if found else ""
    ways = set(ECHOES.get(verb, "").split())
    if not verb or not any(word in ways or _is_form(word, verb) for word in words):
        return None
    known = NEGATIONS | PLAIN_WORDS | ways | {"sempre", "nunca"}
    if not all(word in known or _is_form(word, hint) for word in words):
        return None
    return "no" if NEGATIONS & set(words) else "yes"


def _shares_word(text: str, hint: str) -> bool:
    return any(_is_form(word, hint) for word in words_of(text) if not word.isdigit())


def _is_form(word: str, text: str) -> bool:
    """Whether `word` is a form of a word in `text`: of one stem, or alike but for the ending."""
    if any(_begin_alike(word, each) for each in words_of(text)):
        return True
    theirs = {stem for term in stems.terms(text) for stem in stems.alternatives(term)}
    found = [stem for term in stems.terms(word) for stem in stems.alternatives(term)]
    return word in words_of(text) if not found else not theirs.isdisjoint(found)


def _begin_alike(one: str, other: str) -> bool:
    """ "Recomendo" and "recomendaria", which the stemmer does not bring together."""
    fewest = max(FEWEST_SHARED, round(MOST_OF_IT * min(len(one), len(other))))
    return min(len(one), len(other)) >= fewest and one[:fewest] == other[:fewest]
