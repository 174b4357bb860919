"""OpenAI's embeddings, and those of servers that speak the same at OPENAI_BASE_URL.

Time-outs are ours, retries are the caller's. What a server refuses is dropped and remembered,
as it is with the model that answers.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import openai
from flask import current_app

from . import ladder, learned, objections
from .failures import Failure, ModelError, Rejected, Unavailable
from .openai import Usage, connect, timeout

QUERY_SHARE = 1 / 6  # of the time-out: somebody waits for the search
MOST_TEXTS = 32  # in a call: some servers take no more, and none is much slower for it
MOST_TRIES = 3  # one more than there is to leave out
UNFIT = (400, 413, 422)


class Unfit(Rejected):
    """The texts were refused; others might not be."""


class Embedded(NamedTuple):
    """`usage` as the server counted it, None where it did not."""

    vectors: list[list[float]]
    usage: Usage | None


def embed(
    texts: Sequence[str],
    *,
    model: str,
    dimensions: int | None,
    query: bool = False,
) -> Embedded:
    """A vector for each of `texts` (MOST_TEXTS at most), all of one length; raises a ModelError.

    `dimensions` is a wish: a server that knows no shorter vectors gives those it has. Some
    embed a query in another way than a passage.
    """
    options: dict[str, Any] = {"dimensions": dimensions} if dimensions else {}
    if current_app.config["OPENAI_BASE_URL"]:  # OpenAI's own makes no difference
        options["input_type"] = "query" if query else "passage"
    options = ladder.put(options, learned.of(model)) if options else options
    news: dict[str, str] = {}
    for _ in range(MOST_TRIES):
        try:
            embedded = _create(texts, model, options, query)
        except openai.APIStatusError as error:
            said = objections.said_by(error, "\n".join(texts))
            instead = ladder.lower(said, options)
            if not instead:
                raise _meant(said) from error
            options, news = ladder.put(options, instead), news | instead
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, IndexError) as error:
            raise objections.classified(error) from error
        else:
            learned.remember(model, news)
            return embedded
    raise Rejected("the server refused one parameter after another")


def _create(texts: Sequence[str], model: str, options: dict[str, Any], query: bool) -> Embedded:
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
        raise Unavailable("not a vector for each text in the answer", failure=Failure.NO_ANSWER)
    read = getattr(getattr(answer, "usage", None), "prompt_tokens", None)
    return Embedded(found, None if read is None else Usage(input=read, cached=0, output=0))


def _meant(said: objections.Said) -> ModelError:
    found = objections.meant(said)
    is_unfit = said.status in UNFIT and "model" not in said.names
    if isinstance(found, Rejected) and is_unfit:
        return Unfit(found.message, may_have_cost=found.may_have_cost)
    return found
