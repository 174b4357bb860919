"""`flask --app wsgi knowledge import` and `reindex`, with the application as it is."""

import os

import pytest

from tests.cast import acting, only, rows, together
from tests.doubles.openai import EMBEDDINGS
from wa_assistant.knowledge import importing, patience, pending, prepare, reindex, search
from wa_assistant.models import AuditEntry, Defect, DocumentState, Passage, Vector, VectorSet
from wa_assistant.work import overdue

from . import files as made
from .papers import HOURS, NEW_HOURS, PRICES, WITHOUT_A_KEY, document, found, kept_files, upload

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(**WITHOUT_A_KEY)
# Nobody listens there.
WITHOUT_REDIS = {"REDIS_URL": "unix:///nowhere/valkey.sock"}


@pytest.fixture
def run(app):
    """Runs a command of the group; its lines, and how it ended."""
    runner = app.test_cli_runner()

    def run_it(*words):
        result = runner.invoke(args=["knowledge", *map(str, words)])
        return result.output.splitlines(), result.exit_code

    return run_it


@pytest.fixture
def folder(tmp_path):
    given = tmp_path / "papers"
    (given / "below").mkdir(parents=True)
    (given / "horarios.md").write_text(HOURS)
    (given / "below" / "precos.md").write_text(PRICES)
    return given


@pytest.mark.environment(**WITHOUT_A_KEY, **WITHOUT_REDIS)
def test_a_folder_is_found_when_it_returns_without_redis_or_a_worker(run, folder):
    lines, code = run("import", folder)
    assert lines == [
        f"{folder}/below/precos.md: ready, 1 passage",
        f"{folder}/horarios.md: ready, 1 passage",
    ]
    assert code == 0
    assert "oito horas" in found("secretaria")[0]
    assert document().uploaded_by == "command line"
    done = {(each.actor, each.origin) for each in rows(AuditEntry)}
    assert done == {("command line", "command line")}


@without_a_key
def test_what_is_the_same_is_left_alone_and_what_is_not_is_replaced(run, folder):
    run("import", folder)
    (folder / "horarios.md").write_text(NEW_HOURS)
    lines, code = run("import", folder)
    assert [line.rpartition(": ")[2] for line in lines] == [
        "unchanged, 1 passage",
        "ready, 1 passage",
    ]
    assert code == 0
    assert "meio-dia" in found("secretaria")[0]
    assert len(rows(Passage)) == len(kept_files()) == 2


@without_a_key
def test_what_fails_is_said_in_words_and_the_others_are_found(run, folder):
    (folder / "cifrado.pdf").write_bytes(made.pdf([["segredo"]], password=b"segredo"))
    (folder / "vazio.txt").write_bytes(b"")
    (folder / "below" / "horarios.md").write_text(NEW_HOURS)
    (folder / "foto.jpg").write_bytes(b"jpg")
    (folder / ".oculto.md").write_text("x")
    lines, code = run("import", folder, folder / "foto.jpg")
    assert code == 1
    said = {line.partition(": ")[0].removeprefix(f"{folder}/"): line for line in lines}
    assert "protected by a password" in said["cifrado.pdf"]
    assert "failed. It is empty." in said["vazio.txt"]
    assert "failed. Another document has this name." in said["horarios.md"]
    assert "ready, 1 passage" in said["below/precos.md"]
    assert any("foto.jpg: skipped." in line for line in lines)
    assert any("foto.jpg: failed." in line for line in lines)
    assert not any("oculto" in line for line in lines)
    assert "meio-dia" in found("secretaria")[0]
    assert document("cifrado.pdf").state == DocumentState.FAILED


@without_a_key
def test_a_pipe_in_a_folder_is_not_waited_for(run, folder):
    os.mkfifo(folder / "pipe.txt")
    lines, code = run("import", folder)
    assert (len(lines), code) == (2, 0)
    lines, code = run("import", folder / "pipe.txt")
    assert (len(lines), code) == (1, 1)


def test_on_a_database_that_is_not_migrated_it_says_so_in_a_sentence(
    make_app, bare_database_url, folder
):
    app = make_app(DATABASE_URL=bare_database_url)
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["knowledge", "import", str(folder)])
    assert result.exit_code == 1
    (line,) = [each for each in result.output.splitlines() if each.startswith("Error: ")]
    assert "migrated" in line


def test_what_is_not_there_is_a_mistake_in_the_command(run, tmp_path):
    lines, code = run("import", tmp_path / "nothing")
    assert code == 2
    assert "does not exist" in lines[-1]


@without_a_key
def test_many_documents_share_their_transactions(run, folder, monkeypatch):
    monkeypatch.setattr(importing, "MOST_FILES", 3)
    for number in range(7):
        (folder / f"{number}.md").write_text(f"# Parte\n\nPalavra{number} sozinha.")
    lines, code = run("import", folder)
    assert len(lines) == 9
    assert code == 0
    assert found("palavra5")[0] == "Palavra5 sozinha."


