"""The embedding service is slow, refuses, or changes its model while documents are prepared."""

import time

import pytest

from tests.cast import acting, at_once, only, rows
from tests.doubles.completions import error
from tests.doubles.openai import EMBEDDINGS
from wa_assistant.knowledge import documents, importing, patience, pending, prepare, reindex, search
from wa_assistant.knowledge.search import filling
from wa_assistant.models import (
    Defect,
    Document,
    DocumentState,
    Origin,
    Passage,
    Vector,
    VectorSet,
)
from wa_assistant.operations import sweeper
from wa_assistant.work import claims, overdue, policies

from .papers import BIA, HOURS, PRICES, document, found, kept_files, upload
from .test_prepare import LONG

pytestmark = pytest.mark.usefixtures("context")
POISON = "# Veneno\n\nVENENO puro."


@pytest.fixture
def refusing(openai, monkeypatch):
    """`refusing(says)`: the service refuses whatever body `says` gives a response for."""
    embed = openai._embed

    def refuse(says):
        monkeypatch.setattr(openai, "_embed", lambda body: says(body) or embed(body))

    return refuse


@pytest.fixture
def every_other_call_waits(refusing):
    def from_now_on(seconds):
        calls = iter(range(1000))
        headers = {"retry-after": str(seconds)}
        refusing(lambda _: error(429, None, None, "slow", headers) if next(calls) % 2 else None)

    return from_now_on


def take_in(**texts: str) -> dict[str, Defect | None]:
    given = [documents.accept(f"{name}.md", text.encode()) for name, text in texts.items()]
    outcomes = importing.Importer(Origin.COMMAND_LINE).take_in(given)
    return {each.name: outcome.defect for each, outcome in zip(given, outcomes, strict=True)}


def lacking() -> int:
    return len(search.without_vector(only(VectorSet, VectorSet.serving), 1000))


def next_part() -> claims.Claim[VectorSet] | None:
    return reindex.take(rows(VectorSet)[-1].id)


def change_model(app) -> None:
    app.config["OPENAI_EMBEDDING_MODEL"] = "text-embedding-3-large"


def test_a_document_embedded_while_a_reindexing_ends_has_its_vectors_in_the_end(
    app, openai, work, valkey
):
    upload()
    work()
    change_model(app)
    reindex.start(acting(BIA))
    valkey.redis.flushall()
    task = pending.take(upload("longo.md", LONG).id)
    valkey.redis.flushall()
    assert task

    def the_other_ends():
        claim = next_part()
        assert claim
        assert reindex.part(claim, float("inf"))

    def embed(passages, vector_set_id, told):
        search.embed(passages, vector_set_id, told)
        with at_once(app) as start:
            start(the_other_ends).result()

    prepare.run([task], embed)
    assert lacking() == document("longo.md").passages
    assert work() == ["jobs.imports.reindex"]
    assert lacking() == 0
    assert not overdue.find(reindex.VECTOR_SETS, 1)


def test_a_lost_bell_for_what_the_vectors_lack_is_rung_again(app, openai, work, valkey):
    app.config["OPENAI_CONNECTED"] = True
    upload()
    work()
    app.config["OPENAI_CONNECTED"] = False  # the key is taken away, and comes back
    upload("precos.md", PRICES)
    work()
    valkey.redis.flushall()
    work.pass_time(60)
    sweeper.sweep()
    assert work() == []
    app.config["OPENAI_CONNECTED"] = True
    sweeper.sweep()
    assert work() == ["jobs.imports.reindex"]
    assert lacking() == 0
    sweeper.sweep()
    assert work() == []


def test_a_slow_service_fails_no_document(every_other_call_waits, openai, work):
    every_other_call_waits(1)
    upload("longo.md", LONG * 4)
    work()
    row = document("longo.md")
    assert (row.state, row.error) == (DocumentState.READY, None)
    batches = len(policies.DOCUMENT.pauses) + 2
    assert len(rows(Vector)) == row.passages > filling.BATCH * batches


def test_an_import_waits_as_long_as_a_slow_service_wishes(every_other_call_waits, monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    every_other_call_waits(20)
    assert take_in(longo=LONG * 3) == {"longo.md": None}
    assert set(waited) == {20}
    assert len(waited) > len(patience.IMPORT)


def test_a_reindexing_from_a_shell_does_so_too(app, every_other_call_waits, work, monkeypatch):
    upload("longo.md", LONG * 4)
    work()
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    every_other_call_waits(20)
    result = app.test_cli_runner().invoke(args=["knowledge", "reindex"])
    assert result.exit_code == 0, result.output
    assert set(waited) == {20}
    assert len(waited) > len(patience.REINDEX)
    assert not overdue.find(reindex.VECTOR_SETS, 1)


def test_a_worker_that_dies_once_is_no_death_for_each_pause_before(work, openai, valkey):
    kept = upload()
    openai.fail_next(3, status=503, path=EMBEDDINGS)
    for _ in range(3):
        prepare.process(kept.id)
        work.pass_time(2000)
    valkey.redis.flushall()
    assert pending.take(kept.id)  # and its worker is killed
    work.pass_time(100)
    sweeper.sweep()
    work()
    assert document().state == DocumentState.READY


def test_one_document_that_is_refused_takes_no_other_with_it(refusing):
    too_long = "This model's maximum context length is 512 tokens."
    refusing(
        lambda body: error(400, None, "input", too_long) if "VENENO" in str(body["input"]) else None
    )
    outcomes = take_in(horarios=HOURS, veneno=POISON, precos=PRICES)
    assert outcomes == {"horarios.md": None, "veneno.md": Defect.TEXT_REFUSED, "precos.md": None}
    assert len(found("secretaria")) == len(found("matrícula")) == 1
    assert len(rows(Vector)) == 2


def test_after_a_change_of_model_documents_are_found_by_words_until_the_reindexing(
    app, refusing, work
):
    upload()
    work()
    change_model(app)
    refusing(
        lambda body: (
            None
            if body["model"] == "text-embedding-3-large"
            else error(404, "model_not_found", "model", "no such model")
        )
    )
    upload("precos.md", PRICES)
    work()
    assert document("precos.md").state == DocumentState.READY
    assert search.search("matrícula custa")[0].document == "precos.md"
    reindex.start(acting(BIA))
    work()
    assert lacking() == 0
    assert only(VectorSet).model == "text-embedding-3-large"


def test_reindexing_is_begun_once_however_often_it_is_asked_for(work):
    upload()
    work()
    assert reindex.start(acting(BIA))
    assert next_part()
    assert reindex.start(acting(BIA))
    assert not next_part(), "somebody is at it"


def test_no_more_is_embedded_of_a_document_that_was_deleted(openai, work):
    kept = upload("longo.md", LONG)
    task = pending.take(kept.id)
    assert task

    def embed(passages, vector_set_id, told):
        def heard(done):
            documents.delete(acting(BIA), kept.id)
            told(done)

        search.embed(passages, vector_set_id, heard)

    prepare.run([task], embed)
    assert len(openai.embedded) == 1
    assert rows(Document) == rows(Passage) == rows(Vector) == kept_files() == []
