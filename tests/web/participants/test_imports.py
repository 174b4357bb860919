"""An owner uploads a file, sees what it would change, applies it, undoes it, and exports a list."""

import io

import pytest
from flask_babel import format_date

from tests.cast import BIA, CAIO, known, only, participant, rows, set_back
from tests.web import people
from wa_assistant.database import utcnow
from wa_assistant.models import Import, Participant, Role
from wa_assistant.operations.importing import verbs
from wa_assistant.web.shell import labels

IMPORT = "/participants/import"
EXPORT = "/participants/export"
TEXT = "Número;Nome;Etiquetas\n11 91234-5678;Rui;vip\nabc;Ninguém;\n"
RUI = "whatsapp:+5511912345678"


@pytest.fixture
def caio(app):
    return people.signed_in(app, CAIO, Role.OWNER)


def uploaded(client, content: str | bytes = TEXT, name: str = "gente.csv"):
    data = content.encode() if isinstance(content, str) else content
    return people.submit(client, IMPORT, IMPORT, file=(io.BytesIO(data), name))


def press(client, page: str, act: str):
    return people.submit(client, page, f"{page}/{act}")


def test_a_file_is_shown_applied_and_undone(app, caio, work):
    page = uploaded(caio).location
    assert "The file is being read" in caio.get(page).text
    work()
    text = caio.get(page).text
    assert "Apply 1 change" in text
    assert "This is no telephone number: abc" in text
    press(caio, page, "application")
    work()
    with app.app_context():
        assert participant(RUI).known_as == "Rui"
    # A weekday would be today's.
    with app.test_request_context():
        last = format_date(utcnow() + verbs.UNDOABLE, "full")
    assert f"Can be undone until {last}." in caio.get(page).text
    press(caio, page, "undoing")
    work()
    assert "Undone" in caio.get(page).text
    with app.app_context():
        assert rows(Participant) == []


def test_one_that_would_change_nothing_says_so_and_asks_nothing(app, caio, work):
    with app.app_context():
        known(RUI)
    page = uploaded(caio, "numero\n11 91234-5678\n").location
    work()
    text = caio.get(page).text
    assert "Nothing would change: no line says anything new." in text
    assert "Apply" not in text
    listed = caio.get(IMPORT).text
    assert "would change nothing" in listed
    assert "waits for your decision" not in listed


def test_weeks_later_it_still_says_when_it_was_applied(app, caio, work):
    page = uploaded(caio).location
    work()
    press(caio, page, "application")
    work()
    with app.app_context():
        set_back(Import.applied_at, 40 * 24 * 3600)
        at = only(Import).applied_at
    with app.test_request_context():
        told = f"Applied on {labels.weekday(at)}, {labels.hour(at)}."
    assert told in caio.get(page).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "This is a PDF"),
        (b"", "This file is empty"),
        (b"\xd0\xcf\x11\xe0", "old kind (.xls)"),
        (b"PK\x03\x04", "damaged, or was cut short"),
    ],
)
def test_a_wrong_file_is_named(app, caio, content, words):
    answer = uploaded(caio, content)
    assert answer.status_code == 422
    assert words in answer.text
    with app.app_context():
        assert rows(Import) == []


def test_no_file_and_one_of_a_hundred_megabytes_are_refused(caio):
    assert "Choose a file first" in people.submit(caio, IMPORT, IMPORT).text
    answer = uploaded(caio, b"x" * 100 * 1024 * 1024)
    assert answer.status_code == 413
    assert "32 MB at most" in answer.text


def test_rejected_lines_are_downloaded_with_the_reason_and_come_back(caio, work):
    page = uploaded(caio).location
    work()
    text = caio.get(f"{page}/rejected").text
    assert "abc;Ninguém;;This is no telephone number: abc;3" in text.replace("\r", "")
    mended = text.replace("abc;", "11 91234-0000;")
    again = uploaded(caio, mended).location
    work()
    assert "Apply 1 change" in caio.get(again).text


def test_nothing_of_a_rejected_line_is_lost_that_is_longer_than_all_others(caio, work):
    people_ = "".join(f"11 91234-{n:04};P{n}\n" for n in range(60))
    page = uploaded(caio, f"numero;nome\n{people_}abc;Z;mais;ainda\n").location
    work()
    text = caio.get(f"{page}/rejected").text.replace("\r", "")
    assert "abc;Z;This is no telephone number: abc;62;mais;ainda\n" in text


def test_columns_are_said_by_the_owner(caio, work):
    page = uploaded(caio, "fone;quem\n11 91234-5678;Rui\n").location
    work()
    assert "Columns that are left out: quem" in caio.get(page).text
    people.submit(
        caio, f"{page}/columns", f"{page}/columns", column=["number", "name"],
        encoding="utf-8-sig", delimiter=";",
    )  # fmt: skip
    work()
    assert ">Rui<" in caio.get(page).text.replace("\n", "").replace(" ", "")


def test_an_encoding_that_is_none_of_the_usual_stays_chosen(caio, work):
    content = "numero;nome\n11 91234-5678;João\n".encode("utf-16-le")
    page = uploaded(caio, content).location
    work()
    assert 'value="utf-16-le" selected' in caio.get(f"{page}/columns").text
    people.submit(
        caio, f"{page}/columns", f"{page}/columns", column=["number", "name"],
        encoding="utf-16-le", delimiter=";",
    )  # fmt: skip
    work()
    assert "João" in caio.get(page).text


def test_hostile_names_are_text_on_the_page(caio, work):
    page = uploaded(caio, "numero;nome\n11 91234-5678;<script>alert(1)</script>\n").location
    work()
    assert "<script>alert" not in caio.get(page).text


def test_exactly_the_filtered_are_exported(app, caio):
    with app.app_context():
        for number in ("whatsapp:+5511987654321", "whatsapp:+5521987654321"):
            known(number)
    listed = caio.get("/participants?q=5521987654321")
    assert f"{EXPORT}?q=5521987654321" in listed.text
    page = f"{EXPORT}?q=5521987654321"
    answer = people.submit(caio, page, EXPORT, q="5521987654321", format="csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="participants-')
    lines = answer.text.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("(+55) 21 98765-4321,")


def test_editors_neither_import_nor_export(app):
    bia = people.signed_in(app, BIA, Role.EDITOR)
    assert bia.get(IMPORT).status_code == bia.get(EXPORT).status_code == 403
    assert "/participants/import" not in bia.get("/participants").text
