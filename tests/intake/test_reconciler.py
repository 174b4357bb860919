"""A message whose webhook never reached us is found, once."""

import pytest

from tests.cast import ANA, TWILIO, inbound, only, outbound, participant, reconcile, rows
from tests.cast import write as webhook
from tests.doubles.base import Fault
from tests.doubles.messages import describe
from tests.doubles.server import answer_json
from tests.journey.under_way import journey
from wa_assistant.clients import twilio as client
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import reconciler
from wa_assistant.models import Attention, ConsentMode, Media, Message, Settlement, State, Webhook

from .passes import HOUR, MINUTE, ago, begin, last_pass, said


@pytest.fixture(autouse=True)
def started(context: None) -> None:
    """The installation's first start was a day ago."""
    begin(ago(24 * HOUR))


def test_a_message_that_never_reached_us_is_found_and_answered(twilio, work):
    sid = twilio.write(ANA, "Oi, quanto custa?", at=ago(5 * MINUTE))
    reconcile()
    message = only(Message)
    assert (message.provider_sid, message.body, message.kind) == (sid, "Oi, quanto custa?", "text")
    assert (participant(ANA).phone, participant(ANA).simulated) == ("+5511987654321", False)
    work()
    assert [sent.to for sent in twilio.messages] == [ANA]
    assert only(Webhook).state == State.PROCESSED


def test_it_was_written_when_twilio_says(twilio):
    at = ago(5 * MINUTE).replace(microsecond=0)
    twilio.write(ANA, "Oi", at=at)
    reconcile()
    assert only(Message).created_at == only(Webhook).received_at == at
    assert participant(ANA).last_inbound_at == participant(ANA).last_activity_at == at


def test_those_we_have_are_not_taken_again(twilio, work):
    for number in range(3):
        sid = twilio.write(ANA, f"{number}", at=ago(10 * MINUTE))
        webhook(ANA, f"{number}", sid)
    work()
    reconcile()
    assert said() == ["0", "1", "2"]
    assert last_pass().found == 0
    assert not any("Media" in request.path for request in twilio.requests)


def test_one_that_is_in_the_webhook_log_only_is_left_to_it(twilio, monkeypatch):
    sid = twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", lambda *_, **__: 1 / 0)
        webhook(ANA, "Oi", sid)
    reconcile()
    assert (said(), last_pass().found, only(Webhook).faults) == ([], 0, 1)


def test_a_late_webhook_is_a_repeat(twilio, work):
    sid = twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    reconcile()
    webhook(ANA, "Oi", sid)
    reconcile()
    work()
    assert (said(), len(rows(Webhook)), len(outbound())) == (["Oi"], 1, 1)


def test_a_webhook_that_may_be_under_way_is_waited_for(twilio):
    twilio.write(ANA, "just now", at=ago(MINUTE))
    reconcile()
    assert said() == []
    assert last_pass().covered_until <= ago(2 * MINUTE)


def test_they_come_in_the_order_in_which_they_were_written_over_many_pages(twilio, monkeypatch):
    monkeypatch.setattr(client, "PAGE_SIZE", 2)
    for number in range(7):
        twilio.write(ANA, f"{number}", at=ago((20 - number) * MINUTE))
    reconcile()
    assert said() == [str(number) for number in range(7)]
    assert last_pass().found == 7
    assert len(twilio.requests) == 4


def test_more_than_one_question_to_the_database_needs(twilio, monkeypatch):
    monkeypatch.setattr(reconciler, "BATCH", 2)
    for number in range(5):
        sid = twilio.write(ANA, f"{number}", at=ago((20 - number) * MINUTE))
        if number % 2:
            webhook(ANA, f"{number}", sid)
    reconcile()
    assert (sorted(said()), last_pass().found) == (list("01234"), 3)


def test_files_are_named_as_in_a_webhook(twilio):
    kinds = ("image/jpeg", "application/pdf")
    sid = twilio.write(ANA, "", at=ago(5 * MINUTE), media=kinds)
    reconcile()
    message = only(Message)
    base = f"https://api.twilio.com/2010-04-01/Accounts/{twilio.account_sid}/Messages/{sid}/Media/"
    assert message.kind == "image"
    assert [(file.url, file.content_type) for file in rows(Media)] == [
        (base + me, content_type)
        for (me, _), content_type in zip(twilio.inbox[0].media, kinds, strict=True)
    ]


