"""How well a passage must fit a question to be answered from.

What a cosine means depends on the model: where one puts unrelated texts at 0.1, another puts
them at 0.75.
"""

from dataclasses import dataclass

from ... import settings

COVERAGE = 0.4  # of the question's words, by rarity
SIMILARITY = 0.35  # OpenAI's own models
OF_OTHERS = {"e5": 0.84}  # by what is in the model's name


@dataclass(frozen=True)
class Floors:
    """`similarity` is a cosine; `coverage`, the share of the question's words, is for passages
    that are found by words alone.
    """

    similarity: float
    coverage: float = COVERAGE


def of_model(model: str | None) -> Floors:
    """What is answered by: an owner's choice, else the model's own."""
    chosen, own = settings.current(), own_of(model)
    return Floors(
        own.similarity if chosen.similarity is None else chosen.similarity,
        own.coverage if chosen.coverage is None else chosen.coverage,
    )


def own_of(model: str | None) -> Floors:
    known = (floor for name, floor in OF_OTHERS.items() if model and name in model.lower())
    return Floors(next(known, SIMILARITY))
