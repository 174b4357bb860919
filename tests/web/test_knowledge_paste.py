"""Text is pasted as a document, which takes another one's place only where that is meant."""

import pytest

from tests.cast import rows
from tests.knowledge.papers import HOURS, WITHOUT_A_KEY, found, upload
from wa_assistant.models import Document

from .people import csrf_token

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(**WITHOUT_A_KEY)


def act(client, path, **fields):
    return client.post(path, data={"csrf_token": csrf_token(client.get("/knowledge")), **fields})


@without_a_key
def test_text_is_pasted_with_a_title(bia, work):
    page = bia.get("/knowledge/paste")
    typed = {"title": "Horários de 8/18", "text": HOURS}
    response = bia.post("/knowledge/paste", data={"csrf_token": csrf_token(page), **typed})
    assert response.status_code == 303
    work()
    shown = bia.get(response.location).text
    assert "Horários de 8-18" in shown
    assert "A secretaria abre às oito horas" in shown
    assert "Ready" in shown


def test_a_paste_that_is_refused_is_still_there(bia):
    refused = act(bia, "/knowledge/paste", title="", text="Algo <b> longo")
    assert refused.status_code == 422
    assert "Give it a title." in refused.text
    assert "Algo &lt;b&gt; longo" in refused.text
    refused = act(bia, "/knowledge/paste", title="Vazio", text=" \n ")
    assert "Paste or write something first." in refused.text
    assert 'value="Vazio"' in refused.text
    assert "At most 120 characters." in act(bia, "/knowledge/paste", title="x" * 121, text="a").text
    refused = act(bia, "/knowledge/paste", title="...", text="a")
    assert refused.status_code == 422
    assert rows(Document) == []


@without_a_key
def test_what_was_pasted_is_edited_in_its_place(bia, davi, work):
    act(bia, "/knowledge/paste", title="Horários", text="Abrimos às *oito* <b>.")
    work()
    one = rows(Document)[0].id
    form = bia.get(f"/knowledge/documents/{one}/text")
    assert f"/knowledge/documents/{one}/text" in bia.get(f"/knowledge/documents/{one}").text
    assert f"/knowledge/documents/{one}/text" not in davi.get(f"/knowledge/documents/{one}").text
    assert "Abrimos às *oito* &lt;b&gt;." in form.text
    fields = {"title": "Horários", "edited": "Horários"}
    emptied = act(bia, "/knowledge/paste", **fields, text=" ")
    assert 'name="edited" value="Horários"' in emptied.text
    assert act(bia, "/knowledge/paste", **fields, text="Abrimos às nove.").status_code == 303
    work()
    assert [each.id for each in rows(Document)] == [one]
    assert "Abrimos às nove." in bia.get(f"/knowledge/documents/{one}").text


@without_a_key
def test_a_file_has_no_text_to_edit(bia, work):
    upload()
    work()
    one = rows(Document)[0].id
    assert bia.get(f"/knowledge/documents/{one}/text").status_code == 404
    assert "Replace the file" in bia.get(f"/knowledge/documents/{one}").text


@without_a_key
def test_a_paste_replaces_a_document_only_where_that_is_meant(bia, work):
    fields = {"title": "Horários.", "text": HOURS}
    act(bia, "/knowledge/paste", **fields)
    work()
    other = fields | {"title": "Horários", "text": "Fechamos em julho."}
    refused = act(bia, "/knowledge/paste", **other)
    assert refused.status_code == 422
    assert "“Horários” is there already." in refused.text
    assert "Fechamos em julho." in refused.text
    elsewhere = other | {"title": "Endereço", "replaces": "Horários"}
    assert act(bia, "/knowledge/paste", **elsewhere).status_code == 303
    assert act(bia, "/knowledge/paste", **other, replaces="Endereço").status_code == 422
    assert 'value="Horários"' in refused.text
    assert act(bia, "/knowledge/paste", **other, replaces="Horários").status_code == 303
    work()
    assert [each.name for each in rows(Document)] == ["Horários", "Endereço"]
    assert found("Quando fecham em julho?") != []


def test_long_texts_are_pasted_and_too_long_ones_refused_in_words(bia):
    assert act(bia, "/knowledge/paste", title="Longo", text="é " * 900_000).status_code == 303
    refused = act(bia, "/knowledge/paste", title="Mais", text="a" * 2_000_001)
    assert refused.status_code == 422
    assert "longer than any document" in refused.text
    assert act(bia, "/knowledge/paste", title="Tudo", text="a" * 17_000_000).status_code == 413
