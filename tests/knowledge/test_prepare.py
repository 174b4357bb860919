"""From a file to what is found; whatever goes wrong leaves what was there as it is."""

import pytest

from tests.cast import acting, only, rows
from tests.doubles.openai import EMBEDDINGS
from wa_assistant.database import transaction
from wa_assistant.knowledge import documents, files, pending, prepare, reading
from wa_assistant.knowledge.pending import Task
from wa_assistant.knowledge.reading import reader
from wa_assistant.knowledge.search import filling, index
from wa_assistant.models import Defect, Document, DocumentState, Passage, Vector, VectorSet
from wa_assistant.operations import sweeper
from wa_assistant.work import policies

from . import files as made
from .papers import BIA, HOURS, NEW_HOURS, WITHOUT_A_KEY, document, found, kept_files, upload

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(**WITHOUT_A_KEY)

LINE = "Uma linha sem fim de palavras que ninguém quebrou em parágrafos. "
LONG = "\n\n".join(f"# Parte {n}\n\n" + f"{n}. {LINE}" * 40 for n in range(40))
UNREADABLE = {
    "cifrado.pdf": (made.pdf([["segredo"]], password=b"segredo"), Defect.ENCRYPTED),
    "foto.pdf": (made.pdf([[], []], scanned=True), Defect.SCAN),
    "quebrado.pdf": (b"%PDF-1.7 nada", Defect.BROKEN),
    "zip.docx": (made.zipped({"a.txt": b"a"}), Defect.BROKEN),
    "bomba.docx": (made.bomb(), Defect.BOMB),
    "imagem.txt": (bytes(range(256)) * 9, Defect.UNKNOWN_ENCODING),
    "branco.md": (b" \n\n ", Defect.EMPTY),
}


def state(name: str = "horarios.md") -> tuple[str, str | None, int]:
    row = document(name)
    return row.state, row.error, row.passages


def dies(task: Task | None) -> None:
    """Its worker is killed: nobody renews what it claimed."""
    assert task is not None


@without_a_key
def test_a_document_is_found_by_its_words(work):
    upload()
    assert work() == ["jobs.imports.prepare"]
    row, passage = document(), only(Passage)
    assert (row.state, row.passages, row.done, row.total) == (DocumentState.READY, 1, 1, 1)
    assert (row.claim_token, row.due_at) == (None, None)
    assert row.indexed_at
    assert (passage.heading, passage.place, passage.active) == ("Horários", "l. 3", True)
    assert "secretar" in passage.stems
    assert found("horarios da SECRETARIA") == [passage.text]


@without_a_key
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why_and_what_was_there_stays(work, name):
    content, defect = UNREADABLE[name]
    kept = upload()
    work()
    before = kept.file
    replaced = documents.replace(acting(BIA), kept.id, name, content)
    assert replaced
    work()
    assert state(name) == (DocumentState.FAILED, defect, 1)
    assert (document(name).claim_token, document(name).due_at) == (None, None)
    assert len(found("secretaria")) == 1
    assert kept_files() == sorted([before, replaced.file])
    assert [each.active for each in rows(Passage)] == [True]


