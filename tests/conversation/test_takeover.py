"""Taking over, handing back, pausing, and writing as a person."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, outbound, participant, rows, together
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import UNTIL_RESUMED, AuditEntry, Author, Role, Status, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def team() -> list[User]:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
    return rows(User)


def user(email: str) -> Any:
    return only(User, User.email == email)


def said() -> list[str]:
    return [each.action for each in rows(AuditEntry)]


def test_who_takes_over_holds_it_until_they_hand_it_back(team):
    bia, _ = team
    ana = known(ANA)
    takeover.take_over(ana, bia)
    assert participant(ANA).taken_over_by_id == bia.id
    assert not participant(ANA).assistant_may_speak(utcnow())
    takeover.hand_back(ana, bia)
    assert participant(ANA).assistant_may_speak(utcnow())
    assert said() == ["took over", "handed back"]


def test_doing_it_again_changes_nothing(team):
    bia, _ = team
    ana = known(ANA)
    for verb in (takeover.take_over, takeover.take_over, takeover.hand_back, takeover.hand_back):
        verb(ana, bia)
    assert said() == ["took over", "handed back"]


def test_a_colleagues_is_taken_only_by_who_knows_that_it_is_theirs(team):
    bia, caio = team
    ana = known(ANA)
    takeover.take_over(ana, bia)
    with pytest.raises(takeover.TakenOverByAnotherError) as raised:
        takeover.take_over(ana, caio)
    assert raised.value.holder.id == bia.id
    takeover.take_over(ana, caio, instead_of=bia.id)
    assert participant(ANA).taken_over_by_id == caio.id


@pytest.mark.parametrize(("name", "minutes"), [("15", 15), ("60", 60), ("resumed", None)])
def test_a_pause_has_its_length(team, name, minutes):
    ana = known(ANA)
    takeover.pause(ana, team[0], takeover.PAUSES[name])
    until = participant(ANA).paused_until
    if minutes:
        assert abs((until - utcnow()).total_seconds() - minutes * 60) < 10
    else:
        assert until == UNTIL_RESUMED
    assert rows(AuditEntry)[0].after == {"minutes": minutes}


def test_writing_takes_over_and_ends_a_pause(team):
    bia, _ = team
    ana = known(ANA)
    takeover.pause(ana, bia, None)
    takeover.write(ana, bia, "Hello", "a-form-key-1")
    assert (participant(ANA).taken_over_by_id, participant(ANA).paused_until) == (bia.id, None)
    (message,) = outbound()
    assert (message.author, message.user_id, message.status, message.body) == (
        Author.USER,
        bia.id,
        Status.WAITING,
        "Hello",
    )


def test_in_a_colleagues_conversation_one_does_not_write(team):
    bia, caio = team
    ana = known(ANA)
    takeover.take_over(ana, bia)
    with pytest.raises(takeover.TakenOverByAnotherError):
        takeover.write(ana, caio, "Hello", "a-form-key-1")
    assert outbound() == []


def test_one_form_sends_once(team):
    bia, _ = team
    ana = known(ANA)
    assert takeover.write(ana, bia, "Hello", "a-form-key-1")
    assert takeover.write(ana, bia, "Hello", "a-form-key-1") is None
    assert takeover.write(ana, bia, "Hello", "a-form-key-2")
    assert len(outbound()) == 2


def test_one_form_sends_once_also_when_it_is_sent_twice_at_once(app, team):
    ana = known(ANA)
    together(app, *[lambda: takeover.write(ana, user(BIA), "Hello", "a-form-key-1")] * 4)
    assert len(outbound()) == 1


def test_a_form_with_something_else_in_it_is_not_taken_for_sent(team):
    bia, _ = team
    ana = known(ANA)
    takeover.write(ana, bia, "Hello", "a-form-key-1")
    with pytest.raises(takeover.KeyUsedError):
        takeover.write(ana, bia, "Hello!", "a-form-key-1")


def test_a_form_s_key_is_its_participant_s_also_when_two_are_written_to_at_once(app, team):
    ana, bruno = known(ANA), known(BRUNO)

    def write(participant_id: int) -> Callable[[], object]:
        return lambda: takeover.write(participant_id, user(BIA), "Hello", "a-form-key-1")

    together(app, write(ana), write(bruno), write(ana), write(bruno))
    assert sorted(each.participant_id for each in outbound()) == [ana, bruno]


def test_of_two_who_take_over_at_once_one_holds_it(app, team):
    ana = known(ANA)

    def take(email: str) -> bool:
        try:
            takeover.take_over(ana, user(email))
        except takeover.TakenOverByAnotherError:
            return False
        return True

    assert sorted(together(app, lambda: take(BIA), lambda: take(CAIO))) == [False, True]


def test_a_stale_page_ends_no_colleagues_takeover(team):
    bia, caio = team
    ana = known(ANA)
    takeover.pause(ana, caio, None)
    takeover.take_over(ana, bia)
    with pytest.raises(takeover.TakenOverByAnotherError):
        takeover.hand_back(ana, caio)
    assert participant(ANA).taken_over_by_id == bia.id
    takeover.hand_back(ana, caio, instead_of=bia.id)
    assert participant(ANA).taken_over_by_id is None
