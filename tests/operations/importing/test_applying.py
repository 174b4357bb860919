"""An import takes effect once, whoever is killed; and it can be undone whole for a week, without
what came later."""

import pytest
from sqlalchemy import select

from tests.cast import ANA, BIA, CAIO, known, only, participant, rows, set_back, write
from tests.journey.people import user
from wa_assistant.conversation import fields, naming, tags
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    AuditEntry,
    Consent,
    ConsentEvent,
    ConsentSource,
    FieldKind,
    FieldValue,
    Import,
    ImportLine,
    ImportState,
    LineReason,
    Participant,
    ParticipantTag,
    Tag,
)
from wa_assistant.operations.importing import apply as applying
from wa_assistant.operations.importing import files, verbs

from .filed import HEAD, a_field, applied, counts, lines, of, seen, take_in, undone

pytestmark = pytest.mark.usefixtures("context")

RUI = "whatsapp:+5511912345678"
NEW = f"{HEAD}\n11 91234-5678;Rui;vip, novo;pt\n"
CONSENTS = "numero;marketing;marketing: data;marketing: origem\n"


def names(participant_id: int) -> list[str]:
    return [each.name for each in tags.of([participant_id])[participant_id]]


def tags_there() -> list[str]:
    return list(db.session.scalars(select(Tag.name)))


def test_who_is_new_is_there_with_all_that_was_said():
    age = a_field("Idade", FieldKind.NUMBER)
    text = "numero;nome;etiquetas;idioma;idade;marketing;marketing: data;marketing: origem\n"
    found = applied(f"{text}11 91234-5678;Rui;vip, novo;pt;41;sim;02/01/2026;feira\n")
    rui = participant(RUI)
    assert (rui.known_as, rui.language, rui.phone) == ("Rui", "pt", "+5511912345678")
    assert names(rui.id) == ["novo", "vip"]
    assert fields.of([rui.id]) == {rui.id: {age.id: "41"}}
    event = only(ConsentEvent)
    assert (event.source, event.proof) == (ConsentSource.IMPORT, "feira")
    assert (rui.consent, rui.marketing_consent) == (None, Consent.GIVEN)
    assert (found.state, found.done) == (ImportState.APPLIED, 1)


def test_who_is_there_is_changed_where_the_file_says_something():
    ana, bia = known(ANA), user(BIA)
    tags.add(bia, ana, "old")
    naming.speaks(bia, ana, "en")
    applied(f"{HEAD}\n11 98765-4321;Ana Maria;VIP;\n")
    assert (participant(ANA).known_as, participant(ANA).language) == ("Ana Maria", "en")
    assert names(ana) == ["old", "VIP"]


def test_the_same_file_once_more_changes_nothing():
    applied(NEW)
    again = seen(NEW)
    assert (again.state, counts(again)) == (ImportState.UNCHANGED, {"same": 1})


def test_one_that_would_change_nothing_waits_for_nobody_and_can_be_read_anew_or_discarded(app):
    found = seen(f"{HEAD}\nabc;Ana;vip;pt\n")
    assert (found.state, counts(found)) == (ImportState.UNCHANGED, {"rejected": 1})
    assert not verbs.apply(user(CAIO), found.id)
    assert verbs.look_again(found.id, [], None, None)
    take_in(found.id)
    assert of(found.id).state == ImportState.UNCHANGED
    assert verbs.discard(user(CAIO), found.id)
    take_in(found.id)
    assert rows(Import) == []


def test_new_tags_are_made_one_after_the_other_so_that_nobody_waits_for_all(app, monkeypatch):
    there, whole = [], tags.find_or_make

    def made(name):
        with app.app_context():
            there.append(len(tags_there()))
        return whole(name)

    monkeypatch.setattr(tags, "find_or_make", made)
    applied(f"{HEAD}\n11 91234-5678;Rui;um, dois, três;pt\n")
    assert there == [0, 1, 2]
    assert names(participant(RUI).id) == ["dois", "três", "um"]


def test_a_yes_alone_grants_nothing():
    known(ANA)
    found = seen(f"{CONSENTS}11 98765-4321;sim;;\n")
    assert counts(found) == {"same": 1}
    assert not verbs.apply(user(CAIO), found.id)
    assert participant(ANA).marketing_consent is None
    assert rows(ConsentEvent) == []


def test_what_somebody_changed_since_it_was_shown_stays():
    ana = known(ANA)
    found = seen(f"{HEAD}\n11 98765-4321;Ana Maria;;pt\n")
    naming.call(user(BIA), ana, "Aninha")
    assert verbs.apply(user(CAIO), found.id)
    take_in(found.id)
    assert (participant(ANA).known_as, participant(ANA).language) == ("Aninha", "pt")
    assert lines(found)[0].reason == LineReason.OTHER_SINCE


def test_who_wrote_since_it_was_shown_is_not_made_a_second_time(app):
    found = seen(NEW)
    write(RUI)
    assert verbs.apply(user(CAIO), found.id)
    take_in(found.id)
    assert len(rows(Participant)) == 1
    assert counts(of(found.id)) == {"rejected": 1}
    assert lines(found)[0].reason == LineReason.CAME_MEANWHILE


