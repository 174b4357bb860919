"""Documents wait for their turn at the embedding model, which counts calls of its own."""

import pytest

from tests.cast import acting, rows
from wa_assistant.knowledge import reindex
from wa_assistant.knowledge.search import filling, query_vector
from wa_assistant.live import bells
from wa_assistant.models import DocumentState, Vector
from wa_assistant.work import rates

from .papers import BIA, document, upload
from .test_prepare import LONG

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
def test_passages_wait_for_their_turn_however_long_and_nothing_is_wrong(work, openai):
    upload("longo.md", LONG)
    work(within=400)
    row = document("longo.md")
    assert (row.state, row.error, row.attempts) == (DocumentState.PENDING, None, 0)
    assert len(openai.embedded) == 1
    assert len(rows(Vector)) == row.done == filling.BATCH
    assert query_vector.of("padaria") is not None  # a query does not wait
    batches = -(-row.total // filling.BATCH)
    for _ in range(1, batches):
        bells.redis.delete(f"{rates.PREFIX}embedding.requests")
        work(within=90)
    assert document("longo.md").state == DocumentState.READY
    assert len(openai.embedded) == batches + 1


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
def test_reindexing_waits_for_its_turn_and_nothing_is_wrong(app, work, openai):
    upload()
    work()
    app.config["OPENAI_EMBEDDING_MODEL"] = "another"
    reindex.start(acting(BIA))
    work(within=200)
    begun = reindex.progress()
    assert begun is not None
    assert (begun.done, begun.error, begun.waits) == (0, None, True)
    bells.redis.delete(f"{rates.PREFIX}embedding.requests")
    work(within=90)
    assert reindex.progress() is None
    assert len(openai.embedded) == 2
