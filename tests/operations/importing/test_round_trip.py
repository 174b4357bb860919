"""What is exported is exactly what a selection means, opens safely, and comes back unchanged."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cast import ANA, BIA, BRUNO, known, only, participant, rows
from tests.journey.people import user
from wa_assistant.conversation import fields, naming, tags
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    AuditEntry,
    Consent,
    ConsentEvent,
    ConsentSource,
    FieldKind,
    FieldValue,
    Participant,
    ParticipantTag,
    Purpose,
)
from wa_assistant.operations import sheets
from wa_assistant.privacy import consent

from .filed import a_field, applied, counts, exported, lines, seen

pytestmark = pytest.mark.usefixtures("context")

HOSTILE = [
    *("=1+1", "+55", "-3", "@SUM(A1)", "'=x", "''", "'", '"', 'a"b', "a;b", "a,b", "_x0041_"),
    *("<&>", "é😀", "R$ 1.234,5", "1.234", "5,51198E+12", "TRUE", "null", "#N/A", "2026-12-05"),
    *('"=HYPERLINK(""http://x"")"', "| | |", "%s {0} ${a}", "sep=;"),
]
ADDRESSES = [
    *(ANA, BRUNO, "whatsapp:+551187654322", "whatsapp:+5215512345678", "whatsapp:+491711234567"),
    *("whatsapp:+999123456", "whatsapp:BR.13491208655302741918", "whatsapp:+5511333344444"),
]
FORMATS = [("csv", "pt"), ("csv", "en"), ("xlsx", "pt")]


@pytest.fixture
def everybody() -> None:
    bia = user(BIA)
    kinds = {"Cidade": FieldKind.TEXT, "Valor": FieldKind.NUMBER, "Desde": FieldKind.DATE}
    made = {name: a_field(name, kind) for name, kind in kinds.items()}
    made["Nome"] = a_field("Nome")
    made["=1+1"] = a_field("=1+1", FieldKind.CHOICE, ["=a", "b;c"])
    for number, name in enumerate(HOSTILE):
        address = ADDRESSES[number] if number < len(ADDRESSES) else f"whatsapp:+55219876540{number}"
        who = _known(address)
        naming.call(bia, who, name)
        for tag in (name[:40], "vip", f"{name[:30]}, two"):
            tags.add(bia, who, tag)
        values = {"Cidade": name, "Nome": name, "Valor": ["1,2340", "-0,5", "1234567"][number % 3]}
        for field, value in (values | {"Desde": "05/12/2026", "=1+1": "=A"}).items():
            fields.put(bia, who, made[field].id, value)
    with transaction():
        how: dict[str, Any] = {
            "source": ConsentSource.BY_HAND,
            "proof": "=form; signed",
            "given_at": utcnow(),
        }
        consent.keep(participant(ANA), Purpose.MARKETING, Consent.GIVEN, **how)
        consent.record(participant(BRUNO), Consent.REFUSED, None)


def _known(address: str) -> int:
    if address.startswith("whatsapp:+"):
        return known(address)
    with transaction():
        row = Participant(address=address)
        db.session.add(row)
        db.session.flush()
        return row.id


@pytest.mark.parametrize(("format_", "language"), FORMATS)
def test_what_was_exported_is_the_same_when_it_is_imported(everybody, format_, language):
    found = seen(exported(format_, language))
    unlike = [(each.cells, each.changes, each.reason) for each in lines(found) if each.changes]
    assert not unlike
    assert counts(found) == {"same": len(HOSTILE)}, [
        (each.reason, each.told) for each in lines(found) if each.reason
    ]


@pytest.mark.parametrize(("format_", "language"), FORMATS)
def test_what_was_exported_makes_the_same_people_anew(everybody, format_, language):
    with transaction():  # who has no number cannot come back
        for each in db.session.query(Participant):
            if not each.phone or "999123" in each.phone or "3333" in each.phone:
                _forget(each.id)
    before, content = _all(), exported(format_, language)
    with transaction():
        for each in db.session.query(Participant):
            _forget(each.id)
    applied(content)
    assert _all() == before


def test_no_cell_of_csv_begins_a_formula(everybody):
    text = exported("csv", "en").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    for cell in cells:
        is_number = sheets.PLAIN_NUMBER.fullmatch(cell)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or is_number
    assert "'=1+1" in cells


def test_no_cell_of_a_workbook_is_a_formula(everybody):
    sheet = load_workbook(io.BytesIO(exported("xlsx", "en"))).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"n", "inlineStr"} or kinds == {"n", "s"}
    assert "=1+1" in [cell.value for cell in sheet["B"]]


def test_exactly_whom_the_selection_means_is_exported(everybody):
    bruno = participant(BRUNO).id
    rare = tags.add(user(BIA), bruno, "rare").id
    text = exported("csv", "en", tag=[str(rare)]).decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "(+1) 415-555-0123" in text


def test_that_something_is_exported_is_on_record_without_whom_it_means():
    known(ANA)
    exported("csv", "en", q="Maria da Silva", status="done")
    entry = only(AuditEntry, AuditEntry.action == "exported")
    assert entry.after == {"format": "csv", "by": ["q", "status"]}


def test_an_empty_selection_is_a_table_without_rows():
    assert len(exported("csv", "pt").decode("utf-8-sig").splitlines()) == 1
    assert load_workbook(io.BytesIO(exported("xlsx"))).active.max_row == 1


def _forget(participant_id: int) -> None:
    for table in (FieldValue, ParticipantTag, ConsentEvent):
        theirs = table.participant_id == participant_id
        db.session.query(table).filter(theirs).delete()
    db.session.query(Participant).filter(Participant.id == participant_id).delete()


def _all() -> list[Any]:
    people = rows(Participant)
    ids = [each.id for each in people]
    theirs, values = tags.of(ids), fields.of(ids)
    return sorted(
        (
            each.match_key,
            each.known_as,
            sorted(tag.name for tag in theirs[each.id]),
            sorted(values[each.id].items()),
            each.marketing_consent or "",
        )
        for each in people
    )
