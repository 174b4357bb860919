"""Texts to vectors of length one, by the embedding service of the configuration."""

import time
from collections.abc import Sequence

import numpy as np
from flask import current_app

from ...clients.failures import ModelError, QuotaSpent, Rejected
from ...models import CallKind, Defect, Outcome
from ...money import ledger, prices
from ...money.caps import NoRoom
from ...money.ledger import Payer, Reservation
from ...providers.outcomes import OUTCOMES
from ...work import rates

DIMENSIONS = 512  # asked for where the service can shorten its vectors
MINUTE = 60
UNLIMITED = 1_000_000
FOR_PASSAGES = Payer(CallKind.DOCUMENT)

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
    """We have called it as often as we may in a minute, or have spent what we may; nothing is wrong
    with it."""


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
    payer: Payer = FOR_PASSAGES,
) -> Matrix:
    """Vectors of length one, a row for each text.

    `dimension`: that of the vector set they are for; None where they are its first. `query`: it is
    a query and no passages, which some models embed in another way; it waits for nobody's turn.
    Raises EmbeddingAway or EmbeddingRefused, and EmbeddingBusy where it is not the turn of these
    passages yet.
    """
    _take_turn(query)
    reservation = _reserve(texts, model, payer)
    wish = DIMENSIONS if dimension in (None, DIMENSIONS) else None
    given = _ask(reservation, texts, wish, query)
    vectors = np.asarray(given, dtype="<f4")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise EmbeddingAway("a vector without a direction was given")
    if dimension is not None and vectors.shape[1] != dimension:
        raise EmbeddingRefused(f"{vectors.shape[1]} dimensions were given instead of {dimension}")
    return np.asarray(vectors / lengths, dtype="<f4")


def _reserve(texts: Sequence[str], model: str, payer: Payer) -> Reservation:
    """Raises EmbeddingBusy where a cap has no room for it. No token is less than a byte."""
    size = sum(len(text.encode(errors="replace")) for text in texts) + len(texts)
    room = ledger.reserve(payer, model, prices.worst_of_vectors(model, size))
    if isinstance(room, NoRoom):
        raise EmbeddingBusy(f"no room under {room.cap}", room.seconds)
    return room


def _ask(
    reservation: Reservation, texts: Sequence[str], wish: int | None, query: bool
) -> list[list[float]]:
    # The web process has no SDK in it until somebody needs it.
    from ...clients import embeddings

    started = time.monotonic()
    try:
        given = embeddings.embed(texts, model=reservation.model, dimensions=wish, query=query)
    except ModelError as error:
        outcome = OUTCOMES.get(type(error), Outcome.REJECTED)
        ledger.settled(ledger.failed(reservation, outcome, error, _milliseconds_since(started)))
        raise _meant(error) from error
    took = _milliseconds_since(started)
    ledger.settled(ledger.account(reservation, Outcome.ANSWERED, usage=given.usage, latency=took))
    return given.vectors


def _milliseconds_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _meant(error: ModelError) -> EmbeddingAway | EmbeddingRefused:
    from ...clients.embeddings import Unfit

    match error:
        case QuotaSpent():
            return EmbeddingUnpaid(error.message)
        case Unfit():
            return EmbeddingRefused(error.message, Defect.TEXT_REFUSED)
        case Rejected():
            return EmbeddingRefused(error.message)
    return EmbeddingAway(error.message, error.retry_after or 0.0)


def _take_turn(query: bool) -> None:
    """Count a call. Passages wait for their turn; queries, no more than replies, for nobody."""
    most = UNLIMITED if query else current_app.config["OPENAI_REQUESTS_PER_MINUTE"]
    seconds = rates.take(MINUTE, rates.Share("embedding.requests", most))
    if seconds:
        raise EmbeddingBusy("as many calls as there may be in a minute", seconds)
