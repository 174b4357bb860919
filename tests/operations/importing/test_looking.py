"""What a file would change is shown before anything is changed, line by line."""

import pytest

from tests.cast import ANA, CAIO, known, participant, rows
from tests.journey.people import user
from wa_assistant.conversation import naming, tags
from wa_assistant.database import transaction
from wa_assistant.models import (
    AuditEntry,
    Consent,
    FieldKind,
    FileProblem,
    ImportState,
    LineReason,
    Participant,
    ParticipantTag,
)
from wa_assistant.operations.importing import columns, verbs
from wa_assistant.operations.importing.files import WrongFileError
from wa_assistant.privacy import consent

from .filed import HEAD, a_field, counts, lines, made, of, seen, take_in, workbook

pytestmark = pytest.mark.usefixtures("context")


def test_new_changed_same_and_rejected_add_up_to_the_lines_and_nothing_is_changed():
    ana, bia = known(ANA), user("bia@example.com")
    naming.call(bia, ana, "Ana")
    known("whatsapp:+5521987654321")
    text = f"{HEAD}\n11 98765-4321;Ana Maria;vip;pt\n(21) 98765-4321;;;\n"
    found = seen(f"{text}11 91234-5678;Rui;;\nabc;X;;\n")
    assert found.state == ImportState.SHOWN
    assert counts(found) == {"new": 1, "changed": 1, "same": 1, "rejected": 1}
    assert found.lines == 4 == len(lines(found))
    changed = lines(found)[0]
    assert changed.changes == [
        {"what": "name", "before": "Ana", "after": "Ana Maria"},
        {"what": "language", "before": "", "after": "pt"},
        {"what": "tags", "after": ["vip"]},
    ]
    assert participant(ANA).known_as == "Ana"
    assert len(rows(Participant)) == 2
    assert rows(ParticipantTag) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("5,51198E+12", LineReason.ROUNDED),
        ("5.51198e12", LineReason.ROUNDED),
        ("", LineReason.EMPTY_NUMBER),
        ("nobody", LineReason.NO_NUMBER),
        ("123", LineReason.NO_NUMBER),
        ("98765-4321", LineReason.NO_AREA),
        ("3333 4444", LineReason.NO_AREA),
    ],
)
def test_a_number_that_is_none_is_rejected_by_its_name(written, reason):
    found = seen(f"{HEAD}\n11 91234-5678;Rui;;\n{written};Somebody;;\n")
    assert lines(found)[1].reason == reason
    assert counts(found) == {"new": 1, "rejected": 1}


@pytest.mark.parametrize(
    "written",
    [
        "11 8765-4321",
        "(11) 98765-4321",
        "+55 11 98765 4321",
        "(+55) 11 98765-4321",
        "5511987654321",
        "5511987654321.0",
    ],
)
def test_one_number_is_one_participant_however_it_is_written(written):
    known(ANA)
    found = seen(f"telefone;nome\n{written};\n")
    assert counts(found) == {"same": 1}


def test_of_lines_with_one_number_the_first_counts():
    found = seen(f"{HEAD}\n11 98765-4321;A;;\n11 8765-4321;B;;\n+5511987654321;C;;\n")
    assert counts(found) == {"new": 1, "rejected": 2}
    assert [(each.reason, each.told) for each in lines(found)[1:]] == [(LineReason.TWICE, "2")] * 2


def test_what_does_not_fit_rejects_its_line_and_says_what():
    a_field("Idade", FieldKind.NUMBER)
    long = "x" * 300
    text = f"numero,nome,tags,idade,idioma\n11 98765-4321,A,{long},,\n11 98765-4322,B,,velha,\n"
    text += f"11 98765-4323,{long},,,\n11 98765-4324,D,,,klingon\n11 98765-4325,E,,41,en\n"
    found = seen(text)
    assert [each.reason for each in lines(found)] == [
        *(LineReason.TAG_TOO_LONG, LineReason.VALUE, LineReason.NAME_TOO_LONG),
        *(LineReason.LANGUAGE, None),
    ]
    assert lines(found)[0].cells[2] == long
    assert lines(found)[1].told == "Idade: velha"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("delimiter", list(";,\t|"))
def test_encoding_and_delimiter_are_found(encoding, delimiter):
    head = delimiter.join(("Telefone", "Nome", "Observação"))
    people = [f"11 98765-{n:04}{delimiter}João Conceição {n}{delimiter}são" for n in range(30)]
    found = seen("\r\n".join((head, *people)).encode(encoding))
    assert found.columns == ["number", "name", columns.IGNORED]
    assert lines(found)[7].name == "João Conceição 7"


def test_a_file_without_names_of_columns_is_known_by_its_numbers():
    found = seen("Ana,11 98765-4321\nRui,11 98765-4322\n")
    assert not found.has_headers
    assert found.columns == [columns.IGNORED, columns.NUMBER]
    assert counts(found) == {"new": 2}


def test_columns_that_are_not_known_are_said_by_who_uploads_it():
    found = seen("chave;quem\n11 98765-4321;Ana\n")
    assert found.columns == ["number", columns.IGNORED]
    assert verbs.look_again(found.id, ["number", "name"], found.encoding, found.delimiter)
    take_in(found.id)
    assert [each.name for each in lines(found)] == ["Ana"]
    assert counts(of(found.id)) == {"new": 1}


