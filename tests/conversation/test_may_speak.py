"""May the assistant speak now? One answer, of a row as in a query."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import ANA, BIA, known, participant
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import UNTIL_RESUMED, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")

NOW = utcnow()
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "may_speak"),
    [
        ({}, True),
        ({"paused_until": UNTIL_RESUMED}, False),
        ({"paused_until": NOW + MINUTE}, False),
        ({"paused_until": NOW}, True),
        ({"paused_until": NOW - MINUTE}, True),
        ({"stopped_at": NOW - MINUTE}, False),
        ({"taken_over_by": BIA}, False),
        ({"taken_over_by": BIA, "paused_until": NOW - MINUTE}, False),
        ({"attention_at": NOW, "asked_for_person_at": NOW}, True),  # a call alone silences nobody
    ],
)
def test_it_is_held_paused_and_stopped_that_silence_it(state, may_speak):
    ana = known(ANA)
    with transaction():
        row = db.session.get_one(Participant, ana)
        for name, value in state.items():
            is_user = name == "taken_over_by"
            setattr(row, name, User(email=value, role=Role.EDITOR) if is_user else value)

    assert participant(ANA).assistant_may_speak(NOW) == may_speak
    found = db.session.scalars(select(Participant.id).where(Participant.assistant_may_speak(NOW)))
    assert found.all() == ([ana] if may_speak else [])