def test_a_worker_that_is_killed_is_gone_on_from_and_nothing_is_doubled(monkeypatch):
    text = HEAD + "".join(f"\n11 91234-{n:04};P{n};vip;" for n in range(40))
    found = seen(text)
    assert verbs.apply(user(CAIO), found.id)
    whole, calls = applying._apply, iter(range(100))

    def killed(*given):
        if next(calls) == 1:
            raise KeyboardInterrupt
        whole(*given)

    monkeypatch.setattr(applying, "_apply", killed)
    with pytest.raises(KeyboardInterrupt):
        take_in(found.id)
    assert 0 < len(rows(Participant)) < 40
    set_back(Import.due_at, 3600)
    take_in(found.id)
    assert len(rows(Participant)) == len(rows(ParticipantTag)) == 40
    assert (of(found.id).done, of(found.id).state) == (40, ImportState.APPLIED)


def test_an_import_is_undone_whole():
    age = a_field("Idade", FieldKind.NUMBER)
    ana, bia = known(ANA), user(BIA)
    naming.call(bia, ana, "Ana")
    tags.add(bia, ana, "old")
    fields.put(bia, ana, age.id, "40")
    text = "numero;nome;etiquetas;idade\n11 98765-4321;Ana Maria;vip;41\n"
    found = undone(applied(f"{text}11 91234-5678;Rui;vip;30\n"))
    assert participant(ANA).known_as == "Ana"
    assert names(ana) == ["old"]
    assert fields.of([ana]) == {ana: {age.id: "40"}}
    assert [each.id for each in rows(Participant)] == [ana]
    assert (found.state, found.done, found.kept) == (ImportState.UNDONE, 0, 0)


def test_a_value_that_was_changed_since_stays_and_the_line_says_so():
    ana, bia = known(ANA), user(BIA)
    found = applied(f"{HEAD}\n11 98765-4321;Ana Maria;vip;pt\n")
    naming.call(bia, ana, "Aninha")
    found = undone(found)
    assert (participant(ANA).known_as, participant(ANA).language) == ("Aninha", None)
    assert names(ana) == []
    assert lines(found)[0].reason == LineReason.OTHER_SINCE
    assert found.kept == 1


def test_who_has_written_since_is_not_deleted(app):
    found = applied(NEW)
    write(RUI)
    found = undone(found)
    assert participant(RUI).last_inbound_at
    assert names(participant(RUI).id) == []
    assert lines(found)[0].reason == LineReason.WROTE_SINCE


def test_whom_a_colleague_has_done_something_about_is_not_deleted():
    found = applied(NEW)
    tags.add(user(BIA), participant(RUI).id, "mine")
    found = undone(found)
    assert names(participant(RUI).id) == ["mine"]
    assert lines(found)[0].reason == LineReason.USED_SINCE


def test_a_consent_that_is_undone_stands_no_more_and_its_events_stay():
    known(ANA)
    found = undone(applied(f"{CONSENTS}11 98765-4321;sim;2026-01-02;feira\n"))
    assert participant(ANA).marketing_consent is None
    assert [each.kind for each in rows(ConsentEvent)] == [Consent.GIVEN, Consent.WITHDRAWN]
    assert found.kept == 0


def test_after_a_week_nothing_is_undone_and_the_file_and_its_lines_are_gone(app):
    found = applied(NEW)
    set_back(Import.applied_at, 8 * 24 * 3600)
    assert not verbs.undo(user(CAIO), found.id)
    verbs.tidy()
    take_in(found.id)
    assert rows(ImportLine) == []
    assert not list(files.folder().iterdir())
    assert (of(found.id).state, of(found.id).new) == (ImportState.APPLIED, 1)
    assert participant(RUI)


def test_one_that_is_discarded_leaves_nothing_but_its_record(app):
    found = seen(NEW)
    assert verbs.discard(user(CAIO), found.id)
    take_in(found.id)
    assert rows(ImportLine) == rows(Import) == rows(Participant) == []
    assert not list(files.folder().iterdir())


def test_it_is_applied_and_undone_once():
    found = seen(NEW)
    assert verbs.apply(user(CAIO), found.id)
    assert not verbs.apply(user(CAIO), found.id)
    take_in(found.id)
    assert verbs.undo(user(CAIO), found.id)
    assert not verbs.undo(user(CAIO), found.id)


def test_who_imports_and_who_undoes_is_on_record_without_what_the_file_says():
    undone(applied(NEW))
    told = [(each.action, each.subject, each.after) for each in rows(AuditEntry)]
    sums = {"new": 1, "changed": 0, "same": 0, "rejected": 0}
    assert ("imported", "import", sums) in told
    assert ("undid an import", "import", None) in told
    assert "Rui" not in str(told)


def test_a_line_with_more_tags_than_one_may_have_is_rejected():
    many = ",".join(f"t{n}" for n in range(31))
    found = seen(f"numero;etiquetas\n11 91234-5678;{many}\n")
    assert lines(found)[0].reason == LineReason.TOO_MANY_TAGS
    assert rows(Tag) == rows(FieldValue) == []
    with transaction():
        assert db.session.get(Import, found.id)
