"""What `make demo` begins with: the same people each time, none of whom can be reached."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

import config as configuration
from deploy import demo, ready, start
from tests import settlement
from tests.cast import outbound, rows
from wa_assistant.cli.demo import scenario
from wa_assistant.conversation import lists, takeover
from wa_assistant.database import db, utcnow
from wa_assistant.delivery import send
from wa_assistant.models import Answer, Media, Note, Participant, QuickReply, User
from wa_assistant.operations import first_day
from wa_assistant.settings import FirstDay

pytestmark = pytest.mark.usefixtures("context")


def test_fifty_people_stand_in_all_kinds_of_lists():
    assert len(scenario.put(utcnow())) == len(rows(Participant)) == 50
    helena = db.session.scalars(select(User).where(User.name == "Helena Prado")).one()
    counts = lists.counts(helena, [])
    assert {each for each, number in counts.items() if not number} == {
        "done",
        "parked",
        "simulated",
    }
    assert counts["open"] + counts["snoozed"] == 50
    assert all(rows(model) for model in (Note, QuickReply, Media, Answer))
    assert len({each.stage for each in rows(Participant)}) > 2


def test_the_overview_leads_with_the_figures():
    scenario.put(utcnow(), 1)
    assert first_day.standing().state == FirstDay.AWAY


def test_nothing_of_it_is_lost_or_left_to_do():
    scenario.put(utcnow())
    assert settlement.lost(db.session) == []
    assert settlement.twice(db.session, []) == []


def test_the_same_is_told_of_each_moment():
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    scenario.put(now, 5)
    found = [(each.phone, each.name, each.last_activity_at) for each in rows(Participant)]
    assert found[0][1] == "Ana Luísa Pimentel"
    assert len({phone for phone, _, _ in found}) == 5
    assert max(at for _, _, at in found) < now


def test_what_a_colleague_writes_to_them_arrives_and_goes_nowhere(twilio):
    (person,) = scenario.put(utcnow(), 1)
    helena = db.session.scalars(select(User).where(User.name == "Helena Prado")).one()
    takeover.write(person, helena, "Temos as duas vagas!", "a-form-key")
    send.deliver(person)
    assert outbound()[-1].status == "delivered"
    assert twilio.messages == []


def test_a_folder_of_somebody_s_own_is_not_emptied(tmp_path):
    (tmp_path / "wa_assistant.sqlite3").write_text("theirs")
    with pytest.raises(start.CannotStart, match="holds something else"):
        demo.empty(tmp_path)
    assert (tmp_path / "wa_assistant.sqlite3").read_text() == "theirs"


def test_what_an_earlier_demo_left_is_gone_but_for_the_lock_and_the_key(tmp_path):
    demo.empty(tmp_path)
    for name in ("run", "media"):
        (tmp_path / name).mkdir()
    for name in ("secret_key", "wa_assistant.sqlite3"):
        (tmp_path / name).touch()
    demo.empty(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {"run", "secret_key", demo.MARK}


def test_its_first_words_name_nothing_that_it_passes_over():
    usual, here = (
        "\n".join(ready.first_lines(configuration.load(environ, dotenv=None), "A link."))
        for environ in ({}, {"APP_ENV": ready.DEMO})
    )
    assert "What connects them is in .env.example." in usual
    assert ".env" not in here
    assert "Each start empties it." in here