def test_a_service_that_answers_again_is_waited_for(run, folder, openai, monkeypatch):
    monkeypatch.setattr(patience, "IMPORT", (0,))
    openai.fail_next(status=503, path=EMBEDDINGS)
    assert run("import", folder)[1] == 0
    assert len(rows(Vector)) == 2


def test_a_service_that_stays_away_is_said_and_the_next_import_goes_on(
    run, folder, openai, monkeypatch
):
    run("import", folder / "horarios.md")
    (folder / "horarios.md").write_text(NEW_HOURS)
    monkeypatch.setattr(patience, "IMPORT", (0, 0))
    openai.fail_next(100, status=503, path=EMBEDDINGS)
    lines, code = run("import", folder)
    assert code == 1
    assert [line.rpartition("failed. ")[2] for line in lines] == [
        "The embedding service did not answer."
    ] * 2
    assert "oito horas" in found("secretaria")[0]
    openai.reset()
    assert run("import", folder)[1] == 0
    assert "meio-dia" in found("secretaria")[0]
    assert len(rows(Vector)) == 2


@without_a_key
def test_what_nobody_came_for_is_prepared_by_an_import_of_the_same(run, folder, work, valkey):
    upload()
    valkey.redis.flushall()
    lines, _ = run("import", folder / "horarios.md")
    assert lines == [f"{folder}/horarios.md: ready, 1 passage"]


@without_a_key
def test_what_a_worker_has_is_waited_for(app, run, folder, monkeypatch):
    task = pending.take(upload().id)
    assert task
    monkeypatch.setattr(importing, "LOOK_AGAIN_SECONDS", 0.01)
    path = folder / "horarios.md"
    _, (lines, code) = together(app, lambda: prepare.run([task]), lambda: run("import", path))
    assert lines == [f"{path}: unchanged, 1 passage"]
    assert code == 0
    assert len(rows(Passage)) == 1


def test_after_a_change_of_model_all_vectors_are_made_anew(run, folder, app):
    run("import", folder)
    before = only(VectorSet).id
    app.config["OPENAI_EMBEDDING_MODEL"] = "text-embedding-3-large"
    lines, code = run("reindex")
    assert code == 0, lines
    assert "0 of 2 passages have their vector of text-embedding-3-large" in lines
    made = only(VectorSet)
    assert (made.id > before, made.model, made.serving) == (True, "text-embedding-3-large", True)
    assert {each.vector_set_id for each in rows(Vector)} == {made.id}
    assert len(rows(Vector)) == 2
    assert reindex.progress() is None


@without_a_key
def test_without_a_key_there_is_nothing_to_reindex_with(run):
    lines, code = run("reindex")
    assert (lines, code) == (["Error: There is no OPENAI_API_KEY to make vectors with."], 1)


def test_reindexing_says_why_it_cannot_go_on_and_goes_on_later(run, folder, openai, monkeypatch):
    run("import", folder)
    monkeypatch.setattr(patience, "REINDEX", (0,))
    openai.fail_next(100, status=503, path=EMBEDDINGS)
    lines, code = run("reindex")
    assert code == 1
    assert "did not answer. What was made is kept" in lines[-1]
    assert [each.serving for each in rows(VectorSet)] == [True, False]
    openai.reset()
    openai.fail_next(status=401, path=EMBEDDINGS)
    lines, code = run("reindex")
    assert code == 1
    assert "refused" in lines[-1]
    assert run("reindex")[1] == 0
    assert only(VectorSet).serving


def test_a_worker_reindexes_part_by_part(run, folder, work, monkeypatch):
    run("import", folder)
    monkeypatch.setattr(reindex, "PART_SECONDS", -1.0)
    monkeypatch.setattr(reindex, "SOME", 1)
    assert reindex.start(acting("bia@example.com"))
    assert not overdue.find(pending.DOCUMENTS, 9)
    now = reindex.progress()
    assert now
    assert (now.done, now.total, now.error, now.waits) == (0, 2, None, True)
    assert set(work()) == {"jobs.imports.reindex"}
    assert reindex.progress() is None
    assert only(VectorSet).serving
    assert len(rows(Vector)) == 2


def test_a_worker_that_cannot_go_on_says_why_until_it_can(run, folder, work, openai):
    run("import", folder)
    reindex.start(acting("bia@example.com"))
    openai.fail_next(status=503, path=EMBEDDINGS)
    work(within=0)
    now = reindex.progress()
    assert now
    assert (now.error, now.waits) == (Defect.EMBEDDING_AWAY, True)
    work()
    assert reindex.progress() is None
    reindex.start(acting("bia@example.com"))
    openai.fail_next(status=401, path=EMBEDDINGS)
    work()
    now = reindex.progress()
    assert now
    assert (now.error, now.waits) == (Defect.EMBEDDING_REFUSED, False)
    assert search.without_vector(only(VectorSet, VectorSet.serving), 1) == []
