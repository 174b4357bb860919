"""What cannot be taken or read: each says why in words, and loses nothing that was there."""

import io

import pytest

from tests.cast import rows
from tests.knowledge import files as made
from tests.knowledge.papers import HOURS, PRICES, WITHOUT_A_KEY, document, found, kept_files, upload
from wa_assistant.models import Document, DocumentState
from wa_assistant.web.knowledge import uploads

from .test_knowledge import send

MEGABYTE = 1024 * 1024
LINE = "Uma linha sem fim de palavras que ninguém quebrou em parágrafos. "
# By their names; what was said once they were read.
UNREADABLE = {
    "cifrado.pdf": (made.pdf([["segredo"]], password=b"segredo"), "protected by a password"),
    "digitalizado.pdf": (made.pdf([[], []], scanned=True), "only pictures: a scan"),
    "zip.docx": (made.zipped({"a.txt": b"a"}), "not what the ending of its name says"),
    "bomba.docx": (made.bomb(), "enormous when unpacked"),
    "imagem.txt": (bytes(range(256)) * 9, "Save it as UTF-8"),
}
REFUSED = {
    "vazio.pdf": (b"", "It is empty."),
    "enorme.txt": (b"x" * (25 * MEGABYTE), "larger than 20 MB"),
    "programa.exe": (b"MZ", "Its name must end in"),
}

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(**WITHOUT_A_KEY),
]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why_and_what_was_there_is_found(bia, work, name):
    content, why = UNREADABLE[name]
    kept = upload()
    work()
    here = f"/knowledge/documents/{kept.id}"
    assert send(bia, (name, content), to=f"{here}/file", field="file").status_code == 303
    work()
    page = bia.get(here).text
    assert "Failed" in page
    assert why in page
    assert "The version before is still found." in page
    assert "oito horas" in page
    assert len(found("secretaria")) == 1


@pytest.mark.parametrize("name", UNREADABLE)
def test_of_what_cannot_be_read_nothing_is_found(bia, work, name):
    content, why = UNREADABLE[name]
    send(bia, (name, content))
    work()
    row = document(name)
    assert (row.state, row.passages) == (DocumentState.FAILED, 0)
    assert why in bia.get("/knowledge").text
    assert "Nothing of it is found" in bia.get(f"/knowledge/documents/{row.id}").text


def test_what_is_refused_says_why_beside_the_form_and_the_others_are_taken(bia, work):
    files = [(name, content) for name, (content, _) in REFUSED.items()]
    response = send(bia, ("horarios.md", HOURS), *files, ("pasta/horarios.md", PRICES))
    assert response.status_code == 422
    assert "4 files were not taken.</strong> 1 document is uploaded." in response.text
    for name, (_, why) in REFUSED.items():
        assert f"<bdi>{name}</bdi>: " in response.text
        assert why in response.text
    assert "Another document has this name." in response.text
    work()
    assert "oito horas" in found("secretaria")[0]
    assert len(rows(Document)) == len(kept_files()) == 1


@pytest.mark.parametrize("name", REFUSED)
def test_a_replacement_that_is_refused_changes_nothing(bia, work, name):
    kept = upload()
    work()
    content, why = REFUSED[name]
    here = f"/knowledge/documents/{kept.id}"
    response = send(bia, (name, content), to=f"{here}/file", field="file")
    assert response.status_code == 422
    assert why in response.text
    assert "<details" in response.text
    assert document().state == DocumentState.READY
    nothing = send(bia, to=f"{here}/file", field="file")
    assert "Choose a file first." in nothing.text


def test_what_is_too_much_together_is_said_on_the_page(bia, monkeypatch):
    kept = upload()
    monkeypatch.setattr(uploads.upload, "takes", MEGABYTE)
    monkeypatch.setattr(uploads.replace, "takes", MEGABYTE)
    here = f"/knowledge/documents/{kept.id}"
    for to, field in (("/knowledge/documents", "files"), (f"{here}/file", "file")):
        response = send(bia, ("a.txt", b"x" * MEGABYTE), to=to, field=field)
        assert response.status_code == 413
        assert "too much at once, and nothing was uploaded" in response.text
        assert 'type="file"' in response.text


def test_only_who_may_upload_may_send_so_much(app, client, davi):
    body = {"files": (io.BytesIO(b"x" * 2 * MEGABYTE), "a.txt")}
    response = client.post("/knowledge/documents", data=body, content_type="multipart/form-data")
    assert (response.status_code, response.location) == (303, "/sign-in")
    other = {"files": (io.BytesIO(b"x" * 2 * MEGABYTE), "a.txt")}
    response = davi.post("/knowledge/documents", data=other, content_type="multipart/form-data")
    assert response.status_code == 403


def test_names_are_only_ever_shown(bia, work):
    names = {
        "../../etc/passwd.md": "passwd.md",
        "..\\boot.md": "boot.md",
        "férias 🏖️👨‍👩‍👧.md": "férias 🏖️👨‍👩‍👧.md",
        "<b>.md": "&lt;b&gt;.md",
    }
    for number, name in enumerate(names):
        assert send(bia, (name, f"# Parte\n\nTexto {number}")).status_code == 303
    work()
    page = bia.get("/knowledge").text
    for shown in names.values():
        assert f">{shown}</a>" in page
    assert all(each.isalnum() for each in kept_files())


def test_a_document_of_one_line_of_two_megabytes(bia, work):
    send(bia, ("linha.txt", LINE * (2_000_000 // len(LINE.encode()))))
    work()
    row = document("linha.txt")
    assert (row.state, row.passages > 500) == (DocumentState.READY, True)
    assert "Next passages" in bia.get(f"/knowledge/documents/{row.id}").text
