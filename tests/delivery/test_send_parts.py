"""A text too long for one message goes out in parts: in order, not at once, and as one answer."""

import pytest

from tests.cast import ANA, BIA, known, only, outbound, participant, rows, say, write
from tests.settlement import lost, out_of_order, twice
from tests.web.people import comes_in
from wa_assistant.conversation import outbox, takeover
from wa_assistant.database import db, transaction
from wa_assistant.delivery import send
from wa_assistant.models import Author, Message, Participant, Role, Status, User

pytestmark = pytest.mark.usefixtures("context")

PARAGRAPH = "Uma frase inteira. " * 40
LONG = "\n\n".join(f"{number}: {PARAGRAPH}" for number in range(5))
AN_ANSWER = "\n\n".join(f"{number}: {PARAGRAPH}" for number in range(3))


@pytest.fixture
def bia() -> User:
    with transaction():
        db.session.add(User(email=BIA, role=Role.EDITOR))
    found: User = only(User)
    return found


def test_whoever_says_it(twilio, work):
    known(ANA)
    for author in (Author.SYSTEM, Author.USER, Author.ASSISTANT):
        say(ANA, "x " * 850, author)
    work()
    assert [len(each.body) for each in twilio.messages] == [1499, 199] * 3
    assert {each.status for each in outbound()} == {Status.QUEUED}


def test_emoji_are_counted_as_twilio_counts_them(twilio, work):
    known(ANA)
    say(ANA, "😀" * 1500, Author.USER)
    work()
    assert [each.body for each in twilio.messages] == ["😀" * 750] * 2


def test_the_first_part_stands_for_the_whole(bia):
    known(ANA)
    takeover.write(participant(ANA).id, bia, LONG, "a-form-key")
    first, *others = outbound()
    assert (first.part_of_id, first.form_key) == (None, "a-form-key")
    assert {(each.part_of_id, each.form_key) for each in others} == {(first.id, None)}
    assert {each.user_id for each in (first, *others)} == {bia.id}


def test_a_long_form_sent_twice_is_one_and_with_other_words_is_told(bia):
    ana = known(ANA)
    assert takeover.write(ana, bia, LONG, "a-form-key")
    assert takeover.write(ana, bia, LONG, "a-form-key") is None
    with pytest.raises(takeover.KeyUsedError):
        takeover.write(ana, bia, f"{LONG} E mais.", "a-form-key")
    assert len(outbound()) == len(outbox.parts(LONG))


def test_a_part_waits_a_moment_for_the_one_before(twilio, work):
    ana = known(ANA)
    say(ANA, LONG)
    say(ANA, "short")
    send.deliver(ana)
    send.deliver(ana)
    assert len(twilio.messages) == 1
    first, second = rows(Message)[:2]
    assert second.due_at >= first.created_at + send.PART_GAP
    assert "jobs.delivery.deliver" in work.waiting()
    work.pass_time(1)
    send.deliver(ana)
    assert len(twilio.messages) == 2
    work()
    assert [each.body for each in twilio.messages] == [*outbox.parts(LONG), "short"]


def test_an_answer_in_parts_is_one_answer(openai, twilio, work, client):
    openai.reply = lambda _: AN_ANSWER
    comes_in(twilio, client, ANA, "Conte tudo")
    work()
    assert len(twilio.messages) == len(outbox.parts(AN_ANSWER)) > 1
    assert lost(db.session) == twice(db.session, twilio.messages) == []
    assert out_of_order(db.session, twilio.messages) == []


def test_a_second_answer_in_parts_is_found_all_the_same(openai, twilio, work, client):
    comes_in(twilio, client, ANA, "Conte tudo")
    work()
    say(ANA, LONG)
    work()
    second = outbound()[1]
    assert twice(db.session, twilio.messages) == [f"outbound message {second.id} answers nothing"]


def test_the_words_that_open_a_stage_wait_in_all_their_parts(twilio, work):
    write(ANA)
    work()
    with transaction():
        ana = db.session.get_one(Participant, participant(ANA).id)
        ana.last_inbound_at = ana.created_at.replace(year=2020)
        outbox.put(ana, LONG, Author.SYSTEM, opens="welcome")
    work()
    assert {each.status for each in outbound()[1:]} == {Status.PARKED}
    assert participant(ANA).attention is None
