"""How well a passage must fit a query to be answered from.

What a cosine means depends on the model: where one puts unrelated texts at 0.1, another puts
them at 0.75.
"""

from dataclasses import dataclass

from ... import settings
from .vector_sets import model_in_use

COVERAGE = 0.4  # of the query's words, by rarity
SIMILARITY = 0.35  # OpenAI's own models
OF_OTHERS = {"e5": 0.84}  # by what is in the model's name


@dataclass(frozen=True)
class Thresholds:
    """Both from 0 to 1. `similarity` is the least cosine of a passage that has a vector;
    `coverage`, the least share of the query's words in one that is found by words alone.
    """

    similarity: float
    coverage: float = COVERAGE


def current_thresholds() -> Thresholds:
    """What the assistant goes by: what owners chose, else what suits the model in use."""
    chosen, own = settings.current(), default_thresholds()
    similarity, coverage = chosen.similarity_threshold, chosen.coverage_threshold
    return Thresholds(
        own.similarity if similarity is None else similarity,
        own.coverage if coverage is None else coverage,
    )


def default_thresholds() -> Thresholds:
    """What suits the model in use, and counts until owners choose."""
    return of_model(model_in_use())


def of_model(model: str | None) -> Thresholds:
    """What suits a model; None is no model at all."""
    known = (least for name, least in OF_OTHERS.items() if model and name in model.lower())
    return Thresholds(next(known, SIMILARITY))
