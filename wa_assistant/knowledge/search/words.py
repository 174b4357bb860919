"""Search by words: BM25 over stems, the same on every database.

The database tells which passages hold the rarer words of the query, and hold them strongly
(candidates.py). Those are ranked; words in the query's own form and in its order count a little
more.
"""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Row, select

from ...database import db
from ...models import Passage
from ...understanding import stems
from . import candidates
from .query import Query, Word, read
from .strength import saturated

FORM = 0.3  # for the query's own form of a word, over any form
PAIR = 0.3  # for two of its words next to each other
NO_WORD = -1


@dataclass(frozen=True)
class Found:
    """`score` orders. `coverage`: the share of the query's words that are in the passage, by
    rarity.
    """

    passage_id: int
    score: float
    coverage: float


def search(text: str, limit: int) -> list[Found]:
    """The passages that fit the words of the query `text` best, the best first; at most `limit`."""
    query = read(text)
    if query is None:
        return []
    rows = _load(candidates.find(query.words))
    total = sum(word.weight for word in query.words)
    known = _Known(query.words)
    found = []
    for row in rows:
        score, covered = _score(query, known, row.stems, row.length)
        found.append(Found(row.id, score, covered / total))
    found.sort(key=lambda each: (-each.score, each.passage_id))
    return found[:limit]


def _load(ids: list[int]) -> list[Row[tuple[int, int, str]]]:
    columns = select(Passage.id, Passage.length, Passage.stems)
    return list(db.session.execute(columns.where(Passage.id.in_(ids), Passage.active)))


class _Known(dict[str, int]):
    """What the terms of passages are to a query: twice the index of its word, one more where
    the form is the query's own; NO_WORD for all others. Each term is looked at once.

    `alike` finds the terms that may be one of them: no ending is longer than what is left.
    """

    def __init__(self, words: list[Word]) -> None:
        super().__init__()
        openings = {re.escape(stem[:2]) for word in words for stem in word.stems}
        self.alike = re.compile(f" (?:{'|'.join(sorted(openings))})[^ ]*")
        self._words = words
        self._stems = {stem: index for index, word in enumerate(words) for stem in word.stems}

    def __missing__(self, term: str) -> int:
        known = NO_WORD
        form, *others = stems.alternatives(term[1:])
        for stem in (form, *others):
            index = self._stems.get(stem)
            if index is not None:
                known = 2 * index + (form in self._words[index].forms)
                break
        self[term] = known
        return known


def _score(query: Query, known: _Known, passage: str, length: int) -> tuple[float, float]:
    """BM25 with what form and order add, and the weight of the words that a passage holds."""
    words, average = query.words, query.average
    times, forms, pairs = Counter[int](), Counter[int](), Counter[tuple[int, int]]()
    end, last = -1, NO_WORD
    for alike in known.alike.finditer(f" {passage}"):
        word = known[alike[0]]
        if word == NO_WORD:
            continue
        index = word >> 1
        times[index] += 1
        forms[index] += word & 1
        if alike.start() == end and (last, index) in query.pairs:
            pairs[last, index] += 1
        end, last = alike.end(), index
    score = sum(words[i].worth * saturated(n, length, average) for i, n in times.items())
    score += FORM * sum(words[i].worth * saturated(n, length, average) for i, n in forms.items())
    for (a, b), n in pairs.items():
        both = words[a].worth + words[b].worth
        score += PAIR * both * saturated(n, length, average)
    return score, sum(words[i].weight for i in times)