@without_a_key
def test_a_document_of_one_line_of_two_megabytes(work):
    upload("linha.txt", LINE * (2_000_000 // len(LINE.encode())))
    work()
    assert document("linha.txt").state == DocumentState.READY
    assert document("linha.txt").passages > 500
    assert max(each.tokens for each in rows(Passage)) <= 800


@without_a_key
def test_a_file_that_is_gone_is_said_to_be_gone(work):
    kept = upload()
    files.remove([kept.file])
    work()
    assert state() == (DocumentState.FAILED, Defect.FILE_GONE, 0)


@without_a_key
def test_what_takes_too_long_to_read_is_given_up_and_the_next_is_read(work, monkeypatch):
    monkeypatch.setattr(reader, "PATIENCE_SECONDS", 0.0)
    upload("longo.txt", LINE * 300_000)
    work()
    assert state("longo.txt") == (DocumentState.FAILED, Defect.TOO_HEAVY, 0)
    monkeypatch.undo()
    upload()
    work()
    assert state() == (DocumentState.READY, None, 1)


@without_a_key
def test_what_takes_too_much_of_a_processor_is_ended_by_the_kernel(work, monkeypatch):
    reading.read("markdown", files.path(upload().file))
    monkeypatch.setattr(reader, "SECONDS", -1)
    upload("longo.txt", LINE * 300_000)
    work()
    assert state("longo.txt") == (DocumentState.FAILED, Defect.TOO_HEAVY, 0)


@without_a_key
def test_a_fault_of_ours_leaves_all_as_it_was(work, monkeypatch):
    upload()
    work()
    upload(text=NEW_HOURS)
    with monkeypatch.context() as patch:
        patch.setattr(index, "put", lambda *_: 1 / 0)
        for _ in range(policies.DOCUMENT.most_faults):
            assert state() == (DocumentState.PENDING, None, 1)
            with pytest.raises(ZeroDivisionError):
                prepare.process(document().id)
            work.pass_time(61)
        prepare.process(document().id)
    assert state() == (DocumentState.FAILED, Defect.OUR_FAULT, 1)
    assert "oito horas" in found("secretaria")[0]
    documents.retry(acting(BIA), document().id)
    work()
    assert "meio-dia" in found("secretaria")[0]
    assert [each.active for each in rows(Passage)] == [True]


@without_a_key
def test_a_worker_that_dies_is_followed_by_another(work, valkey):
    kept = upload()
    valkey.redis.flushall()
    dies(pending.take(kept.id))
    assert document().shown_state == DocumentState.PROCESSING
    assert pending.take(kept.id) is None, "it is claimed still"
    work.pass_time(60)
    sweeper.sweep()
    assert work() == ["jobs.imports.prepare"]
    assert state() == (DocumentState.READY, None, 1)


@without_a_key
def test_a_document_over_which_workers_die_is_left_alone(work, valkey):
    kept = upload()
    valkey.redis.flushall()
    for _ in range(policies.DOCUMENT.most_faults):
        dies(pending.take(kept.id))
        work.pass_time(60)
    sweeper.sweep()
    work()
    assert state() == (DocumentState.FAILED, Defect.WORKER_DIED, 0)
    work.pass_time(60)
    sweeper.sweep()
    assert work() == []


@without_a_key
def test_who_lost_a_claim_changes_nothing(work):
    kept = upload()
    task = pending.take(kept.id)
    assert task
    upload(text=NEW_HOURS)
    prepare.run([task])
    pending.put_off(task, Defect.EMBEDDING_AWAY, 0)
    pending.postpone(task, 0)
    assert (document().shown_state, document().error) == (DocumentState.PENDING, None)
    assert rows(Passage) == []
    work()
    assert "meio-dia" in found("secretaria")[0]


@without_a_key
def test_a_worker_told_to_stop_hands_its_document_back(work, monkeypatch):
    kept = upload()
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            prepare.process(kept.id)
    row = document()
    assert (row.shown_state, row.attempts, row.faults) == (DocumentState.PENDING, 0, 0)
    work()
    assert state() == (DocumentState.READY, None, 1)


def test_each_passage_has_its_vector_and_the_progress_is_written(work):
    seen = []

    def watched(passages, vector_set_id, told):
        def heard(done):
            told(done)
            seen.append((document("longo.md").done, document("longo.md").total))

        filling.embed(passages, vector_set_id, heard)

    kept = upload("longo.md", LONG)
    task = pending.take(kept.id)
    assert task
    prepare.run([task], watched)
    row = document("longo.md")
    assert row.state == DocumentState.READY
    assert row.passages > filling.BATCH
    assert seen[0] == (filling.BATCH, row.passages)
    assert seen[-1] == (row.passages, row.passages)
    assert len(rows(Vector)) == row.passages
    assert only(VectorSet).serving


def test_embeddings_that_fail_half_way_are_asked_for_again_where_they_stopped(work, openai):
    upload("longo.md", HOURS)
    work()
    upload("longo.md", LONG)
    openai.fail_next(status=503, path=EMBEDDINGS)
    asked = len(openai.embedded)
    work(within=0)
    row = document("longo.md")
    assert (row.state, row.error) == (DocumentState.PENDING, Defect.EMBEDDING_AWAY)
    assert "oito horas" in found("secretaria")[0]
    assert found("linha sem fim") == []
    work()
    assert document("longo.md").state == DocumentState.READY
    assert found("secretaria") == []
    texts = [text for body in openai.embedded[asked + 1 :] for text in body["input"]]
    assert len(texts) == len(set(texts)) == document("longo.md").passages


def test_embeddings_that_stay_away_are_a_failure_in_the_end(work, openai):
    upload()
    openai.fail_next(100, status=503, path=EMBEDDINGS)
    work()
    assert state() == (DocumentState.FAILED, Defect.EMBEDDING_AWAY, 0)
    assert len(openai.embedded) == policies.DOCUMENT.most_attempts
    assert found("secretaria") == []
    openai.reset()
    documents.retry(acting(BIA), document().id)
    work()
    assert state() == (DocumentState.READY, None, 1)
    assert len(rows(Vector)) == 1


def test_embeddings_that_are_refused_are_a_failure_at_once(work, openai):
    upload()
    openai.fail_next(status=401, path=EMBEDDINGS)
    work()
    assert state() == (DocumentState.FAILED, Defect.EMBEDDING_REFUSED, 0)
    assert [each.active for each in rows(Passage)] == [False]


def test_a_bell_too_many_does_nothing(work):
    kept = upload()
    work()
    before = document().indexed_at
    prepare.process(kept.id)
    prepare.process(999)
    assert only(Document).indexed_at == before


def test_what_died_half_way_is_not_read_again(work, monkeypatch):
    kept = upload()
    task = pending.take(kept.id)
    assert task
    found = prepare._read(task)
    with transaction():
        prepare._insert(task, found.passages)
    work.pass_time(60)
    monkeypatch.setattr(reading, "read", lambda *_: pytest.fail("read again"))
    prepare.process(kept.id)
    assert state() == (DocumentState.READY, None, 1)
