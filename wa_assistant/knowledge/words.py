"""Search by words: BM25 over stems, the same on every database.

The database tells which passages hold the rarer words of the question; common ones would only
make the list long, and count in the ranking alone. What is ranked are the passages that hold
most, by rarity; words in the question's own form and in its order count a little more.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import log

from sqlalchemy import Row, select, text

from ..database import db
from ..models import Passage, Term
from . import stems
from .index import ALL, on_postgres

SATURATION = 1.2  # BM25's k1: how soon a word's repetition counts no more
LENGTH = 0.75  # BM25's b: how much a long passage is held against it
FORM = 0.3  # for the question's own form of a word, over any form
PAIR = 0.3  # for two of its words next to each other
MOST_WORDS = 32  # of a question
CANDIDATES = 64  # passages that are ranked
# Rows read to find them. A word that is in more passages is left to the ranking.
MOST_ROWS = 10_000
NO_WORD = -1


@dataclass(frozen=True)
class Found:
    """`coverage`: the share of the question's words that are in the passage, by rarity."""

    passage_id: int
    score: float
    coverage: float


@dataclass(frozen=True)
class Word:
    """One word of a question: its form, its form and stems, and how rare it is."""

    form: str
    stems: tuple[str, ...]
    passages: int
    weight: float


@dataclass(frozen=True)
class Question:
    words: list[Word]
    pairs: set[tuple[int, int]]  # of words, by their index, that follow each other
    average: float  # length of a passage, in words


def search(question: str, limit: int) -> list[Found]:
    """The passages that fit the words of `question` best, the best first."""
    asked = _read(question)
    if asked is None:
        return []
    rows = _load(_candidates(asked.words))
    total = sum(word.weight for word in asked.words)
    known = _Known(asked.words)
    found = []
    for row in rows:
        score, covered = _score(asked, known, row.stems, row.length)
        found.append(Found(row.id, score, covered / total))
    found.sort(key=lambda each: (-each.score, each.passage_id))
    return found[:limit]


def _read(question: str) -> Question | None:
    """None where no word of it is in any passage."""
    asked = stems.terms(question)[:MOST_WORDS]
    terms = list(dict.fromkeys(asked))
    alternatives = [stems.alternatives(term) for term in terms]
    wanted = {stem for each in alternatives for stem in each}
    counts = {
        row.stem: (row.passages, row.words)
        for row in db.session.execute(select(Term).where(Term.stem.in_({ALL, *wanted}))).scalars()
    }
    passages, words = counts.pop(ALL, (0, 0))
    if not counts or not passages:
        return None
    found = []
    for each in alternatives:
        held = max(counts.get(stem, (0, 0))[0] for stem in each)
        weight = log(1 + (passages - held + 0.5) / (held + 0.5))
        found.append(Word(each[0], tuple(each), held, weight))
    place = {term: index for index, term in enumerate(terms)}
    pairs = {(place[a], place[b]) for a, b in pairwise(asked)}
    return Question(found, pairs, words / passages)


def _candidates(words: list[Word]) -> list[int]:
    """Ids of passages to rank: those that hold most of the rarer words."""
    chosen: list[Word] = []
    rows = 0
    for word in sorted((each for each in words if each.passages), key=lambda each: each.passages):
        rows += word.passages
        if chosen and rows > MOST_ROWS:
            break
        chosen.append(word)
    one = _ONE_ON_POSTGRES if on_postgres() else _ONE_ON_SQLITE
    mark = " | " if on_postgres() else " OR "
    parts = [one.format(place) for place in range(len(chosen))]
    values: dict[str, object] = {"most": CANDIDATES}
    for place, word in enumerate(chosen):
        values[f"match{place}"] = mark.join(_quoted(stem) for stem in word.stems)
        values[f"weight{place}"] = word.weight
    statement = (
        f"SELECT id FROM ({' UNION ALL '.join(parts)}) AS held "  # noqa: S608 - of constants
        "GROUP BY id ORDER BY sum(weight) DESC, id LIMIT :most"
    )
    with _by_index():
        return [row.id for row in db.session.execute(text(statement), values)]


@contextmanager
def _by_index() -> Iterator[None]:
    """Postgres would read a table from end to end for a common word: it takes that for cheap,
    but the words of each passage are stored apart from its row.
    """
    if not on_postgres():
        yield
        return
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    db.session.execute(text("SET LOCAL enable_seqscan = on"))


_ONE_ON_SQLITE = (
    "SELECT rowid AS id, :weight{0} AS weight FROM index_words WHERE index_words MATCH :match{0}"
)
_ONE_ON_POSTGRES = (
    "SELECT passage_id AS id, CAST(:weight{0} AS real) AS weight FROM index_words "
    "WHERE stems @@ CAST(:match{0} AS tsquery)"
)


def _quoted(stem: str) -> str:
    """A stem has letters and digits alone; quoted, none is a word of the query's language."""
    return f"'{stem}'" if on_postgres() else f'"{stem}"'


def _load(ids: list[int]) -> list[Row[tuple[int, int, str]]]:
    columns = select(Passage.id, Passage.length, Passage.stems)
    return list(db.session.execute(columns.where(Passage.id.in_(ids), Passage.active)))


class _Known(dict[str, int]):
    """What the terms of passages are to a question: twice the index of its word, one more where
    the form is the question's own; NO_WORD for all others. Each term is looked at once.
    """

    def __init__(self, words: list[Word]) -> None:
        super().__init__()
        self.openings = {word.form[:2] for word in words}
        self._words = words
        self._stems = {stem: index for index, word in enumerate(words) for stem in word.stems}

    def __missing__(self, term: str) -> int:
        known = NO_WORD
        form, *others = stems.alternatives(term)
        for stem in (form, *others):
            index = self._stems.get(stem)
            if index is not None:
                known = 2 * index + (self._words[index].form == form)
                break
        self[term] = known
        return known


def _score(question: Question, known: _Known, passage: str, length: int) -> tuple[float, float]:
    """BM25 with what form and order add, and the weight of the words that a passage holds."""
    words = question.words
    openings = known.openings  # no ending is that long, and most words are told apart by it
    alike = [each for each in enumerate(passage.split()) if each[1][:2] in openings]
    times, forms, pairs = Counter[int](), Counter[int](), Counter[tuple[int, int]]()
    last_place, last = -2, NO_WORD
    for place, term in alike:
        word = known[term]
        if word == NO_WORD:
            continue
        index = word >> 1
        times[index] += 1
        forms[index] += word & 1
        if place == last_place + 1 and (last, index) in question.pairs:
            pairs[last, index] += 1
        last_place, last = place, index
    norm = SATURATION * (1 - LENGTH + LENGTH * length / question.average)
    score = sum(words[i].weight * _saturated(n, norm) for i, n in times.items())
    score += FORM * sum(words[i].weight * _saturated(n, norm) for i, n in forms.items())
    for (a, b), n in pairs.items():
        score += PAIR * (words[a].weight + words[b].weight) * _saturated(n, norm)
    return score, sum(words[i].weight for i in times)


def _saturated(times: int, norm: float) -> float:
    return times * (SATURATION + 1) / (times + norm)
