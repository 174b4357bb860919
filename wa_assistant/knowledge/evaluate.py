"""Search is measured by questions whose document is known."""

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .search import search


@dataclass(frozen=True)
class Measured:
    """`ranks`: where each question's document came, counted from 1 among documents, not among
    passages; None where it was not among the results. `milliseconds`: the median of a search.
    """

    ranks: Sequence[int | None]
    milliseconds: float

    def recall(self, among: int) -> float:
        """The share of questions whose document is among the first so many."""
        return self._mean(float(rank is not None and rank <= among) for rank in self.ranks)

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank, among the ten results."""
        return self._mean(1 / rank if rank else 0.0 for rank in self.ranks)

    def _mean(self, values: Iterable[float]) -> float:
        return sum(values) / len(self.ranks) if self.ranks else 0.0


def measure(questions: Iterable[tuple[str, str]]) -> Measured:
    """`questions`: each with the name of the document it should be answered from."""
    ranks, durations = [], []
    for question, document in questions:
        start = time.perf_counter()
        found = search(question)
        durations.append((time.perf_counter() - start) * 1000)
        names = list(dict.fromkeys(each.document for each in found))
        ranks.append(names.index(document) + 1 if document in names else None)
    return Measured(ranks, statistics.median(durations) if durations else 0.0)
