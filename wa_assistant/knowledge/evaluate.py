"""Measures the search by questions whose document is known."""

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ..database import db
from ..models import CallKind, Document
from ..money.ledger import Payer
from . import files, search

WORDS_ALONE = ""  # instead of a model's name
FOR_ALL = Payer(CallKind.EVALUATION)


@dataclass(frozen=True)
class Measured:
    """What came out, for all questions together.

    `ranks`: for each question the rank of its document, counted from 1 among documents, not among
    passages; None where it was not among the results. `milliseconds`: the median of a search.
    `found_by`: the model by whose vectors all were searched, or WORDS_ALONE; None where some were
    searched by vectors and others by words alone. `missing`: the number of questions whose document
    does not exist.
    """

    ranks: Sequence[int | None]
    milliseconds: float
    found_by: str | None
    missing: int

    def recall(self, among: int) -> float:
        """The share of questions, from 0 to 1, whose document is among the first `among`."""
        return self._mean(float(rank is not None and rank <= among) for rank in self.ranks)

    @property
    def mrr(self) -> float:
        """The mean reciprocal rank, from 0 to 1; a document that was not found counts 0."""
        return self._mean(1 / rank if rank else 0.0 for rank in self.ranks)

    def _mean(self, values: Iterable[float]) -> float:
        return sum(values) / len(self.ranks) if self.ranks else 0.0


def measure(questions: Iterable[tuple[str, str]]) -> Measured:
    """Search for each of `questions`: pairs of one and the name of the document that answers it."""
    ranks, durations, by_meaning, expected = [], [], set(), []
    for question, document in questions:
        start = time.perf_counter()
        found = search.search(question, payer=FOR_ALL)
        durations.append((time.perf_counter() - start) * 1000)
        names = list(dict.fromkeys(each.document for each in found))
        expected.append(files.shown_name(document))
        ranks.append(names.index(expected[-1]) + 1 if expected[-1] in names else None)
        by_meaning.add(any(each.similarity is not None for each in found))
    median = statistics.median(durations) if durations else 0.0
    return Measured(ranks, median, _found_by(by_meaning), _missing(expected))


def _found_by(by_meaning: set[bool]) -> str | None:
    if True not in by_meaning:
        return WORDS_ALONE
    serving = search.serving_set()
    return serving.model if serving and False not in by_meaning else None


def _missing(expected: Sequence[str]) -> int:
    there = set(db.session.scalars(select(Document.name)))
    return sum(name not in there for name in expected)
