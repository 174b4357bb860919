"""Search: by words and, where a model gives vectors, by meaning; joined by rank.

Ranks are what can be joined: a BM25 score and a cosine have no common scale.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from ...conversation import languages
from ...database import db, snapshot
from ...models import Document, Passage
from ...money.ledger import A_QUERY, Payer
from ..reading import tokens
from . import query_vector, vector_sets, vectors, words
from .query_vector import QueryVector
from .thresholds import Thresholds
from .vectors import Near

RESULTS = 10  # where nobody says how many
DEEP = 50  # results by words, and by meaning, that are joined
# Weighted reciprocal rank fusion. With the 60 of its authors a first place and a tenth are worth
# about the same. Measured with a small multilingual model, a place by words is worth two by
# meaning, in either half of the questions it was measured by (docs/knowledge-search.md).
CALM = 5
WORDS, MEANING = 2.0, 1.0
MOST_TOKENS = 2_000  # of passages in a prompt
TOLD_BY = 400  # characters of a passage, by which its language is told
# As a column of any query.
HAS_PASSAGES = exists().where(Passage.active)


@dataclass(frozen=True)
class Result:
    """A passage that was found; `rank` counts from 1, `score` orders and says nothing else.

    `similarity` is its cosine to the query, None where words had to do. `coverage` is the share of
    the query's words that it holds, by rarity, and 0 where it was found by its meaning alone.
    """

    passage_id: int
    document_id: int
    document: str  # its name
    heading: str
    place: str
    text: str
    tokens: int
    score: float
    rank: int
    similarity: float | None
    coverage: float

    def quoted(self, number: int) -> dict[str, object]:
        """As it is told to a model, under a number that a reply can name."""
        names = ("document", "heading", "text")
        return {"number": number, **{name: getattr(self, name) for name in names}}

    def is_above(self, thresholds: Thresholds) -> bool:
        """Whether it may be answered from: by its similarity, where it has one."""
        if self.similarity is None:
            return self.coverage >= thresholds.coverage
        return self.similarity >= thresholds.similarity


@dataclass
class _Joined:
    score: float = 0.0
    similarity: float | None = None
    coverage: float = 0.0


def is_empty() -> bool:
    """Whether there is nothing to be found at all."""
    return not db.session.scalar(select(HAS_PASSAGES))


def search(query: str, limit: int = RESULTS, payer: Payer = A_QUERY) -> list[Result]:
    """The passages that fit `query` best, the best first, however badly they fit; at most `limit`.

    Where there is a key, the embedding service is asked, with no transaction open meanwhile. While
    it is away, words have to do. `payer`: whom that call is for.
    """
    if not query.strip():
        return []
    vector = query_vector.of(query, payer)
    with snapshot():  # or a switch in between would hide both the old and the new
        return _found(query, vector, limit)


def _found(query: str, vector: QueryVector | None, limit: int) -> list[Result]:
    by_words = words.search(query, DEEP)
    joined: dict[int, _Joined] = {}
    for place, found in enumerate(by_words, 1):
        entry = joined.setdefault(found.passage_id, _Joined())
        entry.score += WORDS / (CALM + place)
        entry.coverage = found.coverage
    serving = vector_sets.serving_set()
    # Another one may serve by now, of another model.
    if vector is not None and serving is not None and serving.id == vector.vector_set_id:
        near = vectors.search(serving, vector.direction, also=joined)
        for place, each in enumerate(near, 1):
            if place <= DEEP:
                joined.setdefault(each.passage_id, _Joined()).score += MEANING / (CALM + place)
            if each.passage_id in joined:
                joined[each.passage_id].similarity = each.similarity
        _prefer_its_language(query, joined, near)
    best = sorted(joined, key=lambda id_: (-joined[id_].score, id_))
    return _results(best[:limit], joined)


def _prefer_its_language(query: str, joined: dict[int, _Joined], near: Sequence[Near]) -> None:
    """Put the passage that is nearest by its meaning before one in another language than the
    query's, which is first for the words that both languages have.
    """
    first = max(joined, key=lambda id_: (joined[id_].score, -id_), default=None)
    written = languages.language(query, "")
    if first is None or not written or not near or near[0].passage_id == first:
        return
    nearest = near[0].passage_id
    found = select(Passage.id, Passage.text).where(Passage.id.in_((first, nearest)))
    texts = {row.id: row.text[:TOLD_BY] for row in db.session.execute(found)}
    if nearest not in joined or languages.language(texts[nearest], "") != written:
        return
    if languages.language(texts[first], written) != written:
        joined[nearest].score = math.nextafter(joined[first].score, math.inf)


def for_answer(found: Iterable[Result], thresholds: Thresholds) -> list[Result]:
    """The results that are answered from: those above the thresholds, in the same order, as far as
    a prompt has room for them (MOST_TOKENS).
    """
    chosen: list[Result] = []
    room = MOST_TOKENS
    for each in found:
        told = json.dumps(each.quoted(len(chosen) + 1), ensure_ascii=False)
        if each.is_above(thresholds) and (size := tokens(told)) <= room:
            chosen.append(each)
            room -= size
    return chosen


def _results(ids: list[int], joined: dict[int, _Joined]) -> list[Result]:
    columns = (
        *(Passage.id, Passage.document_id, Document.name, Passage.heading),
        *(Passage.place, Passage.text, Passage.tokens),
    )
    found = select(*columns).join(Document).where(Passage.id.in_(ids), Passage.active)
    rows = {row.id: row for row in db.session.execute(found)}
    return [
        Result(
            passage_id=id_,
            document_id=rows[id_].document_id,
            document=rows[id_].name,
            heading=rows[id_].heading,
            place=rows[id_].place,
            text=rows[id_].text,
            tokens=rows[id_].tokens,
            score=joined[id_].score,
            rank=rank,
            similarity=joined[id_].similarity,
            coverage=joined[id_].coverage,
        )
        for rank, id_ in enumerate(ids, 1)
    ]
