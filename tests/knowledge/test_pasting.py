"""Words are pasted as a document, and edited by one person at a time."""

import pytest

from tests.cast import acting, only, rows, together
from wa_assistant.knowledge import documents, pasting
from wa_assistant.models import AuditEntry, Defect, Document, DocumentState

from .papers import BIA, HOURS, NEW_HOURS, document, found, kept_files, upload

CAIO = "caio@example.com"

pytestmark = pytest.mark.usefixtures("context")


def test_a_paste_is_a_document_too(work):
    pasting.paste(acting(BIA), "Horários", "\n" + HOURS + "\n")
    work()
    assert document("Horários").state == DocumentState.READY
    opens = "A secretaria abre às oito horas e fecha às dezoito."
    assert found("quando abre a secretaria") == [opens]
    for title, text, defect in (
        ("Vazio", " \n", Defect.EMPTY),
        ("  ", "x", Defect.UNKNOWN_KIND),
        ("Longo", "x" * (pasting.MOST + 1), Defect.TOO_LARGE),
    ):
        with pytest.raises(documents.Refused) as refused:
            pasting.paste(acting(BIA), title, text)
        assert refused.value.defect == defect


def test_words_are_edited_only_as_they_were_seen(work):
    seen = pasting.paste(acting(BIA), "Horários", HOURS).sha256
    one = document("Horários").id
    work()
    assert pasting.edit(acting(CAIO), one, "Abrimos às nove.\n", seen=seen)
    with pytest.raises(documents.Stale) as stale:
        pasting.edit(acting(BIA), one, NEW_HOURS, seen=seen)
    assert pasting.text_of(stale.value.newer) == "Abrimos às nove."
    assert stale.value.newer.uploaded_by == CAIO
    work()
    assert found("abrimos") == ["Abrimos às nove."]
    assert kept_files() == [document("Horários").file]
    assert only(AuditEntry, AuditEntry.action == "replaced").actor == CAIO


def test_of_two_who_edit_at_once_one_is_refused(app):
    kept = pasting.paste(acting(BIA), "Horários", HOURS)
    one, seen = kept.id, kept.sha256

    def edits(text):
        def edit():
            try:
                return pasting.edit(acting(BIA), one, text, seen=seen) is not None
            except documents.Stale:
                return False

        return edit

    assert sorted(together(app, edits("Um."), edits("Dois."))) == [False, True]
    assert len(kept_files()) == 1


def test_words_that_are_as_before_are_not_read_again(work):
    kept = pasting.paste(acting(BIA), "Horários", HOURS)
    work()
    assert pasting.edit(acting(CAIO), kept.id, HOURS + "\n", seen="another")
    assert work.waiting() == []
    assert document("Horários").uploaded_by == BIA


def test_what_was_deleted_is_not_made_again_by_editing_it():
    kept = pasting.paste(acting(BIA), "Horários", HOURS)
    one, seen = kept.id, kept.sha256
    documents.delete(acting(CAIO), one)
    assert pasting.edit(acting(BIA), one, NEW_HOURS, seen=seen) is None
    assert rows(Document) == []
    assert kept_files() == []


@pytest.mark.parametrize("title", ["Preços.md", "Preços.pdf", "Preços"])
def test_whatever_its_title_a_paste_stays_text(title):
    kept = pasting.paste(acting(BIA), title, HOURS)
    edited = pasting.edit(acting(BIA), kept.id, NEW_HOURS, seen=kept.sha256)
    assert edited
    assert (edited.name, pasting.text_of(edited)) == (title, NEW_HOURS)


def test_only_what_is_text_can_be_edited():
    assert pasting.text_of(upload(text=b"\xef\xbb\xbfUm\r\ndois")) == "Um\ndois"
    assert pasting.text_of(upload(text="Horários".encode("latin-1"))) is None
    assert pasting.text_of(upload(text="a" * (pasting.MOST + 1))) is None
    assert pasting.text_of(upload("horarios.txt")) is None
