"""Two at once, of whom one fills a field in, or changes it, and the other removes or changes it."""

from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import ANA, BIA, BRUNO, CAIO, at_once, known, only, participant, rows
from tests.journey.people import user
from tests.support.eventually import eventually
from tests.support.locks import waiting
from wa_assistant.conversation import field_list, fields, naming
from wa_assistant.conversation.field_list import Seen
from wa_assistant.database import db, transaction
from wa_assistant.models import Field, FieldValue
from wa_assistant.settings.problem import MEANWHILE, Problem

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def plan() -> int:
    return field_list.add("Plan", "choice", ("Small", "Large"), user(CAIO)).id


def seen() -> Seen:
    field = only(Field)
    return Seen(field.name, field.options)


@pytest.mark.parametrize("database", ["postgres"])
def test_what_is_filled_in_while_the_field_goes_is_told_so(app, plan):
    ana = known(ANA)
    with at_once(app) as start:
        with transaction():
            db.session.delete(db.session.get_one(Field, plan))
            db.session.flush()
            put: Future[Any] = start(lambda: fields.put(user(BIA), ana, plan, "Small"))
            eventually(lambda: waiting() == 1)
        with pytest.raises(LookupError):
            put.result(20)
    assert not rows(FieldValue)


@pytest.mark.parametrize("database", ["postgres"])
def test_a_field_goes_with_what_is_being_filled_in(app, plan):
    ana, bruno = known(ANA), known(BRUNO)
    fields.put(user(BIA), bruno, plan, "Large")
    with at_once(app, 3) as start:
        with transaction():
            db.session.scalars(select(FieldValue).with_for_update()).all()
            gone: Future[Any] = start(lambda: field_list.remove(plan, user(CAIO)))
            eventually(lambda: waiting() == 1)
            put: Future[Any] = start(lambda: fields.put(user(BIA), ana, plan, "Small"))
            eventually(lambda: put.done() or waiting() == 2)
        assert gone.result(20) == 1
        with pytest.raises(LookupError):
            put.result(20)
    assert not rows(Field)


def test_what_two_changed_of_a_field_is_refused_to_the_second(plan):
    had = seen()
    field_list.change(plan, "Tariff", had.options, user(CAIO), had)
    with pytest.raises(Problem) as problem:
        field_list.change(plan, "Contract", had.options, user(CAIO), had)
    assert problem.value.places == {"name": MEANWHILE}
    with pytest.raises(Problem) as problem:
        field_list.change(plan, "Plan", ["Small"], user(CAIO), Seen("Plan", ["Large"]))
    assert problem.value.places == {"options": MEANWHILE}
    assert seen() == ("Tariff", ["Small", "Large"])


def test_two_who_change_different_parts_of_a_field_both_have_their_way(plan):
    had = seen()
    assert field_list.change(plan, "Tariff", had.options, user(CAIO), had)
    assert field_list.change(plan, had.name, ["Small", "Huge"], user(CAIO), had)
    assert seen() == ("Tariff", ["Small", "Huge"])
    assert field_list.change(plan, "Tariff", ["Small", "Huge"], user(CAIO), had), "the same"


def test_of_two_who_choose_a_language_the_second_is_told_who_was_faster():
    ana = known(ANA)
    naming.speaks(user(BIA), ana, "en", "")
    with pytest.raises(fields.ChangedMeanwhile) as changed:
        naming.speaks(user(CAIO), ana, "pt", "")
    assert (changed.value.value, changed.value.who) == ("en", BIA)
    assert participant(ANA).language == "en"
    naming.speaks(user(CAIO), ana, "en", "")
    naming.speaks(user(CAIO), ana, "pt", "en")
    assert participant(ANA).language == "pt"