def test_a_workbook_is_read_as_it_shows():
    a_field("Idade", FieldKind.NUMBER)
    book = workbook(
        ["Celular", "Nome", "Idade"],
        [5511987654321, "Ana", 41.5],
        [None, None, None],
        ["x", "B", 1],
    )
    found = seen(book)
    assert counts(found) == {"new": 1, "rejected": 1}
    assert lines(found)[0].changes[1]["after"] == "41.5"
    assert [each.number for each in lines(found)] == [2, 4]


def test_a_consent_without_source_and_date_counts_for_nothing_and_says_so():
    text = "numero;marketing;data do marketing;origem do marketing\n"
    text += "11 98765-4321;sim;;\n11 98765-4322;sim;2026-01-02;\n11 98765-4323;sim;;form\n"
    text += "11 98765-4324;sim;02/01/2026;form\n11 98765-4325;sim;2126-01-02;form\n"
    found = seen(text)
    assert [each.reason for each in lines(found)] == [
        *(LineReason.NO_SOURCE,) * 3, None, LineReason.NO_SOURCE,
    ]  # fmt: skip
    assert lines(found)[3].changes[0]["after"] == Consent.GIVEN
    assert not any(each.changes for each in lines(found) if each.reason)


def test_a_word_for_consent_that_is_not_understood_is_said_and_a_no_is_none():
    text = "numero;marketing;marketing: data;marketing: origem\n"
    text += "11 98765-4321;talvez;2026-01-02;form\n11 98765-4322;não;;\n"
    text += "11 98765-4323;sim;2026-01-02T10:30:00Z;form\n"
    found = seen(text)
    said = [(each.reason, each.told, len(each.changes)) for each in lines(found)]
    assert said == [(LineReason.CONSENT_WORD, "talvez", 0), (None, "", 0), (None, "", 1)]


def test_titles_may_stand_above_the_names_of_the_columns():
    text = "Clientes de março;;\n;;\n;Loja 2;\nNome;Telefone;Etiquetas\nRui;11 91234-5678;vip\n"
    found = seen(text)
    assert (found.headers, found.columns) == (
        ["Nome", "Telefone", "Etiquetas"],
        ["name", "number", "tags"],
    )
    assert [(each.number, each.name) for each in lines(found)] == [(5, "Rui")]


def test_who_said_something_later_themselves_is_believed():
    ana = known(ANA)
    with transaction():
        consent.record(participant(ANA), Consent.WITHDRAWN, None)
    found = seen("numero;consent;consent: date;consent: source\n11987654321;sim;2026-01-02;form\n")
    assert lines(found)[0].reason == LineReason.SAID_LATER
    assert counts(found) == {"same": 1}
    assert ana


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b"  \r\n ", FileProblem.EMPTY),
        (b"%PDF-1.7 ...", FileProblem.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileProblem.OLD_EXCEL),
        (b"\x89PNG\r\n\x1a\n", FileProblem.PICTURE),
        (b"<html><table>", FileProblem.WEB_PAGE),
        (b"PK\x03\x04 and no more", FileProblem.DAMAGED),
        (bytes(range(32)) * 9, FileProblem.NO_TABLE),
    ],
)
def test_a_wrong_file_is_refused_by_its_name_and_nothing_is_kept(app, content, problem):
    with pytest.raises(WrongFileError) as error:
        made(content, "people.csv")
    assert error.value.problem == problem
    assert not list((app.config["DATA_DIR"] / "imports").iterdir())


def test_a_workbook_called_csv_is_read_as_what_it_is():
    found = made(workbook(["numero"], ["11 98765-4321"]), "people.csv")
    take_in(found)
    assert of(found).kind == "xlsx"
    assert counts(of(found)) == {"new": 1}


def test_a_workbook_that_was_cut_short_is_damaged(app):
    book = workbook(["numero"], ["11 98765-4321"])
    with pytest.raises(WrongFileError) as error:
        made(book[: len(book) // 2], "people.xlsx")
    assert error.value.problem == FileProblem.DAMAGED


def test_a_line_in_which_the_file_ends_is_rejected():
    found = seen('numero;nome\n11 98765-4321;Ana\n11 98765-4322;"Rui da Sil')
    assert [each.reason for each in lines(found)] == [None, LineReason.CUT_SHORT]


def test_a_quotation_mark_that_is_never_closed_swallows_no_file():
    text = 'numero;nome\n11 98765-4321;"Ana\n' + "11 98765-4322;Rui\n" * 9000
    found = seen(text)
    assert (found.state, found.problem) == (ImportState.FAILED, FileProblem.NEVER_CLOSED)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("numero;nome\n", FileProblem.NO_LINES), ("nome;cor\nAna;azul\n", FileProblem.NO_NUMBERS)],
)
def test_a_file_in_which_nobody_is_says_so(text, problem):
    found = seen(text)
    assert (found.state, found.problem) == (ImportState.FAILED, problem)


def test_one_that_is_too_large_is_not_kept(app, monkeypatch):
    monkeypatch.setattr("wa_assistant.operations.importing.files.MOST_BYTES", 100)
    with pytest.raises(WrongFileError) as error:
        made("x" * 101)
    assert error.value.problem == FileProblem.TOO_LARGE
    assert not list((app.config["DATA_DIR"] / "imports").iterdir())


def test_who_uploads_is_on_record_without_what_the_file_says():
    seen(f"{HEAD}\n11 98765-4321;Ana;vip;pt\n")
    told = [(each.action, each.subject, each.after) for each in rows(AuditEntry)]
    assert ("uploaded", "import", None) in told
    assert not any("Ana" in str(each) for each in told)
    assert tags.all_tags() == []
    assert user(CAIO)
