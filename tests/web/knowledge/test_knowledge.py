"""The pages of the knowledge base: what each role sees and does there."""

import io
import shutil

import pytest

from tests.cast import BIA, only, rows
from tests.doubles.openai import EMBEDDINGS
from tests.knowledge import sheets
from tests.knowledge.papers import HOURS, NEW_HOURS, PRICES, WITHOUT_A_KEY, document, found, upload
from tests.knowledge.sheets import Sheet
from tests.web.people import csrf_token
from wa_assistant.database import transaction
from wa_assistant.knowledge import library, pending, prepare
from wa_assistant.knowledge.reading import ocr
from wa_assistant.models import AuditEntry, Document, DocumentState, Passage, VectorSet

PORTUGUESE = {"Accept-Language": "pt-BR"}
FRAGMENT = {"HX-Request": "true"}

CONTRACT = (
    "O inquilino paga o aluguel de R$ 1.450,00 até o dia dez de cada mês, por boleto.",
    "O atraso no pagamento gera multa de dois por cento e juros de um por cento ao mês.",
    "O contrato tem prazo de trinta meses, contados da entrega das chaves do imóvel.",
    "A rescisão antes do prazo gera multa proporcional ao tempo que falta para acabar.",
)

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(**WITHOUT_A_KEY)


def send(client, *files, to="/knowledge/documents", field="files", **fields):
    """The form with these files, each a name and its content."""
    page = client.get(to.removesuffix("/documents").removesuffix("/file"))
    given = [
        (io.BytesIO(each if isinstance(each, bytes) else each.encode()), name)
        for name, each in files
    ]
    data = {"csrf_token": csrf_token(page), field: given, **fields}
    return client.post(to, data=data, content_type="multipart/form-data")


def act(client, path, **fields):
    return client.post(path, data={"csrf_token": csrf_token(client.get("/knowledge")), **fields})


def test_a_newcomer_is_told_what_to_do(bia, davi):
    page = bia.get("/knowledge").text
    assert "There is no document yet" in page
    assert "Begin with what people ask most" in page
    assert 'type="file" multiple' in page
    theirs = davi.get("/knowledge").text
    assert "Once an editor has uploaded" in theirs
    assert 'type="file"' not in theirs
    assert "Ainda não há documentos" in bia.get("/knowledge", headers=PORTUGUESE).text


@without_a_key
def test_several_files_are_uploaded_at_once_and_found(bia, work):
    response = send(bia, ("horarios.md", HOURS), ("preços.md", PRICES))
    assert (response.status_code, response.location) == (303, "/knowledge")
    page = bia.get("/knowledge").text
    assert "2 documents are uploaded." in page
    assert page.count("Waiting") == 2
    work()
    page = bia.get("/knowledge/documents", headers=FRAGMENT).text
    assert page.count("Ready") == 2
    assert "preços.md" in page
    assert "· bia</td>" in page
    assert f"by {BIA}" in bia.get(f"/knowledge/documents/{document().id}").text
    assert "oito horas" in found("secretaria")[0]
    assert document().uploaded_by == BIA
    uploads = rows(AuditEntry, AuditEntry.action == "uploaded")
    assert {(each.subject, each.origin) for each in uploads} == {("document", "dashboard")}


@without_a_key
def test_what_is_the_same_is_said_to_be(bia, work):
    send(bia, ("horarios.md", HOURS))
    work()
    send(bia, ("horarios.md", HOURS), ("precos.md", PRICES))
    page = bia.get("/knowledge").text
    assert "1 document is uploaded. 1 document is the same as before." in page
    assert document().state == DocumentState.READY


def test_without_a_file_nothing_is_sent(bia):
    response = send(bia)
    assert response.status_code == 422
    assert "Choose a file first." in response.text


@without_a_key
def test_a_document_s_page_shows_its_passages_with_heading_and_place(davi, work):
    kept = upload()
    work()
    page = davi.get(f"/knowledge/documents/{kept.id}").text
    assert "<h3>Horários</h3>" in page
    assert "line 3 ·" in page
    assert "A secretaria abre às oito horas" in page
    assert "1 passage" in page
    for act_of_an_editor in ("Delete", "Replace", "Try again"):
        assert act_of_an_editor not in page


@without_a_key
@pytest.mark.skipif(not shutil.which(ocr.PROGRAM), reason="tesseract is not installed here")
def test_a_document_of_which_only_the_picture_can_be_read_says_so(davi, work):
    kept = upload("contrato.pdf", sheets.pdf(Sheet().lines(60, 90, *CONTRACT), says=29))
    work()
    page = davi.get(f"/knowledge/documents/{kept.id}").text
    assert "1 page read from its picture" in page
    assert "aluguel de R$ 1.450,00" in page
    assert "prazo de trinta meses" in page
    page = davi.get(f"/knowledge/documents/{upload().id}").text
    assert "from its picture" not in page


@without_a_key
def test_a_long_document_and_a_long_list_are_turned_page_by_page(davi, work, monkeypatch):
    monkeypatch.setattr(library, "PAGE", 2)
    kept = upload("partes.md", "\n\n".join(f"# Parte {n}\n\n{n}. Texto " * 90 for n in range(3)))
    upload()
    upload("precos.md", PRICES)
    work()
    first = davi.get(f"/knowledge/documents/{kept.id}").text
    assert "Next passages" in first
    after = rows(Passage, Passage.document_id == kept.id)[1].position
    second = davi.get(f"/knowledge/documents/{kept.id}?after={after}").text
    assert "From the beginning" in second
    newest = davi.get("/knowledge").text
    assert "partes.md" not in newest
    before = document().id
    assert f"before={before}" in newest
    older = davi.get(f"/knowledge?before={before}").text
    assert "partes.md" in older
    assert "There is nothing older." in davi.get("/knowledge?before=1").text


