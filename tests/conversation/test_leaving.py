"""A colleague leaves, and their conversations go to another, or to nobody."""

from contextlib import suppress
from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, DAVI, come, known, only, participant, rows, together
from wa_assistant.accounts import team
from wa_assistant.conversation import attention, leaving, takeover
from wa_assistant.database import db
from wa_assistant.models import AuditEntry, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def caio() -> Any:
    return come(CAIO, Role.OWNER).user


@pytest.fixture
def bia() -> Any:
    """An editor who holds Ana's conversation and looks after Bruno's."""
    bia = come(BIA, Role.EDITOR).user
    ana, bruno = known(ANA), known(BRUNO)
    takeover.take_over(ana, bia)
    attention.raise_by_hand(bruno, bia)
    attention.assign(bruno, bia, bia.id)
    return bia


def held() -> list[tuple[str | None, str | None]]:
    """By whom each is held, and who looks after it."""
    db.session.rollback()
    return [
        (
            each.taken_over_by and each.taken_over_by.email,
            each.assigned_to and each.assigned_to.email,
        )
        for each in rows(Participant)
    ]


def test_they_go_to_whom_one_chooses(bia, caio):
    dora = come("dora@example.com", Role.EDITOR).user
    assert leaving.count(bia) == 2
    assert leaving.leave(bia.id, dora.id, caio) == 2
    assert held() == [(dora.email, None), (None, dora.email)]
    assert not only(User, User.email == BIA).active
    entries = rows(AuditEntry, AuditEntry.action == "passed on")
    assert [(each.actor, each.before, each.after) for each in entries] == [
        (CAIO, {"taken_over_by": BIA, "to": None}, {"taken_over_by": dora.email, "to": None}),
        (CAIO, {"taken_over_by": None, "to": BIA}, {"taken_over_by": None, "to": dora.email}),
    ]


def test_with_nobody_the_assistant_answers_again_and_the_team_is_called(bia, caio):
    leaving.leave(bia.id, None, caio)
    assert held() == [(None, None), (None, None)]
    ana, bruno = rows(Participant)
    assert ana.handed_back_at
    assert (ana.attention, bruno.attention) == ("asked for", "asked for")


def test_one_may_pass_them_on_and_stay(bia, caio):
    leaving.pass_on(bia.id, caio.id, caio)
    assert held() == [(CAIO, None), (None, CAIO)]
    assert only(User, User.email == BIA).active


def test_who_cannot_look_after_them_is_not_given_them_and_nothing_is_done(bia, caio):
    davi = come(DAVI, Role.VIEWER).user
    for successor_id in (davi.id, bia.id, 999):
        with pytest.raises(leaving.NoSuccessorError):
            leaving.leave(bia.id, successor_id, caio)
    assert held() == [(BIA, None), (None, BIA)]
    assert only(User, User.email == BIA).active


def test_the_only_owner_keeps_theirs(caio):
    takeover.take_over(known(ANA), caio)
    with pytest.raises(team.NeededError):
        leaving.leave(caio.id, None, caio)
    assert held() == [(CAIO, None)]


def test_who_is_put_out_at_that_moment_is_given_nothing(app, bia, caio):
    ana, bia_id = participant(ANA).id, bia.id

    def assign() -> None:
        with suppress(attention.NotAssignableError):
            attention.assign(ana, only(User, User.email == CAIO), bia_id)

    together(app, lambda: leaving.leave(bia_id, None, only(User, User.email == CAIO)), assign)
    assert held() == [(None, None), (None, None)]
    with pytest.raises(attention.NotAssignableError):
        attention.assign(ana, caio, bia_id)


@pytest.mark.parametrize("verb", [takeover.take_over, attention.reopen])
def test_who_is_put_out_at_that_moment_holds_nothing_and_nobody_fails(app, bia, caio, verb):
    bruno, bia_id = participant(BRUNO).id, bia.id
    takeover.take_over(bruno, bia)
    attention.resolve(bruno, bia)
    if verb == takeover.take_over:
        takeover.hand_back(bruno, bia)
        attention.assign(bruno, bia, bia_id)

    def do() -> None:
        with suppress(takeover.NotAllowedError):
            verb(bruno, only(User, User.email == BIA))

    together(app, lambda: leaving.leave(bia_id, None, only(User, User.email == CAIO)), do)
    assert held() == [(None, None), (None, None)]
    with pytest.raises(takeover.NotAllowedError):
        takeover.write(bruno, bia, "Oi", "a key")


def test_what_is_reopened_goes_to_nobody_who_has_left(bia, caio):
    bruno = rows(Participant)[1].id
    attention.resolve(bruno, bia)
    leaving.leave(bia.id, None, caio)
    attention.reopen(bruno, caio)
    assert held()[1] == (None, None)
    assert rows(Participant)[1].attention == "asked for"
