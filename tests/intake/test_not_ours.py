"""Webhooks of another sender, another account, a text message or ourselves: kept, told once."""

import pytest

from tests.cast import ANA, BIA, TWILIO, inbound, only, report, rows, write
from tests.doubles.webhooks import INBOUND, Webhooks
from tests.web import people
from wa_assistant.database import transaction
from wa_assistant.intake import webhook_log
from wa_assistant.intake.webhook_log import WEBHOOKS
from wa_assistant.models import Participant, Role, State, User, Webhook
from wa_assistant.operations import dead_letters

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia(app, engine):
    return people.signed_in(app, BIA, Role.EDITOR)


OTHERS = [
    ({"To": "whatsapp:+14155550199"}, "sender whatsapp:+14155550199"),
    ({"AccountSid": "AC" + "9" * 32}, "account AC" + "9" * 32),
    ({"To": "+14155238886", "From": "+5511987654321"}, "text message +14155238886"),
    ({"From": "whatsapp:+14155238886"}, "our own number"),
    ({"To": "messenger:123456"}, "text message messenger:123456"),
]


@pytest.mark.parametrize(("fields", "whose"), OTHERS)
def test_what_is_not_ours_is_kept_and_not_answered(work, fields, whose):
    write(ANA, "Oi", **fields)
    assert (work.waiting(), rows(Participant), inbound()) == ([], [], [])
    webhook = only(Webhook)
    assert (webhook.not_ours, webhook.state) == (whose, State.RECEIVED)
    assert webhook.dead_at
    assert b"Oi" in webhook.body


@pytest.mark.parametrize(("fields", "whose"), OTHERS)
def test_a_person_is_told_of_each_owner_once(fields, whose):
    for number in range(3):
        write(ANA, f"Oi {number}", **fields)
    write(ANA, "Oi", To="whatsapp:+14155550100")
    letters, _ = dead_letters.page()
    assert {each.row.not_ours for each in letters} == {whose, "sender whatsapp:+14155550100"}
    assert [each.state for each in rows(Webhook)] == [
        *(State.RECEIVED, State.DISMISSED, State.DISMISSED, State.RECEIVED)
    ]


def test_once_it_was_dismissed_nobody_is_told_again():
    with transaction():
        bia = User(email=BIA, role=Role.EDITOR)
    write(ANA, To="whatsapp:+14155550199")
    assert dead_letters.dismiss(WEBHOOKS, only(Webhook).id, bia)
    write(ANA, To="whatsapp:+14155550199")
    assert not dead_letters.anything()


def test_replayed_it_stays_unless_the_sender_is_ours_by_now(app, work):
    with transaction():
        bia = User(email=BIA, role=Role.EDITOR)
    write(ANA, "Oi", To="whatsapp:+14155550199")
    write(ANA, "Olá", To="whatsapp:+14155550199")
    first, _ = rows(Webhook)
    assert dead_letters.replay(WEBHOOKS, first.id, bia) is False
    app.config["TWILIO_WHATSAPP_NUMBER"] = "whatsapp:+14155550199"
    assert dead_letters.replay(WEBHOOKS, first.id, bia) is True
    assert [each.body for each in inbound()] == ["Oi"]
    webhook_log.understand()
    assert [each.body for each in inbound()] == ["Oi", "Olá"]
    assert {each.not_ours for each in rows(Webhook)} == {None}


@pytest.mark.environment(TWILIO_WHATSAPP_NUMBER="+5511987650000")
@pytest.mark.parametrize("to", ["whatsapp:+5511987650000", "whatsapp:+551187650000", None])
def test_our_own_number_is_ours_however_it_is_written(to):
    write(ANA, "Oi", To=to)
    assert len(inbound()) == 1


@pytest.mark.environment(TWILIO_MESSAGING_SERVICE_SID="MG" + "1" * 32)
def test_a_service_of_ours_may_have_several_senders():
    write(ANA, "Oi", To="whatsapp:+14155550199", MessagingServiceSid="MG" + "1" * 32)
    write(ANA, "Oi", To="whatsapp:+14155550199", MessagingServiceSid="MG" + "2" * 32)
    assert len(inbound()) == 1


def test_a_receipt_of_another_s_message_is_not_kept_waiting_for_ever():
    report("SM" + "5" * 32, "delivered", From="whatsapp:+14155550199", To=ANA)
    report("SM" + "6" * 32, "delivered", From="whatsapp:+14155550199", To=ANA)
    assert [each.state for each in rows(Webhook)] == [State.RECEIVED, State.DISMISSED]
    report("SM" + "7" * 32, "delivered")
    assert rows(Webhook)[-1].state == State.PARKED


def test_the_signature_is_looked_at_first(client):
    form = TWILIO.inbound(ANA, "Oi", To="whatsapp:+14155550199")
    assert Webhooks(auth_token="another").post(client, INBOUND, form).status_code == 403
    assert rows(Webhook) == []
    assert TWILIO.post(client, INBOUND, form).status_code == 200
    webhook_log.understand()
    assert only(Webhook).not_ours


@pytest.mark.parametrize(
    "to", ["rcs:padaria_agent_x1", "rcs:+14155238886", "messenger:102938475610293", "+14155238886"]
)
def test_another_channel_is_not_ours_also_of_whom_we_know(openai, work, to):
    write(ANA, "Oi")
    work()
    before = [(each.last_inbound_at, each.unread, each.consent) for each in rows(Participant)]
    calls = len(openai.calls)
    for words in ("tem pão?", "oi??"):
        write(f"{to.partition(':')[0]}:+5511987654321", words, To=to)
    work()
    now = [(each.last_inbound_at, each.unread, each.consent) for each in rows(Participant)]
    assert (now, len(openai.calls)) == (before, calls)
    letters, _ = dead_letters.page()
    assert len(letters) == 1


def test_all_that_came_of_one_owner_is_read_where_the_first_is(bia):
    for words in ("tem pão de queijo?", "oi??", "<b>alguém?</b>"):
        write("rcs:+5511987654321", words, To="rcs:padaria_agent_x1")
    write("messenger:7312846501123398", "Olá", To="messenger:102938475610293")
    page = bia.get("/dead-letters").text
    for words in ("tem pão de queijo?", "oi??", "&lt;b&gt;alguém?", "Olá"):
        assert page.count(f"{words}") >= 1, words
    assert page.count('<article class="case"') == 2


def test_what_is_read_there_ends_somewhere(bia):
    for number in range(dead_letters.MOST_LIKE_IT + 5):
        write("rcs:+5511987654321", f"number {number}.", To="rcs:padaria_agent_x1")
    letter = dead_letters.page()[0][0]
    assert len(letter.others) == dead_letters.MOST_LIKE_IT