@without_a_key
def test_a_document_is_replaced_tried_again_and_deleted(bia, work):
    kept = upload()
    work()
    here = f"/knowledge/documents/{kept.id}"
    response = send(bia, ("novo.txt", NEW_HOURS), to=f"{here}/file", field="file")
    assert response.location == here
    page = bia.get(here).text
    assert "Until then the version before is found." in page
    assert "oito horas" in page
    work()
    assert "meio-dia" in bia.get(here).text
    assert act(bia, f"{here}/retry").location == here
    assert "There is nothing to try again" in bia.get(here).text
    assert act(bia, f"{here}/deletion").location == "/knowledge"
    assert "“novo.txt” is deleted." in bia.get("/knowledge").text
    assert bia.get(here).status_code == 404
    for path in ("deletion", "retry", "file"):
        assert act(bia, f"{here}/{path}").status_code == 404


@without_a_key
def test_each_state_is_shown(bia, work):
    kept = upload("longo.md", HOURS)
    listing = "/knowledge/documents"
    assert "Waiting" in bia.get(listing).text
    task = pending.take(kept.id)
    assert task
    page = bia.get(listing).text
    assert "Processing" in page
    assert "being read" in page
    with transaction():
        held = pending.held(task)
        assert held
        held.done, held.total = 7, 20
    page = bia.get(f"/knowledge/documents/{kept.id}").text
    assert 'max="20" value="7"' in page
    assert "7 of 20 passages" in page
    pending.postpone(task, 0)
    work()
    assert "Ready" in bia.get(listing).text


def test_that_the_service_is_away_is_said_and_nothing_is_lost(bia, work, openai):
    kept = upload()
    work()
    upload(text=NEW_HOURS)
    openai.fail_next(status=503, path=EMBEDDINGS)
    work(within=0)
    here = f"/knowledge/documents/{kept.id}"
    page = bia.get(here).text
    assert "The embedding service did not answer. It is tried again by itself." in page
    assert "oito horas" in page
    openai.fail_next(100, status=503, path=EMBEDDINGS)
    work()
    page = bia.get(here).text
    assert "Failed" in page
    assert "The version before is still found." in page
    openai.reset()
    act(bia, f"{here}/retry")
    work()
    assert "meio-dia" in bia.get(here).text


def test_all_is_reindexed_with_progress(bia, work, app):
    upload()
    work()
    assert "configuration names" not in bia.get("/knowledge").text
    app.config["OPENAI_EMBEDDING_MODEL"] = "text-embedding-3-large"
    assert "the configuration names text-embedding-3-large" in bia.get("/knowledge").text
    assert act(bia, "/knowledge/reindexing").status_code == 303
    page = bia.get("/knowledge").text
    assert "Reindexing for text-embedding-3-large" in page
    assert 'max="1" value="0"' in page
    work()
    assert "Reindexing for" not in bia.get("/knowledge").text
    assert only(VectorSet).model == "text-embedding-3-large"


def test_none_are_several_in_portuguese(bia):
    upload()
    act(bia, "/knowledge/reindexing")
    assert "0 de 0 trechos" in bia.get("/knowledge", headers=PORTUGUESE).text


def test_reindexing_that_is_refused_says_so(bia, work, openai):
    upload()
    work()
    act(bia, "/knowledge/reindexing")
    openai.fail_next(status=401, path=EMBEDDINGS)
    work()
    page = bia.get("/knowledge").text
    assert "The embedding service refused" in page
    assert "It stopped there; reindex again to go on." in page
    assert only(VectorSet, VectorSet.serving)


@without_a_key
def test_without_a_key_nothing_is_reindexed(bia, work):
    upload()
    work()
    assert "Reindex all" not in bia.get("/knowledge").text
    act(bia, "/knowledge/reindexing")
    assert "documents are found by their words alone" in bia.get("/knowledge").text


def test_what_was_made_without_a_key_is_offered_to_be_reindexed_with_one(make_app, bia, work):
    with make_app(OPENAI_API_KEY="", OPENAI_BASE_URL="").app_context():
        task = pending.take(upload().id)
        assert task
        prepare.run([task])
    page = bia.get("/knowledge").text
    assert "by their words alone, though a model is connected by now." in page
    act(bia, "/knowledge/reindexing")
    work()
    assert "by their words alone" not in bia.get("/knowledge").text
    assert only(VectorSet).serving


def test_viewers_change_nothing(davi):
    kept = upload()
    form = {"csrf_token": csrf_token(davi.get("/preferences"))}
    here = f"/knowledge/documents/{kept.id}"
    acts = ("/knowledge/documents", "/knowledge/paste", "/knowledge/reindexing")
    for path in (*acts, f"{here}/file", f"{here}/retry", f"{here}/deletion"):
        assert davi.post(path, data=form).status_code == 403
    assert davi.get("/knowledge/paste").status_code == 403
    assert len(rows(Document)) == 1


def test_who_looks_at_a_document_that_is_deleted_is_told(bia):
    here = f"/knowledge/documents/{upload().id}"
    act(bia, f"{here}/deletion")
    fragment = bia.get(f"{here}/passages", headers=FRAGMENT)
    assert fragment.status_code == 200
    assert "This document is deleted" in fragment.text
    assert bia.get(here).status_code == 404


def test_a_model_is_no_news_while_there_is_nothing_to_find(bia):
    upload()
    assert "by their words alone" not in bia.get("/knowledge").text
