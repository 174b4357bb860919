"""Texts to vectors of length one, by the embedding service of the configuration."""

from collections.abc import Sequence

import numpy as np
from flask import current_app

from ...clients.failures import ModelError, QuotaSpent, Rejected
from ...models import Defect
from ...work import rates

DIMENSIONS = 512  # asked for where the service can shorten its vectors
MINUTE = 60
UNLIMITED = 1_000_000

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]  # a vector a row
Direction = np.ndarray[tuple[int], np.dtype[np.float32]]  # a vector of length one


class EmbeddingAway(Exception):
    """The service does not answer at the moment; `retry_after` in seconds, 0 where it does not
    say how long.
    """

    def __init__(self, message: str, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EmbeddingBusy(EmbeddingAway):
    """We have called it as often as we may in a minute; nothing is wrong with it."""


class EmbeddingRefused(Exception):
    """The service will not do it, however often it is asked; `defect` says why."""

    def __init__(self, message: str, defect: Defect = Defect.EMBEDDING_REFUSED) -> None:
        super().__init__(message)
        self.defect = defect


class EmbeddingUnpaid(EmbeddingRefused):
    """It refuses whatever it is asked, until somebody pays or raises a limit."""


def vectors_of(
    texts: Sequence[str],
    model: str,
    dimension: int | None,
    *,
    query: bool = False,
) -> Matrix:
    """Vectors of length one, a row for each text.

    `dimension`: that of the vector set they are for; None where they are its first. `query`: it is
    a query and no passages, which some models embed in another way; it waits for nobody's turn.
    Raises EmbeddingAway or EmbeddingRefused, and EmbeddingBusy where it is not the turn of these
    passages yet.
    """
    _take_turn(query)
    # The web process has no SDK in it until somebody needs it.
    from ...clients import embeddings

    wish = DIMENSIONS if dimension in (None, DIMENSIONS) else None
    try:
        given = embeddings.embed(texts, model=model, dimensions=wish, query=query)
    except QuotaSpent as error:
        raise EmbeddingUnpaid(error.message) from error
    except embeddings.Unfit as error:
        raise EmbeddingRefused(error.message, Defect.TEXT_REFUSED) from error
    except Rejected as error:
        raise EmbeddingRefused(error.message) from error
    except ModelError as error:
        raise EmbeddingAway(error.message, error.retry_after or 0.0) from error
    vectors = np.asarray(given, dtype="<f4")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise EmbeddingAway("a vector without a direction was given")
    if dimension is not None and vectors.shape[1] != dimension:
        raise EmbeddingRefused(f"{vectors.shape[1]} dimensions were given instead of {dimension}")
    return np.asarray(vectors / lengths, dtype="<f4")


def _take_turn(query: bool) -> None:
    """Count a call. Passages wait for their turn; queries, no more than replies, for nobody."""
    most = UNLIMITED if query else current_app.config["OPENAI_REQUESTS_PER_MINUTE"]
    seconds = rates.take(MINUTE, rates.Share("embedding.requests", most))
    if seconds:
        raise EmbeddingBusy("as many calls as there may be in a minute", seconds)
