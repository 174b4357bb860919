"""One person is one participant, whatever the provider calls them today."""

from datetime import timedelta

import pytest

from tests.cast import (
    ANA,
    inbound,
    known,
    only,
    outbound,
    participant,
    rows,
    say,
    set_back,
    together,
    write,
)
from tests.journey.under_way import journey
from wa_assistant.conversation import identity
from wa_assistant.database import db, transaction
from wa_assistant.intake import simulator
from wa_assistant.models import Attention, Consent, ConsentMode, Message, Participant, Status

OLD_ANA = "whatsapp:+551187654321"  # as WhatsApp knows many who had eight digits once
NAMED_ANA = "whatsapp:BR.1500123"
BSUID = "BR.1500123"

pytestmark = pytest.mark.usefixtures("context")


def pretended(address: str, name: str = "Ivo") -> int:
    return simulator.write(address, name, "Oi").id


def test_a_number_with_and_without_its_ninth_digit_is_one_person(work):
    write(ANA)
    write(OLD_ANA)
    ana = only(Participant)
    assert (ana.address, ana.phone) == (OLD_ANA, "+551187654321")
    assert ana.match_key == "+5511987654321"
    assert {each.participant_id for each in inbound()} == {ana.id}


def test_what_we_answer_to_is_the_latest_address_to_the_letter(work, twilio):
    write(OLD_ANA)
    write(ANA)
    work()
    assert [message.to for message in twilio.messages] == [ANA]


def test_who_was_known_before_they_wrote_is_the_one_who_writes():
    first = known(ANA)
    write(OLD_ANA)
    assert only(Participant).id == first


def test_who_writes_by_a_user_name_is_known_by_their_id_and_keeps_their_number():
    write(ANA, ExternalUserId=BSUID)
    write(NAMED_ANA, WaId=None, ExternalUserId=BSUID)
    ana = only(Participant)
    assert (ana.address, ana.phone, ana.match_key) == (NAMED_ANA, "+5511987654321", ana.phone)
    write(ANA, ExternalUserId=BSUID)
    assert only(Participant).address == ANA


def test_who_shows_their_number_later_has_it_from_then_on():
    write(NAMED_ANA, WaId=None, ExternalUserId=BSUID)
    assert only(Participant).match_key is None
    write(ANA, ExternalUserId=BSUID)
    assert only(Participant).match_key == "+5511987654321"


def test_a_number_that_was_given_to_somebody_else_is_somebody_else():
    write(OLD_ANA, ExternalUserId="BR.1")
    write(ANA, ExternalUserId="BR.2")
    assert [each.external_user_id for each in rows(Participant)] == ["BR.1", "BR.2"]


def test_a_number_somebody_else_had_before_brings_nothing_of_theirs(openai, twilio, work):
    journey(consent=ConsentMode.ASK)
    for body in ("Oi, sou a Ana e devo 3 parcelas", "sim"):
        write(ANA, body, ExternalUserId="BR.1")
        work()
    asked = len(openai.calls)
    write(ANA, "Oi, bom dia", ExternalUserId="BR.2")
    work()
    former, newcomer = rows(Participant)
    assert (former.address, former.phone, former.stage) == ("whatsapp:BR.1", None, "intro")
    assert (newcomer.address, newcomer.external_user_id) == (ANA, "BR.2")
    assert (newcomer.consent, newcomer.stage) == (Consent.ASKED, None)
    assert newcomer.attention == Attention.NUMBER_PASSED_ON
    assert "Podemos começar?" in twilio.messages[-1].body
    assert len(openai.calls) == asked
    write(ANA, "sim", ExternalUserId="BR.2")
    work()
    assert "parcelas" not in str(openai.calls[-1])


def test_who_had_the_number_before_is_known_again_by_their_id():
    write(ANA, ExternalUserId="BR.1")
    write(ANA, ExternalUserId="BR.2")
    write("whatsapp:+5521912345678", ExternalUserId="BR.1")
    found = {each.external_user_id: each.phone for each in rows(Participant)}
    assert found == {"BR.1": "+5521912345678", "BR.2": "+5511987654321"}


def test_a_number_can_be_passed_on_again_and_again_between_two():
    for named in ("BR.1", "BR.2", "BR.1", "BR.2"):
        write(ANA, ExternalUserId=named)
    assert [each.external_user_id for each in rows(Participant)] == ["BR.1", "BR.2"]
    assert participant(ANA).external_user_id == "BR.2"


def test_what_the_former_owner_of_a_number_wrote_and_is_found_late_is_theirs():
    write(ANA, ExternalUserId="BR.1")
    write(ANA, ExternalUserId="BR.2")
    now = participant(ANA).last_inbound_at
    with transaction():
        late = identity.Sender(ANA, "BR.1")
        found = identity.find_or_make(late, simulated=False, at=now - timedelta(hours=1))
        assert found.external_user_id == "BR.1"
    assert participant(ANA).external_user_id == "BR.2"


def test_a_person_is_called_to_who_turns_out_to_be_in_the_list_twice():
    write(ANA)
    write(NAMED_ANA, WaId=None, ExternalUserId=BSUID)
    assert participant(ANA).attention is None
    write(ANA, ExternalUserId=BSUID)
    assert participant(ANA).attention == Attention.TWO_ROWS
    assert [each.address for each in identity.others(participant(ANA))] == [NAMED_ANA]


