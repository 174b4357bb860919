"""What is asked after: the words of a question, and how rare each is in the passages."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log

from sqlalchemy import select

from ...database import db
from ...models import Term
from ...understanding import courtesies, stems
from . import typos
from .index import ALL
from .strength import STEPS

MOST_WORDS = 32

Counts = dict[str, int]  # in how many passages a stem is, with a mark or without


@dataclass(frozen=True)
class Word:
    """Forms of one word that stand in a question, all their stems, and how rare it is.

    `held`: in how many passages it is, and with which mark (strength.py); "" for all of them.
    """

    forms: frozenset[str]
    stems: tuple[str, ...]
    held: dict[str, int]
    weight: float

    @property
    def worth(self) -> float:
        """Its weight in the ranking, where a word that is said again says more."""
        return self.weight * len(self.forms)


@dataclass(frozen=True)
class Question:
    words: list[Word]
    pairs: set[tuple[int, int]]  # of words, by their index, that follow each other
    average: float  # length of a passage, in words


def read(question: str) -> Question | None:
    """None where no word of it is in any passage."""
    asked = stems.terms(courtesies.left_out(question))[:MOST_WORDS]
    counts, passages, length = _counts(asked)
    unknown = [each for each in asked if counts.keys().isdisjoint(stems.alternatives(each))]
    meant = typos.meant({stems.alternatives(each)[0] for each in unknown})
    if meant:
        asked = _mended(asked, meant)
        counts, passages, length = _counts(asked)
    if not counts or not passages:
        return None
    groups = _groups(asked)
    place = {term: index for index, group in enumerate(groups) for term in group}
    pairs = {(place[a], place[b]) for a, b in pairwise(asked)}
    return Question([_word(group, counts, passages) for group in groups], pairs, length / passages)


def _mended(asked: Iterable[str], meant: dict[str, str]) -> list[str]:
    found = []
    for term in asked:
        word = meant.get(stems.alternatives(term)[0])
        found += stems.terms(word) if word else [term]
    return found


def _counts(asked: Iterable[str]) -> tuple[Counts, int, int]:
    """Those of the stems asked after; and how many passages and words there are at all."""
    wanted = {stem for term in asked for stem in stems.alternatives(term)}
    marked = {stem + mark for stem in wanted for mark in STEPS}
    columns = select(Term.stem, Term.passages, Term.words)
    rows = db.session.execute(columns.where(Term.stem.in_({ALL, *wanted, *marked}))).all()
    found = {row.stem: row.passages for row in rows}
    return found, found.pop(ALL, 0), next((row.words for row in rows if row.stem == ALL), 0)


def _groups(asked: Iterable[str]) -> list[list[str]]:
    """The terms asked after, each once; those that share a stem are one word."""
    groups: list[tuple[set[str], list[str]]] = []
    for term in dict.fromkeys(asked):
        stood, terms = set(stems.alternatives(term)), [term]
        apart = []
        for others, alike in groups:
            if stood.isdisjoint(others):
                apart.append((others, alike))
            else:
                stood, terms = stood | others, alike + terms
        groups = [*apart, (stood, terms)]
    return [terms for _, terms in groups]


def _word(group: list[str], counts: Counts, passages: int) -> Word:
    every = [stems.alternatives(term) for term in group]
    known = tuple(dict.fromkeys(stem for each in every for stem in each))
    held = {mark: max(counts.get(stem + mark, 0) for stem in known) for mark in ("", *STEPS)}
    weight = log(1 + (passages - held[""] + 0.5) / (held[""] + 0.5))
    return Word(frozenset(each[0] for each in every), known, held, weight)
