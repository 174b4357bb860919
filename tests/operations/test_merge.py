"""Two participants who are one person are made one, with all that each of them had."""

from typing import Any

import pytest

from tests.cast import (
    ANA,
    BRUNO,
    inbound,
    known,
    only,
    participant,
    rows,
    say,
    write,
)
from wa_assistant.conversation import identity, reading, search
from wa_assistant.database import Base, db, transaction, utcnow
from wa_assistant.models import (
    Attention,
    AuditEntry,
    Consent,
    Field,
    FieldKind,
    FieldValue,
    FormerAddress,
    Participant,
    ParticipantTag,
    Spending,
    Tag,
)
from wa_assistant.operations import merge, merged_columns, merged_rows

from .merging import change, merged

pytestmark = pytest.mark.usefixtures("context")

CLARA = "whatsapp:+5521987650000"


def test_every_column_and_every_table_has_a_rule_of_what_becomes_of_it():
    ruled = {*merged_columns.RULES, *merged_columns.FOLLOWS}
    ruled |= {name for names in merged_columns.PARTS.values() for name in names}
    assert {each.name for each in Participant.__table__.columns} == ruled
    for column in merged_rows.columns():
        table = column.table
        found: set[Any] = table.constraints | table.indexes
        keys = [key for key in found if is_key(key)]
        if any(column.name in key.columns for key in keys):
            assert table.name in merged_rows.RULES, f"{table.name}: what of both where one may be?"


def is_key(constraint: Any) -> bool:
    kind = type(constraint).__name__
    return kind in ("PrimaryKeyConstraint", "UniqueConstraint") or getattr(
        constraint, "unique", False
    )


def test_what_both_said_stands_in_one_conversation_in_its_order(bia):
    write(ANA, "one")
    write(BRUNO, "two")
    say(ANA, "three")
    write(BRUNO, "four")
    stays = merged(bia, BRUNO, ANA)
    messages, _ = reading.thread(stays.id)
    assert [each.body for each in messages] == ["one", "two", "three", "four"]
    assert stays.unread == 3


def test_nothing_of_the_other_is_left_in_any_table(bia):
    write(ANA, "one")
    goes = write_all(ANA)
    write(BRUNO)
    before = spent()
    stays = merged(bia, BRUNO, ANA)
    for column in merged_rows.columns():
        table: Any = column.table
        found = db.session.execute(table.select().where(column == goes)).all()
        assert not found, table.name
    assert spent(stays.id) == before


def spent(*of: int) -> int:
    theirs = Spending.participant_id.in_(of) if of else Spending.participant_id > 0
    return sum(each.spent for each in rows(Spending, theirs))


def write_all(address: str) -> int:
    """A row in every table that one may write by hand."""
    who = participant(address).id
    today = utcnow().date()
    with transaction():
        db.session.add_all([Tag(id=1, name="VIP"), Field(id=1, name="City", kind=FieldKind.TEXT)])
        db.session.flush()
        db.session.add(ParticipantTag(participant_id=who, tag_id=1))
        db.session.add(FieldValue(participant_id=who, field_id=1, value="Recife"))
        key = {"participant_id": who, "starts_on": today, "period": "day", "scope": "all"}
        db.session.add(Spending(**key, spent=7))
    return int(who)


def test_what_was_spent_on_both_was_spent_on_one(bia):
    known(ANA)
    write_all(ANA)
    bruno, today = known(BRUNO), utcnow().date()
    with transaction():
        key = {"participant_id": bruno, "starts_on": today, "period": "day", "scope": "all"}
        db.session.add(Spending(**key, spent=5))
    merged(bia, BRUNO, ANA)
    assert only(Spending).spent == 12


@pytest.mark.parametrize(("theirs", "value"), [(False, "Olinda"), (True, "Recife")])
def test_of_a_field_that_both_have_the_chosen_value_counts(bia, theirs, value):
    known(ANA)
    write_all(ANA)
    bruno = known(BRUNO)
    with transaction():
        db.session.add(FieldValue(participant_id=bruno, field_id=1, value="Olinda"))
        db.session.add(ParticipantTag(participant_id=bruno, tag_id=1))
    merged(bia, BRUNO, ANA, **{"field-1": theirs})
    assert only(FieldValue).value == value
    assert only(ParticipantTag).participant_id == bruno