def test_an_id_that_comes_with_a_number_known_before_is_written_down():
    write(OLD_ANA)
    write(ANA, ExternalUserId=BSUID)
    assert only(Participant).external_user_id == BSUID


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("+5215512345678", "+525512345678"),
        ("+528112345678", "+5218112345678"),
        ("+5491112345678", "+541112345678"),
        ("+543514567890", "+5493514567890"),
    ],
)
def test_all_forms_of_a_number_are_one_person_who_is_answered_at_the_latest(
    work, twilio, first, then
):
    for number in (first, then):
        write(f"whatsapp:{number}")
    work()
    assert (only(Participant).address, only(Participant).phone) == (f"whatsapp:{then}", then)
    assert [message.to for message in twilio.messages] == [f"whatsapp:{then}"]


def test_the_business_that_somebody_belongs_to_is_kept():
    write(ANA, ExternalUserId=BSUID, ParentExternalUserId="BR.parent")
    write(ANA, ExternalUserId=BSUID)
    assert only(Participant).parent_external_user_id == "BR.parent"


def test_landlines_of_one_town_are_not_one_person():
    write("whatsapp:+551133334444")
    write("whatsapp:+5511933334444")
    assert len(rows(Participant)) == 2


@pytest.mark.parametrize("first", ["real", "pretended"])
def test_who_is_pretended_is_never_somebody_real(first):
    acts = [lambda: write(OLD_ANA), lambda: pretended("simulated:+5511987654321")]
    for act in acts if first == "real" else reversed(acts):
        act()
    assert {(each.address, each.simulated) for each in rows(Participant)} == {
        (OLD_ANA, False),
        ("simulated:+5511987654321", True),
    }


def test_two_rows_of_one_person_both_stay_as_they_are():
    for address in (ANA, OLD_ANA):
        known(address)
    write(OLD_ANA, ExternalUserId=BSUID)
    write(ANA)
    write(NAMED_ANA, ExternalUserId=BSUID)
    found = {each.address: each.external_user_id for each in rows(Participant)}
    assert found == {ANA: None, NAMED_ANA: BSUID}
    assert len(inbound()) == 3


def test_an_older_message_that_is_found_late_does_not_bring_an_old_address_back():
    write(ANA, ExternalUserId=BSUID)
    now = participant(ANA).last_inbound_at
    old = identity.Sender(OLD_ANA, "BR.old")
    with transaction():
        found = identity.find_or_make(old._replace(external_user_id=None), simulated=False, at=now)
        assert found.address == OLD_ANA
        long_ago = now - timedelta(hours=1)
        late = identity.Sender(ANA, None)
        assert identity.find_or_make(late, simulated=False, at=long_ago).address == OLD_ANA


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.UNCERTAIN])
def test_while_a_message_is_on_its_way_the_address_it_goes_to_stays(status):
    write(ANA)
    say(ANA, "Olá!")
    with transaction():
        db.session.get_one(Message, outbound()[0].id).status = status
    write(OLD_ANA)
    assert only(Participant).address == ANA
    with transaction():
        db.session.get_one(Message, outbound()[0].id).status = Status.DELIVERED
    write(OLD_ANA)
    assert only(Participant).address == OLD_ANA


def test_first_messages_under_two_addresses_at_once_make_one_participant(app):
    calls = [lambda: write(ANA), lambda: write(OLD_ANA)] * 3
    together(app, *calls)
    assert len(inbound()) == 6
    assert only(Participant).match_key == "+5511987654321"


def test_of_two_rows_with_one_number_the_one_who_was_active_last_is_meant():
    for address in ("whatsapp:+551187654321", "whatsapp:+05511987654321"):
        known(address)
    with transaction():
        for row in db.session.query(Participant):
            row.phone = "+5511987654321"
    set_back(Participant.last_activity_at, 60, Participant.address == OLD_ANA)
    write(ANA)
    assert [each.address for each in rows(Participant)] == [OLD_ANA, ANA]


def test_who_wrote_under_a_name_and_then_from_a_number_is_answered_there(twilio, work):
    named = {"ExternalUserId": "whatsapp:BR.1811402266903147"}
    write(named["ExternalUserId"], "vocês entregam?", ProfileName="lu.doces", WaId=None, **named)
    work()
    assert only(Participant).label == "lu.doces"
    write("whatsapp:+5581998765432", "meu número é esse", ProfileName="Lu", **named)
    work()
    lu = only(Participant)
    assert (lu.phone, lu.external_user_id) == ("+5581998765432", named["ExternalUserId"])
    assert len(inbound()) == 2
    assert [each.to for each in twilio.messages] == [
        named["ExternalUserId"],
        "whatsapp:+5581998765432",
    ]


@pytest.mark.parametrize(
    ("landline", "mobile"),
    [
        ("+551133221100", "+5511933221100"),
        ("+558134651020", "+5581934651020"),
        ("+552125551000", "+5521925551000"),
        ("+556140041000", "+5561940041000"),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_a_landline_is_no_mobile_without_its_ninth_digit(landline, mobile, named):
    for number, phone in enumerate((landline, mobile)):
        who = {"ExternalUserId": f"whatsapp:BR.220000000000000{number}"} if named else {}
        write(f"whatsapp:{phone}", "oi", **who)
    assert len(rows(Participant)) == 2
    assert len({each.participant_id for each in inbound()}) == 2
    assert [each.attention for each in rows(Participant)] == [None, None]
