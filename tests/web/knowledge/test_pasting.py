"""Text is pasted as a document, which takes another one's place only where that is meant.

Who edits one keeps what was typed, whatever colleagues have done meanwhile.
"""

import re

import pytest

from tests.cast import CAIO, acting, only, rows
from tests.knowledge.papers import HOURS, WITHOUT_A_KEY, found, upload
from tests.web.people import csrf_token
from wa_assistant.knowledge import documents, pasting
from wa_assistant.models import Document

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(**WITHOUT_A_KEY)


def act(client, path, **fields):
    return client.post(path, data={"csrf_token": csrf_token(client.get("/knowledge")), **fields})


def pasted(client, title, text):
    """The form in which a new text is edited."""
    act(client, "/knowledge/paste", title=title, text=text)
    return client.get(f"/knowledge/documents/{only(Document).id}/text")


def save(client, form, text):
    """Send the form in which a text is edited as it was shown, with other words."""
    (to,) = re.findall(r'action="(/knowledge/documents/\d+/text)"', form.text)
    (title,) = re.findall(r'name="title" value="([^"]*)"', form.text)
    return act(client, to, seen=seen(form), title=title, text=text)


def seen(form):
    (found,) = re.findall(r'name="seen" value="([^"]+)"', form.text)
    return found


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
    emptied = save(bia, form, text=" ")
    assert "Paste or write something first." in emptied.text
    assert seen(emptied) == seen(form)
    assert save(bia, emptied, text="Abrimos às nove.").status_code == 303
    work()
    assert [each.id for each in rows(Document)] == [one]
    assert "Abrimos às nove." in bia.get(f"/knowledge/documents/{one}").text


@without_a_key
def test_a_file_has_no_text_to_edit(bia, work):
    upload("horarios.txt")
    work()
    one = rows(Document)[0].id
    assert bia.get(f"/knowledge/documents/{one}/text").status_code == 404
    page = bia.get(f"/knowledge/documents/{one}").text
    assert "Replace the file" in page
    assert "Edit the text" not in page


@without_a_key
def test_who_saves_after_a_colleague_is_told_and_keeps_what_was_typed(bia, caio):
    form = pasted(bia, "Preços.md", "Custa vinte.")
    assert save(caio, form, text="Custa <b> trinta.").status_code == 303
    refused = save(bia, form, text="Custa quarenta.")
    assert refused.status_code == 409
    assert f"{CAIO} has saved a newer text. Yours is not saved." in refused.text
    assert "Custa &lt;b&gt; trinta." in refused.text
    assert "Custa quarenta.</textarea>" in refused.text
    assert pasting.text_of(only(Document)) == "Custa <b> trinta."
    assert save(bia, refused, text="Custa quarenta.").status_code == 303
    assert pasting.text_of(only(Document)) == "Custa quarenta."


@without_a_key
def test_what_was_deleted_while_it_was_edited_is_made_again_only_where_that_is_meant(bia, caio):
    form = pasted(bia, "Preços", "Custa vinte.")
    act(caio, f"/knowledge/documents/{only(Document).id}/deletion")
    refused = save(bia, form, text="Custa quarenta.")
    assert refused.status_code == 409
    assert "This document was deleted meanwhile." in refused.text
    assert "Custa quarenta.</textarea>" in refused.text
    assert 'value="Preços"' in refused.text
    assert rows(Document) == []
    assert act(bia, "/knowledge/paste", title="Preços", text="Custa quarenta.").status_code == 303


@without_a_key
def test_a_file_that_took_the_place_of_a_text_is_not_written_over(bia):
    form = pasted(bia, "Preços", "Custa vinte.")
    documents.replace(acting(CAIO), only(Document).id, "precos.txt", b"Custa trinta.")
    refused = save(bia, form, text="Custa quarenta.")
    assert refused.status_code == 409
    assert f"{CAIO} has put a file in the place of this text." in refused.text
    assert "Custa quarenta.</textarea>" in refused.text
    assert only(Document).name == "precos.txt"


def test_the_way_back_from_a_text_is_its_document(bia):
    form = pasted(bia, "Preços", "Custa vinte.").text
    back = f'href="/knowledge/documents/{only(Document).id}"'
    assert form.count(back) == 2
    assert "readonly" not in form
    assert 'type="text"' not in form


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
    everything = "a" * 17_000_000
    assert act(bia, "/knowledge/paste", title="Tudo", text=everything).status_code == 413
    text = f"/knowledge/documents/{only(Document).id}/text"
    refused = act(bia, text, seen="", text=everything)
    assert refused.status_code == 413
    assert "longer than any document" in refused.text