@pytest.mark.parametrize("theirs", [False, True])
def test_whoever_writes_from_either_number_is_found_from_then_on(bia, theirs):
    write(ANA)
    write(BRUNO)
    stays = merged(bia, BRUNO, ANA, address=theirs)
    assert stays.address == (ANA if theirs else BRUNO)
    for address in (ANA, BRUNO, ANA, BRUNO):
        write(address, "again")
        assert only(Participant).address == address
    assert len(inbound()) == 6


def test_the_number_that_went_is_known_in_its_other_form_and_searched_for(bia):
    write("whatsapp:+551187654321", ProfileName="")
    write(BRUNO, ProfileName="Ana Beatriz")
    merge.merge(bia, participant(BRUNO).id, participant("whatsapp:+551187654321").id)
    write(ANA)
    assert only(Participant).address == ANA
    change(ANA, name="Ana Beatriz")
    condition = search.condition("beatriz")
    assert condition is not None
    assert db.session.query(Participant).where(condition).one()


def test_another_person_who_has_such_a_number_by_now_is_somebody_else(bia):
    write(ANA, ExternalUserId="BR.111111111111")
    write(BRUNO, ExternalUserId="BR.111111111112")
    merged(bia, BRUNO, ANA)
    write(ANA, ExternalUserId="BR.999999999999")
    assert len(rows(Participant)) == 2


def test_what_was_taken_back_stays_so_and_nothing_is_given(bia):
    known(ANA)
    known(BRUNO)
    change(ANA, consent=Consent.WITHDRAWN, marketing_consent=None, stopped_at=utcnow())
    change(BRUNO, consent=Consent.GIVEN, marketing_consent=Consent.WITHDRAWN)
    stays = merged(bia, BRUNO, ANA)
    assert (stays.consent, stays.marketing_consent) == (Consent.WITHDRAWN, Consent.WITHDRAWN)
    assert stays.stopped_at is not None


def test_they_need_a_person_no_more_for_being_two(bia):
    known(ANA)
    known(BRUNO)
    moment = {"attention_at": utcnow(), "called_at": utcnow()}
    change(BRUNO, attention=Attention.TWO_ROWS, **moment)
    stays = merged(bia, BRUNO, ANA)
    assert (stays.attention, stays.attention_at, stays.called_at) == (None, None, None)


def test_what_else_the_other_needs_a_person_for_stays(bia):
    known(ANA)
    known(BRUNO)
    change(BRUNO, attention=Attention.TWO_ROWS, attention_at=utcnow())
    change(ANA, attention=Attention.ASKED_FOR_A_PERSON, attention_at=utcnow())
    assert merged(bia, BRUNO, ANA).attention == Attention.ASKED_FOR_A_PERSON


def test_names_and_the_rest_are_the_chosen_ones_and_fill_what_is_empty(bia):
    known(ANA)
    known(BRUNO)
    change(ANA, name="Ana", known_as="Aninha", language="pt")
    change(BRUNO, name="Bruno")
    stays = merged(bia, BRUNO, ANA, name=False)
    assert (stays.name, stays.known_as, stays.language) == ("Bruno", "Aninha", "pt")
    assert stays.name_folded == "aninha bruno"


def test_somebody_real_and_somebody_simulated_stay_two(bia):
    known(ANA)
    known(BRUNO)
    change(ANA, simulated=True)
    with pytest.raises(merge.RefusedError):
        merged(bia, BRUNO, ANA)
    with pytest.raises(merge.RefusedError):
        merged(bia, BRUNO, BRUNO)


def test_the_audit_says_who_was_merged_into_whom_and_no_number(bia):
    ana, bruno = known(ANA), known(BRUNO)
    merged(bia, BRUNO, ANA)
    entry = only(AuditEntry)
    assert (entry.action, entry.subject_id, entry.after) == ("merged", str(bruno), {"merged": ana})


def test_who_is_merged_twice_is_still_found_by_the_first_number(bia):
    for address in (ANA, BRUNO, CLARA):
        write(address)
    merge.merge(bia, participant(BRUNO).id, participant(ANA).id)
    stays = merged(bia, CLARA, BRUNO)
    write(ANA)
    assert only(Participant).id == stays.id
    assert {each.participant_id for each in rows(FormerAddress)} == {stays.id}


def test_an_address_is_kept_however_its_number_is_written():
    assert identity.as_kept("whatsapp:+551187654321") == ANA
    assert identity.as_kept("whatsapp:ana.souza") == "whatsapp:ana.souza"
    assert {"former_addresses", "views"} <= set(Base.metadata.tables)
