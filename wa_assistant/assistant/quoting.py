"""What is quoted of the documents where no model answers: the section that speaks of the question.

A model that is told a passage sees whether it answers; nobody does here. So it takes more than to
be found: what the question is about must stand in the section that is quoted, as it was written,
and one word alone does not carry a question of several.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..knowledge.search import Result, Thresholds, Word, words_of
from ..understanding import stems
from . import asked_for
from .asked_for import Kind
from .excerpt import excerpt

LOOKED_AT = 5  # passages
BETWEEN = " > "  # headings of a passage
COVERED = 0.45  # of what the question is about, by rarity
ENOUGH = 2  # words, or kinds of things asked for, that are met


@dataclass(frozen=True)
class _Question:
    about: Sequence[Word]
    kinds: Sequence[Kind]
    asking: Sequence[Word]  # the words that ask for them

    @property
    def weight(self) -> float:
        return sum(each.weight for each in self.about)


@dataclass(frozen=True)
class _Section:
    passage: Result
    text: str
    met: Sequence[Word]
    kinds: int
    is_titled: bool  # by something the question is about
    score: float


def choose(
    query: str, passages: Sequence[Result], thresholds: Thresholds
) -> tuple[Result, str] | None:
    """The passage that answers `query`, and the words of it to be quoted; None for no such one.

    `passages` are all that were found, the best first: what a model may be told is another
    question (search.for_answer), and `thresholds` are held against the section alone.
    """
    question = _read(query)
    sections = [
        _weighed(question, each, text)
        for each in passages[:LOOKED_AT]
        for text in _sections(each.text)
    ]
    for section in sorted(sections, key=lambda each: -each.score):
        if not _answers(question, section, thresholds):
            continue
        if words := excerpt(query, section.text):
            return section.passage, words
    return None


def _read(query: str) -> _Question:
    words = words_of(query)
    kinds = asked_for.kinds(form for word in words for form in word.forms)
    asking = {form for kind in kinds for form in kind.words}
    about = [
        each
        for each in words
        if not each.forms & asking and not each.forms <= asked_for.SAYS_NOTHING
    ]
    return _Question(about, kinds, [each for each in words if each.forms & asking])


def _sections(text: str) -> Iterator[str]:
    """What stands below one heading; new ones have an empty line above them (reading/split.py),
    and keep it: by it the heading is known for one."""
    first, *others = text.split("\n\n")
    yield from (each for each in (first, *(f"\n{other}" for other in others)) if each.strip())


def _weighed(question: _Question, passage: Result, text: str) -> _Section:
    held = _forms(f"{passage.heading}\n{text}")
    met = [each for each in question.about if not each.mended and held & set(each.stems)]
    asked = [each for each in question.asking if held & set(each.stems)]
    kinds = sum(bool(each.shown.search(text)) for each in question.kinds)
    score = sum(each.weight for each in met) + sum(each.weight for each in asked) / 2 + kinds
    titled = _forms(_title(passage, text))
    return _Section(passage, text, met, kinds, any(titled & set(each.stems) for each in met), score)


def _title(passage: Result, text: str) -> str:
    """The heading of a section: its first line, or the passage's own for the first section."""
    if passage.text.startswith(text):
        return passage.heading.rpartition(BETWEEN)[2]
    return text.strip().partition("\n")[0]


def _answers(question: _Question, section: _Section, thresholds: Thresholds) -> bool:
    if section.kinds < len(question.kinds):
        return False
    if not question.about:  # "que horas abre?"
        held = _forms(section.text)
        return any(held & set(each.stems) for each in question.asking)
    covered = sum(each.weight for each in section.met) / question.weight
    if covered < max(COVERED, thresholds.coverage):
        return False
    is_whole = len(section.met) == len(question.about)
    return is_whole or len(section.met) + section.kinds + section.is_titled >= ENOUGH


def _forms(text: str) -> set[str]:
    return {form for term in stems.terms(text) for form in stems.alternatives(term)}
