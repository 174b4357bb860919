"""A query as it is looked up by words: which these are, and how rare each is in the passages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    """Forms of one word that stand in a query, all their stems, and how rare it is.

    `held`: by mark of strength (strength.py), in how many passages the word stands; "" for all of
    them. `weight` is the greater, the fewer these are. One that is `mended` was not written so.
    """

    forms: frozenset[str]
    stems: tuple[str, ...]
    held: dict[str, int]
    weight: float
    mended: bool = False

    @property
    def worth(self) -> float:
        """Its weight in the ranking, where a word that is said again says more."""
        return self.weight * len(self.forms)


@dataclass(frozen=True)
class Query:
    """The words of a query, each once, and what ranking by them needs."""

    words: list[Word]
    pairs: set[tuple[int, int]]  # of words, by their index, that follow each other
    average: float  # length of a passage here, in words


def read(text: str) -> Query | None:
    """The query that `text` is, without its courtesies and with its typos mended; None where no
    word of it is in any passage.
    """
    sought = stems.terms(courtesies.left_out(text))[:MOST_WORDS]
    counts, passages, length = _counts(sought)
    unknown = [each for each in sought if counts.keys().isdisjoint(stems.alternatives(each))]
    meant = typos.meant({stems.alternatives(each)[0] for each in unknown})
    written = set(sought)
    if meant:
        sought = _mended(sought, meant)
        counts, passages, length = _counts(sought)
    if not counts or not passages:
        return None
    groups = _groups(sought)
    place = {term: index for index, group in enumerate(groups) for term in group}
    pairs = {(place[a], place[b]) for a, b in pairwise(sought)}
    words = [
        replace(_word(group, counts, passages), mended=written.isdisjoint(group))
        for group in groups
    ]
    return Query(words, pairs, length / passages)


def words_of(text: str) -> list[Word]:
    """The words of the query `text`, also where no passage holds any of them."""
    query = read(text)
    if query is not None:
        return query.words
    sought = stems.terms(courtesies.left_out(text))[:MOST_WORDS]
    return [_word(group, {}, 0) for group in _groups(sought)]


def _mended(sought: Iterable[str], meant: dict[str, str]) -> list[str]:
    """The terms, with the words that were meant (by the form that was written) in their place."""
    found = []
    for term in sought:
        word = meant.get(stems.alternatives(term)[0])
        found += stems.terms(word) if word else [term]
    return found


def _counts(sought: Iterable[str]) -> tuple[Counts, int, int]:
    """Those of the terms' stems; and how many passages and words there are at all."""
    wanted = {stem for term in sought for stem in stems.alternatives(term)}
    marked = {stem + mark for stem in wanted for mark in STEPS}
    columns = select(Term.stem, Term.passages, Term.words)
    rows = db.session.execute(columns.where(Term.stem.in_({ALL, *wanted, *marked}))).all()
    found = {row.stem: row.passages for row in rows}
    return found, found.pop(ALL, 0), next((row.words for row in rows if row.stem == ALL), 0)


def _groups(sought: Iterable[str]) -> list[list[str]]:
    """The terms, each once; those that share a stem are one word."""
    groups: list[tuple[set[str], list[str]]] = []
    for term in dict.fromkeys(sought):
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
