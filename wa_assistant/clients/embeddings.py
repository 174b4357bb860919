"""OpenAI's embeddings, and those of servers that speak the same at OPENAI_BASE_URL.

Time-outs are ours, retries are the caller's. What a server refuses is dropped and remembered,
as it is with the model that answers.
"""

from collections.abc import Sequence
from typing import Any

import openai
from flask import current_app

from .openai import (
    ModelError,
    Rejected,
    Unavailable,
    classified,
    connect,
    refused,
    remember,
    timeout,
)

QUERY_SHARE = 1 / 6  # of the time-out: somebody waits for the search
MOST_TEXTS = 32  # in a call: some servers take no more, and none is much slower for it
# What a server may do without.
OPTIONAL = ("dimensions", "input_type")
REFUSING = (400, 422)
UNFIT = (400, 413, 422)


class Unfit(Rejected):
    """The texts were refused; others might not be."""


def embed(
    texts: Sequence[str],
    *,
    model: str,
    dimensions: int | None,
    query: bool = False,
) -> list[list[float]]:
    """A vector for each of `texts` (MOST_TEXTS at most), all of one length; raises a ModelError.

    `dimensions` is a wish: a server that knows no shorter vectors gives those it has. Some
    embed a query in another way than a passage.
    """
    options: dict[str, Any] = {"dimensions": dimensions} if dimensions else {}
    if current_app.config["OPENAI_BASE_URL"]:  # OpenAI's own makes no difference
        options["input_type"] = "query" if query else "passage"
    if options:
        for name in refused(model):
            options.pop(name, None)
    for _ in range(len(OPTIONAL) + 1):
        try:
            return _create(texts, model, options, query)
        except openai.APIStatusError as error:
            refusal = _refused_parameter(error, options)
            if refusal is None:
                raise _meant(error) from error
            options.pop(refusal)
            remember(model, refusal)
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, IndexError) as error:
            raise classified(error) from error
    raise Rejected("the server refused one parameter after another")


def _create(
    texts: Sequence[str], model: str, options: dict[str, Any], query: bool
) -> list[list[float]]:
    more, seconds = dict(options), current_app.config["OPENAI_TIMEOUT_SECONDS"]
    extra = {"input_type": more.pop("input_type")} if "input_type" in more else None
    # Every server has numbers in words; not all have the form the SDK would ask for.
    answer = connect().embeddings.create(
        model=model,
        input=list(texts),
        encoding_format="float",
        extra_body=extra,
        timeout=timeout(seconds * QUERY_SHARE if query else seconds),
        **more,
    )
    found = [each.embedding for each in sorted(answer.data, key=lambda each: each.index)]
    if len(found) != len(texts) or len({len(each) for each in found}) != 1 or not found[0]:
        raise Unavailable("not a vector for each text in the answer")
    return found


def _meant(error: openai.APIStatusError) -> ModelError:
    found = classified(error)
    is_unfit = error.status_code in UNFIT and error.param != "model"
    return Unfit(found.message) if isinstance(found, Rejected) and is_unfit else found


def _refused_parameter(error: openai.APIStatusError, options: dict[str, Any]) -> str | None:
    if error.status_code not in REFUSING:
        return None
    said = f"{error.param or ''} {error}"
    # Some speak of "the dimension" only.
    return next((name for name in options if name.removesuffix("s") in said), None)