def test_a_message_whose_files_are_gone_is_taken_without(twilio):
    twilio.write(ANA, "", at=ago(5 * MINUTE), media=["image/jpeg"])
    twilio.let_pass(on="GET")
    twilio.fail_next(status=404, on="GET")
    reconcile()
    assert (only(Message).media, only(Message).kind) == ([], "media")
    assert last_pass().completed_at


@pytest.mark.parametrize("minutes", [6 * 60 + 1, 20 * 60])
def test_one_older_than_six_hours_goes_to_a_person(twilio, work, minutes):
    twilio.write(ANA, "Oi?", at=ago(minutes * MINUTE))
    reconcile()
    message = only(Message)
    assert message.settlement == Settlement.WITH_A_PERSON
    assert message.settled_at > message.created_at
    assert participant(ANA).attention == Attention.FOUND_LATE
    assert participant(ANA).unread == 1
    assert work() == []
    assert twilio.messages == []


@pytest.mark.parametrize("words", ["Oi, quanto custa?", "cancelar"])
def test_nor_is_anything_asked_of_who_wrote_so_long_ago(twilio, work, words):
    journey(consent=ConsentMode.ASK)
    twilio.write(ANA, words, at=ago(8 * HOUR))
    reconcile()
    assert only(Message).settlement == Settlement.WITH_A_PERSON
    assert participant(ANA).attention == Attention.FOUND_LATE
    assert (work(), twilio.messages) == ([], [])


def test_one_a_little_younger_is_answered(twilio, work):
    twilio.write(ANA, "Oi?", at=ago(5.9 * HOUR))
    reconcile()
    work()
    assert len(twilio.messages) == 1
    assert participant(ANA).attention is None


def test_what_was_found_late_does_not_make_later_words_older(twilio):
    webhook(ANA, "now")
    latest = only(Message).created_at
    twilio.write(ANA, "long ago", at=ago(7 * HOUR))
    reconcile()
    ana = participant(ANA)
    assert ana.last_inbound_at == ana.last_activity_at == latest


def test_our_own_words_and_other_numbers_are_not_taken(twilio):
    client.send(ANA, "Olá!")
    twilio.messages[0].at = ago(5 * MINUTE)
    twilio.messages[0].to = twilio.number  # to ourselves
    twilio.write(ANA, "to another number of the account", at=ago(5 * MINUTE))
    twilio.inbox[0].to = "whatsapp:+14155550000"
    reconcile()
    assert (inbound(), last_pass().found) == ([], 0)


def test_what_twilio_lists_although_it_was_not_asked_for_is_left_alone(twilio):
    """Its filter is its own affair; the span is ours."""
    twilio.write(ANA, "long ago", at=ago(25 * HOUR))
    listed = [describe(twilio.account_sid, message) for message in twilio.inbox]
    answer = answer_json({"messages": listed, "next_page_uri": None})
    twilio.plan(1, Fault(on="GET", response=answer))
    reconcile()
    assert (inbound(), last_pass().error) == ([], None)


def test_one_nobody_can_keep_holds_up_no_other(twilio):
    twilio.write(ANA, "odd", "S" * 65, at=ago(9 * MINUTE))
    twilio.write(ANA, "Oi", at=ago(8 * MINUTE))
    reconcile()
    assert (said(), last_pass().error) == (["Oi"], None)


def test_the_form_is_one_a_webhook_could_bring(twilio):
    """Nothing that the list's form says differs from what the webhook's would."""
    sid = twilio.write(ANA, "Olá & até já 👋🏽", at=ago(5 * MINUTE))
    reconcile()
    found = inbound_module.form_in(only(Webhook).body)
    sent = TWILIO.inbound(ANA, "Olá & até já 👋🏽", sid)
    assert {name: sent[name] for name in found} == found.to_dict()
