"""OpenAI's embeddings through the real SDK."""

import pytest

from tests.doubles import objections
from tests.doubles.base import Fault
from wa_assistant.clients import embeddings
from wa_assistant.clients import openai as client

pytestmark = pytest.mark.usefixtures("context")
MODEL = "text-embedding-3-small"


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def embed(*texts: str, **options) -> list[list[float]]:
    given = embeddings.embed(texts or ("Oi",), model=MODEL, **{"dimensions": 512, **options})
    return given.vectors


def test_each_text_has_a_vector_as_long_as_was_wished(openai):
    found = embed("entrega em dois dias", "trocas e devoluções", "entrega rápida")
    assert [len(each) for each in found] == [512] * 3
    near = sum(a * b for a, b in zip(found[0], found[2], strict=True))
    far = sum(a * b for a, b in zip(found[0], found[1], strict=True))
    assert near > far + 0.2
    (body,) = openai.embedded
    assert (body["model"], body["dimensions"], body["input_type"]) == (MODEL, 512, "passage")


def test_a_query_is_embedded_as_one(openai):
    embed("Oi", query=True)
    assert openai.embedded[0]["input_type"] == "query"


@pytest.mark.parametrize("parameter", ["dimensions", "input_type"])
def test_a_parameter_the_server_refuses_is_dropped_and_remembered(openai, parameter):
    openai.refuse(parameter)
    embed()
    embed()
    assert [parameter in body for body in openai.embedded] == [True, False, False]


@pytest.mark.parametrize(
    "words",
    ["This model does not support specifying dimensions.", "changing the dimension is refused"],
)
@pytest.mark.parametrize("status", [400, 422])
def test_a_server_with_vectors_of_one_length_gives_those(openai, status, words):
    openai.fail_next(status=status, message=words)
    openai.dimension = 384
    assert len(embed()[0]) == 384
    assert "dimensions" not in openai.embedded[1]


@pytest.mark.parametrize("maker", [objections.mistral, objections.fastapi, objections.bare_list])
@pytest.mark.parametrize("name", ["dimensions", "input_type"])
def test_an_extra_that_a_gateway_forbids_is_left_out_for_good(openai, maker, name):
    openai.plan(1, Fault(response=maker(name, "x")))
    embed()
    embed()
    assert [name in body for body in openai.embedded] == [True, False, False]


def test_a_passage_that_speaks_of_dimensions_decides_nothing(openai):
    words = "Invalid input: 'as dimensions do produto'"
    openai.fail_next(status=400, message=words)
    with pytest.raises(embeddings.Unfit):
        embed("as dimensions do produto")
    embed()
    assert "dimensions" in openai.embedded[-1]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ({"status": 429}, client.RateLimited),
        ({"status": 429, "code": "insufficient_quota"}, client.QuotaSpent),
        ({"status": 401}, client.Rejected),
        ({"status": 404, "code": "model_not_found"}, client.Rejected),
        ({"status": 503}, client.Unavailable),
    ],
)
def test_failures_are_told_apart_and_asked_once(openai, failure, kind):
    openai.fail_next(**failure)
    with pytest.raises(client.ModelError) as caught:
        embed()
    assert type(caught.value) is kind
    assert len(openai.requests) == 1


@pytest.mark.parametrize(
    "garbage", ["", "{}", '{"data": []}', '{"data": [{"index": 0, "embedding": []}]}', "[1]"]
)
def test_an_answer_without_vectors_is_none(openai, garbage):
    openai.answer_next(garbage=garbage)
    with pytest.raises(client.Unavailable):
        embed()


def test_one_vector_for_two_texts_is_no_answer(openai):
    openai.answer_next(garbage='{"data": [{"index": 0, "embedding": [1.0]}]}')
    with pytest.raises(client.Unavailable):
        embed("Oi", "Tchau")


def test_a_query_waits_for_a_share_of_what_documents_do(app, openai):
    app.config["OPENAI_TIMEOUT_SECONDS"] = 1.2
    openai.slow(0.6)
    assert embed()
    with pytest.raises(client.Unavailable):
        embed(query=True)
