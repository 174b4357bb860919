"""Who is meant by what an address asks for, and that it is written as it is read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from tests.cast import ANA, BIA, BRUNO, known, only, participant, set_back
from wa_assistant.conversation.selection import Selection
from wa_assistant.database import db, insert_once, transaction, utcnow
from wa_assistant.models import (
    ConversationStatus,
    Field,
    FieldKind,
    FieldValue,
    Journey,
    JourneyVersion,
    Participant,
    ParticipantTag,
    Role,
    Tag,
    User,
)

pytestmark = pytest.mark.usefixtures("context")

CLARA = "whatsapp:+5521987650000"


@pytest.fixture(autouse=True)
def people(context: None) -> None:
    """Ana, whom nothing is known of; Bruno, of whom much is; and Clara, who is pretended."""
    for address in (ANA, BRUNO, CLARA):
        known(address)
    with transaction():
        bruno, clara = (
            db.session.get_one(Participant, participant_id)
            for participant_id in (id_of(BRUNO), id_of(CLARA))
        )
        clara.simulated = True
        bia = User(id=1, email=BIA, role=Role.EDITOR)
        journey = Journey(id=1, name="Interview")
        version = JourneyVersion(id=1, journey=journey, number=1, language="pt")
        db.session.add_all([bia, version, tag := Tag(id=1, name="VIP"), *fields()])
        db.session.flush()
        bruno.name, bruno.status, bruno.stage = "Bruno", ConversationStatus.DONE, "opening"
        bruno.journey_version_id, bruno.assigned_to_id = version.id, bia.id
        bruno.consent, bruno.marketing_consent, bruno.language = "given", "withdrawn", "en"
        bruno.last_inbound_at = None
        bruno.created_at = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)  # in São Paulo it is February
        db.session.add(ParticipantTag(participant_id=bruno.id, tag_id=tag.id))
        for field_id, value in enumerate(("São Paulo", "31.5", "2026-04-01"), start=1):
            db.session.add(FieldValue(participant_id=bruno.id, field_id=field_id, value=value))


def fields() -> list[Field]:
    kinds = {"Cidade": FieldKind.TEXT, "Idade": FieldKind.NUMBER, "Data": FieldKind.DATE}
    return [Field(id=n, name=name, kind=kinds[name]) for n, name in enumerate(kinds, start=1)]


def id_of(address: str) -> int:
    return int(participant(address).id)


def chosen(**args: object) -> list[str]:
    ids = Selection.parse(args).ids(10)
    return [db.session.get_one(Participant, each).address for each in ids]


ASKED = [
    {"q": "bruno"},
    {"status": "done"},
    {"status": ["snoozed", "done"]},
    {"journey": "1"},
    {"version": "1", "stage": "opening"},
    {"tag": "1"},
    {"consent": "given"},
    {"marketing": "withdrawn"},
    {"window": "closed"},
    {"assigned": "1"},
    {"language": "en"},
    {"created_to": "2026-02-28"},
    {"created_from": "2026-02-28", "created_to": "2026-02-28"},
    {"field-1": "sao paulo"},
    {"field-1": ["Recife", "SÃO PAULO"]},
    {"field-1-is": "filled"},
    {"field-2-from": "31", "field-2-to": "100"},
    {"field-3-from": "2026-04-01", "field-3-to": "2026-04-01"},
]


@pytest.mark.parametrize("args", ASKED, ids=str)
def test_a_filter_finds_who_is_so(args):
    assert chosen(**args) == [BRUNO]


@pytest.mark.parametrize(
    "args",
    [
        {"status": "open"},
        {"journey": "none"},
        {"stage": "none"},
        {"consent": "none"},
        {"marketing": ["none", "given"]},
        {"window": "open"},
        {"assigned": "none"},
        {"language": "none"},
        {"created_from": "2026-03-01"},
        {"field-1-is": "empty"},
    ],
    ids=str,
)
def test_a_filter_finds_of_whom_nothing_is_known(args):
    assert chosen(**args) == [ANA]


@pytest.mark.parametrize(
    "args",
    [
        {"status": "done", "language": "pt"},
        {"tag": ["1", "2"]},
        {"field-2-from": "32"},
        {"field-2-to": "9"},  # as words it would be later than 31
        {"field-3-to": "2026-03-31"},
        {"field-1": "São"},
        {"created_to": "2026-02-27"},
        {"version": "99"},
    ],
    ids=str,
)
def test_a_filter_finds_nobody_where_nobody_is_so(args):
    assert chosen(**args) == []


def test_who_is_pretended_is_found_where_they_are_asked_for_and_nowhere_else():
    assert chosen(simulated="1") == [CLARA]
    assert set(chosen()) == {ANA, BRUNO}


def test_who_was_active_last_comes_first_and_no_more_come_than_are_wanted():
    set_back(Participant.last_activity_at, 60, Participant.address == ANA)
    assert chosen() == [BRUNO, ANA]
    assert Selection().ids(1) == [id_of(BRUNO)]


def test_days_of_activity_are_those_of_the_team():
    yesterday = (utcnow() - timedelta(days=2)).date()
    assert chosen(active_to=str(yesterday)) == []
    assert set(chosen(active_from=str(yesterday))) == {ANA, BRUNO}


@pytest.mark.parametrize("args", [*ASKED, {}, {"simulated": "1"}], ids=str)
def test_an_address_is_written_as_it_was_read(args):
    selection = Selection.parse(MultiDict(args))
    assert Selection.parse(selection.args()) == selection
    assert set(selection.args()) == set(args)


@pytest.mark.parametrize(
    "args",
    [
        {"status": "asleep", "journey": "one", "version": "-1", "stage": "a b", "tag": "vip"},
        {"consent": "\x00", "marketing": "asked", "window": "ajar", "assigned": "0"},
        {"language": "tlh", "created_from": "2026-13-01", "active_to": "31/12/2026"},
        {"created_to": "9999-12-31", "active_from": "0001-01-01"},
        {"field-1-is": "green", "field-99999999999": "x", "field-0": "x", "field-x": "x"},
        {"tag": str(2**31), "journey": "²", "version": "9" * 400},
        {"q": " ", "simulated": "yes", "page": "2"},
    ],
    ids=str,
)
def test_what_cannot_be_understood_asks_nothing(args):
    assert Selection.parse(MultiDict(args)) == Selection()


def test_a_value_is_compared_anew_when_it_changes_and_when_it_is_written_at_once():
    ana, bruno = id_of(ANA), id_of(BRUNO)
    with transaction():
        db.session.get_one(FieldValue, (bruno, 1)).value = "Recife"
        insert_once(FieldValue, participant_id=ana, field_id=1, value="Récife")
    assert set(chosen(**{"field-1": "RECIFE"})) == {ANA, BRUNO}
    assert only(FieldValue, FieldValue.field_id == 2).number == 31.5


def test_a_selection_is_the_same_where_the_same_is_asked():
    one = Selection.parse(MultiDict([("tag", "2"), ("tag", "1"), ("status", "done")]))
    assert one == Selection.parse({"status": ["done"], "tag": ["1", "2", "1"]})
    assert Selection.parse({"created_from": "2026-02-01"}).created_from == date(2026, 2, 1)
