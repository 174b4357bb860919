"""Documents come, are replaced and go; each deed is in the audit."""

import os
from pathlib import Path

import pytest
from sqlalchemy.exc import InterfaceError

from tests.cast import acting, only, rows, together
from wa_assistant import audit, live
from wa_assistant.knowledge import documents, files, leftovers, reading
from wa_assistant.models import AuditEntry, Defect, Document, DocumentState, Passage

from .papers import (
    BIA,
    HOURS,
    NEW_HOURS,
    PRICES,
    WITHOUT_A_KEY,
    document,
    found,
    kept_files,
    nothing_is_left,
    upload,
)

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.environment(**WITHOUT_A_KEY)]


def refusal(name: str, content: bytes) -> Defect:
    with pytest.raises(documents.Refused) as refused:
        documents.upload(acting(BIA), name, content)
    assert rows(Document) == []
    assert kept_files() == []
    return refused.value.defect


def test_an_upload_is_kept_and_rung_for(work):
    kept = upload()
    assert (kept.name, kept.kind, kept.size) == ("horarios.md", "markdown", len(HOURS.encode()))
    assert (kept.state, kept.uploaded_by, kept.passages) == ("pending", BIA, 0)
    assert files.path(kept.file).read_text() == HOURS
    assert files.path(kept.file).stat().st_mode & 0o777 == 0o600
    assert work.waiting() == ["jobs.imports.prepare"]
    entry = only(AuditEntry, AuditEntry.subject_id == str(kept.id))
    assert (entry.actor, entry.action, entry.subject) == (BIA, "uploaded", "document")
    assert entry.after["name"] == "horarios.md"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Temp\\preços.md", "preços.md"),
        ("pre\u0063\u0327os.md", "preços.md"),
        ("🎉 festa 👩‍🏫.md", "🎉 festa 👩‍🏫.md"),
        ("a\x00b\n\u202ec.md", "a b c.md"),
        ("x" * 300 + ".markdown", "x" * 191 + ".markdown"),
        ("bad\udcff.md", "bad?.md"),
    ],
)
def test_a_name_is_shown_without_path_and_whatever_is_unseen(given, shown):
    assert upload(given).name == shown
    (file,) = kept_files()
    assert file.isalnum()


def test_what_can_be_refused_at_once_is_not_kept():
    assert refusal("vazio.txt", b"") == Defect.EMPTY
    assert refusal("grande.txt", b"x" * (25 * 1024 * 1024)) == Defect.TOO_LARGE
    for name in ("programa.exe", "sem ending", "..", "", "../", ".md"):
        assert refusal(name, b"x") == Defect.UNKNOWN_KIND


def test_twenty_megabytes_are_taken():
    assert upload("grande.txt", b"x" * reading.LARGEST).size == 20 * 1024 * 1024


def test_the_same_again_changes_nothing(work):
    first = upload()
    work()
    again = upload()
    assert (again.id, again.file, again.state) == (first.id, first.file, DocumentState.READY)
    assert work.waiting() == []
    assert len(rows(AuditEntry, AuditEntry.action == "replaced")) == 0
    assert kept_files() == [first.file]


def test_a_second_upload_replaces_the_first_without_a_gap(work):
    first = upload().file
    work()
    upload(text=NEW_HOURS)
    assert document().state == DocumentState.PENDING
    assert "oito horas" in found("secretaria abre")[0]
    assert first in kept_files()
    work()
    assert "meio-dia" in found("secretaria abre")[0]
    assert len(found("secretaria abre")) == 1
    assert found("dezoito") == []
    assert kept_files() == [document().file]
    assert only(AuditEntry, AuditEntry.action == "replaced").actor == BIA


def test_an_upload_that_was_never_read_leaves_no_file_behind(work):
    upload()
    upload(text=NEW_HOURS)
    upload(text=PRICES)
    assert kept_files() == [document().file]
    work()
    assert len(rows(Passage)) == 1
    assert kept_files() == [document().file]


def test_a_document_is_replaced_by_a_file_of_another_name(work):
    kept = upload()
    upload("precos.md", PRICES)
    work()
    with pytest.raises(documents.Refused) as refused:
        documents.replace(acting(BIA), kept.id, "precos.md", NEW_HOURS.encode())
    assert refused.value.defect == Defect.NAME_TAKEN
    documents.replace(acting(BIA), kept.id, "novos.txt", NEW_HOURS.encode())
    assert (document("novos.txt").id, document("novos.txt").kind) == (kept.id, "text")
    work()
    assert "meio-dia" in found("secretaria abre")[0]
    assert len(kept_files()) == 2
    assert documents.replace(acting(BIA), 999, "x.txt", b"x") is None
    assert len(kept_files()) == 2


def test_deleting_leaves_nothing(work):
    kept = upload()
    work()
    upload(text=NEW_HOURS)
    assert documents.delete(acting(BIA), kept.id) == "horarios.md"
    work()
    assert nothing_is_left()
    assert found("secretaria") == []
    assert documents.delete(acting(BIA), kept.id) is None
    entry = only(AuditEntry, AuditEntry.action == "deleted")
    assert entry.before["name"] == "horarios.md"


def test_what_was_deleted_is_not_even_in_the_files_of_the_database(app, work):
    kept = upload(text="# Segredo\n\nXYZZYPLUGH abre o cofre.")
    work()
    documents.delete(acting(BIA), kept.id)
    assert work() == ["jobs.upkeep.tidy"]
    url = app.config["DATABASE_URL"]
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for each in (path, path.with_name(path.name + "-wal")):
            assert b"XYZZYPLUGH" not in each.read_bytes()
            assert b"xyzzyplugh" not in each.read_bytes()


@pytest.mark.parametrize(
    "failure", [KeyboardInterrupt, OSError, InterfaceError("", None, OSError())]
)
def test_what_goes_wrong_after_the_commit_leaves_the_file_of_the_row(monkeypatch, failure):
    def fails(_):
        raise failure

    monkeypatch.setattr(live, "_publish", fails)
    with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever it is
        upload()
    assert kept_files() == [document().file]


def test_what_goes_wrong_before_the_commit_leaves_no_file(monkeypatch):
    monkeypatch.setattr(audit, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload()
    assert kept_files() == []


def test_files_that_belong_to_nobody_are_swept_once_they_have_lain_for_long(work):
    kept = upload()
    work()
    upload(text=NEW_HOURS)
    mine = [kept.file, document().file]
    for file in (*mine, files.keep(b"left by who was killed")):
        os.utime(files.path(file), (0, 0))
    young = files.keep(b"on its way")
    leftovers.sweep()
    assert kept_files() == sorted({*mine, young, rows(Passage)[0].file})


def test_only_what_failed_is_retried(work):
    kept = upload("vazio.pdf", b"%PDF-1.4 ...")
    assert not documents.retry(acting(BIA), kept.id)
    work()
    assert document("vazio.pdf").state == DocumentState.FAILED
    assert documents.retry(acting(BIA), kept.id)
    assert document("vazio.pdf").state == DocumentState.PENDING
    assert only(AuditEntry, AuditEntry.action == "retried").actor == BIA
    assert not documents.retry(acting(BIA), 999)


def test_of_two_uploads_of_a_name_at_once_one_is_left(app, work):
    calls = [lambda text=text: upload(text=text).id for text in (HOURS, NEW_HOURS)]
    ids = together(app, *calls)
    assert ids[0] == ids[1]
    work()
    assert document().state == DocumentState.READY
    assert len(rows(Passage)) == 1
    assert kept_files() == [document().file]
