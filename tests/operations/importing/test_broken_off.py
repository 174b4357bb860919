"""An import that is broken off goes on where it stood: by itself after a kill, by a person's hand
after faults of ours. Nothing of it is done twice, and nothing that took effect is out of reach."""

import pytest

from tests.cast import ANA, CAIO, known, rows, set_back
from tests.journey.people import user
from wa_assistant.conversation import fields
from wa_assistant.models import Import, ImportLine, ImportState, Participant
from wa_assistant.operations import merge
from wa_assistant.operations.importing import apply as applying
from wa_assistant.operations.importing import look as looking
from wa_assistant.operations.importing import undo as undoing
from wa_assistant.operations.importing import verbs

from .filed import HEAD, a_field, applied, buried, counts, lines, made, of, seen, take_in, undone

pytestmark = pytest.mark.usefixtures("context")

PEOPLE = 40
TWIN = "whatsapp:+5521987654321"


def people(number: int = PEOPLE) -> str:
    return HEAD + "".join(f"\n11 91234-{n:04};P{n};vip;" for n in range(number))


@pytest.fixture
def broken(monkeypatch):
    """Has a function raise an error when it is called for the second time, and whenever after."""

    def breaks(module, name, error):
        whole, calls = getattr(module, name), []

        def called(*given):
            calls.append(given)
            if len(calls) > 1:
                raise error
            return whole(*given)

        monkeypatch.setattr(module, name, called)

    return breaks


def goes_on(found, monkeypatch):
    monkeypatch.undo()
    set_back(Import.due_at, 3600)
    take_in(found)
    return of(found)


def test_one_that_is_killed_while_it_is_read_is_read_on(broken, monkeypatch):
    whole = people(450)
    twice = "\n11 91234-0001;Again;;"  # of a line that was read before the kill
    found = made(whole + twice)
    broken(looking, "_keep", KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        take_in(found)
    before = {each.id for each in lines(of(found))}
    assert 0 < len(before) == of(found).lines < 450
    after = goes_on(found, monkeypatch)
    assert before < {each.id for each in rows(ImportLine)}
    assert [each.number for each in lines(after)] == list(range(2, 453))
    assert (after.state, counts(after)) == (ImportState.SHOWN, {"new": 450, "rejected": 1})


def test_one_that_is_killed_while_it_is_undone_is_undone_whole(broken, monkeypatch):
    found = applied(people()).id
    broken(undoing, "_undo", KeyboardInterrupt)
    assert verbs.undo(user(CAIO), found)
    with pytest.raises(KeyboardInterrupt):
        take_in(found)
    assert 0 < len(rows(Participant)) < PEOPLE
    after = goes_on(found, monkeypatch)
    assert rows(Participant) == []
    assert (after.state, after.done, after.kept) == (ImportState.UNDONE, 0, 0)


def test_one_that_failed_in_the_midst_is_applied_on_and_can_be_undone_whole(broken, monkeypatch):
    found = seen(people()).id
    broken(applying, "_apply", RuntimeError)
    assert verbs.apply(user(CAIO), found)
    buried(found)
    assert 0 < len(rows(Participant)) < PEOPLE
    assert verbs.apply(user(CAIO), found)
    after = goes_on(found, monkeypatch)
    assert (after.state, after.problem) == (ImportState.APPLIED, None)
    assert (after.done, counts(after)) == (PEOPLE, {"new": PEOPLE})
    assert undone(after).kept == len(rows(Participant)) == 0


def test_one_that_took_effect_in_part_is_neither_deleted_nor_read_anew(broken):
    found = seen(people()).id
    broken(applying, "_apply", RuntimeError)
    assert verbs.apply(user(CAIO), found)
    buried(found)
    assert not verbs.discard(user(CAIO), found)
    assert not verbs.look_again(found, [], None, None)
    assert len(lines(of(found))) == PEOPLE


def test_one_that_took_effect_in_part_can_be_taken_back_also_by_halves(broken, monkeypatch):
    found = seen(people()).id
    broken(applying, "_apply", RuntimeError)
    assert verbs.apply(user(CAIO), found)
    buried(found)
    broken(undoing, "_undo", RuntimeError)
    assert verbs.undo(user(CAIO), found)
    buried(found)
    monkeypatch.undo()
    assert verbs.undo(user(CAIO), found)
    after = goes_on(found, monkeypatch)
    assert (after.state, after.done, rows(Participant)) == (ImportState.UNDONE, 0, [])


def test_one_whose_undoing_failed_in_the_midst_is_undone_on(broken, monkeypatch):
    found = applied(people()).id
    broken(undoing, "_undo", RuntimeError)
    assert verbs.undo(user(CAIO), found)
    buried(found)
    assert 0 < len(rows(Participant)) < PEOPLE
    assert verbs.undo(user(CAIO), found)
    after = goes_on(found, monkeypatch)
    assert (after.state, after.kept, after.problem) == (ImportState.UNDONE, 0, None)
    assert rows(Participant) == []


def test_two_numbers_of_one_participant_are_one_line_and_the_other_is_said():
    city = a_field("Cidade")
    ana, twin = known(ANA), known(TWIN)
    merge.merge(user(CAIO), ana, twin)
    found = seen("numero;cidade\n11 98765-4321;Rio\n21 98765-4321;Santos\n")
    assert counts(found) == {"changed": 1, "rejected": 1}
    assert (lines(found)[1].reason, lines(found)[1].told) == ("twice", "2")
    assert verbs.apply(user(CAIO), found.id)
    take_in(found.id)
    assert fields.of([ana]) == {ana: {city.id: "Rio"}}


def test_two_who_are_merged_after_the_file_was_looked_at_are_changed_once():
    city = a_field("Cidade")
    ana, twin = known(ANA), known(TWIN)
    found = seen("numero;cidade;tags\n11 98765-4321;Rio;vip\n21 98765-4321;Santos;vip\n")
    assert counts(found) == {"changed": 2}
    merge.merge(user(CAIO), ana, twin)
    assert verbs.apply(user(CAIO), found.id)
    take_in(found.id)
    assert of(found.id).state == ImportState.APPLIED
    assert fields.of([ana]) == {ana: {city.id: "Rio"}}
    assert lines(found)[1].reason == "other since"
