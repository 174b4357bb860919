"""Fields of the team's own say something of participants, each by its kind."""

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, rows
from tests.journey.people import user
from wa_assistant.conversation import field_list, fields
from wa_assistant.models import Action, AuditEntry, Field, FieldKind, FieldValue
from wa_assistant.settings.problem import Problem

pytestmark = pytest.mark.usefixtures("context")
PLANS = ("Básico", "Completo")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def made(kind: FieldKind, name: str = "City", options: tuple[str, ...] = PLANS) -> Field:
    return field_list.add(name, kind, options, user(CAIO))


def value(participant_id: int, field_id: int) -> str | None:
    return fields.of([participant_id])[participant_id].get(field_id)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FieldKind.TEXT, "  São   Paulo\n", "São Paulo"),
        (FieldKind.NUMBER, "1.234,50", "1234.5"),
        (FieldKind.NUMBER, "-3", "-3"),
        (FieldKind.DATE, "5/12/2026", "2026-12-05"),
        (FieldKind.DATE, "2026-12-05", "2026-12-05"),
        (FieldKind.CHOICE, "basico", "Básico"),
    ],
)
def test_a_value_is_kept_in_one_way_of_writing(ana, kind, typed, kept):
    field = made(kind).id
    fields.put(user(BIA), ana, field, typed)
    assert value(ana, field) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (FieldKind.TEXT, "x" * 10_000, fields.TOO_LONG),
        (FieldKind.NUMBER, "many", fields.NO_NUMBER),
        (FieldKind.NUMBER, "9" * 10_000, fields.TOO_LONG),
        (FieldKind.DATE, "31/02/2026", fields.NO_DATE),
        (FieldKind.CHOICE, "Grande", fields.NO_OPTION),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(ana, kind, typed, words):
    field = made(kind).id
    with pytest.raises(fields.DoesNotFit) as unfit:
        fields.put(user(BIA), ana, field, typed)
    assert unfit.value.words is words
    assert not rows(FieldValue)


def test_a_value_is_taken_away_by_emptying_it(ana):
    field, bia = made(FieldKind.TEXT).id, user(BIA)
    fields.put(bia, ana, field, "Recife")
    fields.put(bia, ana, field, "")
    assert value(ana, field) is None


def test_the_second_of_two_who_edit_is_told_what_stands_there_and_by_whom(ana):
    field, bia, caio = made(FieldKind.TEXT).id, user(BIA), user(CAIO)
    other = made(FieldKind.TEXT, "Shirt").id
    fields.put(caio, ana, field, "Recife", seen="")
    fields.put(bia, ana, other, "M", seen="")
    with pytest.raises(fields.ChangedMeanwhile) as changed:
        fields.put(bia, ana, field, "Olinda", seen="")
    assert (changed.value.value, changed.value.who) == ("Recife", CAIO)
    fields.put(bia, ana, field, "Recife", seen="")  # who types the same is told nothing
    fields.put(bia, ana, field, "Olinda", seen="Recife")
    assert value(ana, field) == "Olinda"


def test_the_audit_says_which_field_and_never_what_stands_in_it(ana):
    field = made(FieldKind.TEXT).id
    fields.put(user(BIA), ana, field, "Recife")
    entry = only(AuditEntry, AuditEntry.action == Action.FILLED_IN)
    assert entry.after == {"field": field, "empty": False}


def test_fields_stand_in_the_order_that_owners_give_them(ana):
    caio = user(CAIO)
    ids = [made(FieldKind.TEXT, name).id for name in ("a", "b", "c")]
    assert field_list.move(ids[2], -1, caio)
    assert field_list.move(ids[0], -1, caio)  # where it is first it stays
    assert [each.name for each in fields.all_fields()] == ["a", "c", "b"]


def test_a_field_is_renamed_and_its_options_are_changed_and_values_stay(ana):
    field, caio = made(FieldKind.CHOICE).id, user(CAIO)
    fields.put(caio, ana, field, "Completo")
    assert field_list.change(field, "Plan", ["Básico", " ", "Tudo", "tudo"], caio)
    changed = only(Field)
    assert (changed.name, changed.options) == ("Plan", ["Básico", "Tudo"])
    assert value(ana, field) == "Completo"


def test_a_removed_field_takes_what_it_says_along(ana):
    field, caio, bruno = made(FieldKind.TEXT).id, user(CAIO), known(BRUNO)
    for who in (ana, bruno):
        fields.put(caio, who, field, "Recife")
    assert field_list.says_of(field) == 2
    assert field_list.remove(field, caio) == 2
    assert not rows(FieldValue)
    assert not field_list.change(field, "City", [], caio)
    with pytest.raises(LookupError):
        fields.put(caio, ana, field, "Recife")


@pytest.mark.parametrize(
    ("name", "kind", "options", "place"),
    [
        ("", "text", (), "name"),
        ("x" * 61, "text", (), "name"),
        ("CITY", "text", (), "name"),
        ("Plan", "choice", ("", " "), "options"),
        ("Plan", "choice", ("x" * 501,), "options"),
        ("Plan", "colour", (), "kind"),
    ],
)
def test_what_is_no_field_is_refused_at_its_place(name, kind, options, place):
    made(FieldKind.TEXT)
    with pytest.raises(Problem) as problem:
        field_list.add(name, kind, options, user(CAIO))
    assert list(problem.value.places) == [place]
