"""What participants send becomes their message, whatever it is."""

import pytest

from tests.cast import ANA, BRUNO, inbound, only, participant, rows, together, write
from wa_assistant.models import Author, Direction, Media, Message, Participant, Status

pytestmark = pytest.mark.usefixtures("context")


def test_the_first_message_makes_the_participant(work):
    write(ANA, "Bom dia", ProfileName="Ana Souza")
    ana = only(Participant)
    assert (ana.address, ana.phone, ana.name) == (ANA, "+5511987654321", "Ana Souza")
    assert not ana.simulated
    assert ana.last_inbound_at == ana.last_activity_at == only(Message).created_at
    assert work.waiting() == ["jobs.reply.answer"]


def test_a_message_is_stored_unsettled_with_its_sid():
    sid = write(ANA, "Bom dia")
    message = only(Message)
    assert (message.direction, message.author, message.status) == (
        Direction.INBOUND,
        Author.PARTICIPANT,
        Status.RECEIVED,
    )
    assert (message.provider_sid, message.body, message.kind) == (sid, "Bom dia", "text")
    assert message.settled_at is message.settlement is message.answered_by_id is None


def test_each_participant_is_one_conversation():
    write(ANA, "Oi")
    write(BRUNO, "Hi", ProfileName="Bruno")
    write(ANA, "Tudo bem?")
    assert [message.participant_id for message in inbound()] == [
        participant(ANA).id,
        participant(BRUNO).id,
        participant(ANA).id,
    ]


def test_first_messages_that_come_at_once_make_one_participant(app):
    together(app, *[lambda: write(ANA)] * 4)
    assert len(inbound()) == 4
    assert only(Participant).address == ANA


@pytest.mark.parametrize(
    "body",
    [
        "👩🏽‍⚕️ obrigada 🇧🇷",
        "שלום, מה שלומך?",
        "مرحبا \u202eabc\u202c",
        "<script>alert('oi')</script>",
        "'; DROP TABLE messages; --",
        "  spaces and\nlines \t",
        "ç" * 10_000,
    ],
)
def test_words_are_kept_as_they_were_written(body):
    write(ANA, body)
    assert only(Message).body == body


def test_nul_bytes_are_left_out_of_every_text(work):
    write(
        ANA,
        "a\x00b",
        ProfileName="A\x00na",
        MessageType=None,
        NumMedia="1",
        MediaUrl0="https://api.twilio.com/1\x00",
        MediaContentType0="im\x00age/png\x00",
        Latitude="\x001",
    )
    message = only(Message)
    assert (message.body, message.kind) == ("ab", "image")
    assert only(Participant).name == "Ana"
    assert "\x00" not in str(message.media)
    file = only(Media)
    assert (file.url, file.content_type) == ("https://api.twilio.com/1", "image/png")


def test_an_address_with_nul_bytes_is_the_address_without_them():
    write(ANA.replace(":", ":\x00"))
    write(ANA)
    assert only(Participant).address == ANA


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"MessageType": "image"}, "image"),
        ({"MessageType": "STICKER"}, "sticker"),
        ({"MessageType": "x" * 50}, "x" * 30),
        ({"MessageType": None, "NumMedia": "1", "MediaContentType0": "audio/ogg"}, "audio"),
        ({"MessageType": None, "NumMedia": "1"}, "media"),
        ({"MessageType": None, "NumMedia": ""}, "text"),
        ({"MessageType": None, "NumMedia": None}, "text"),
        ({"MessageType": None, "Latitude": "-23.5", "Longitude": "-46.6"}, "location"),
        ({"MessageType": "", "Unknown": "field"}, "text"),
    ],
)
def test_the_kind_of_a_message_is_told(fields, kind):
    write(ANA, "", **fields)
    assert (only(Message).kind, only(Message).body) == (kind, "")


def test_files_are_noted_with_their_type():
    write(
        ANA,
        "meu comprovante",
        MessageType="image",
        NumMedia="2",
        MediaUrl0="https://api.twilio.com/0",
        MediaContentType0="image/jpeg",
        MediaUrl1="https://api.twilio.com/1",
        MediaContentType1="application/pdf",
    )
    assert [(each.position, each.url, each.content_type) for each in rows(Media)] == [
        (0, "https://api.twilio.com/0", "image/jpeg"),
        (1, "https://api.twilio.com/1", "application/pdf"),
    ]
    assert only(Message).media == []


def test_a_place_is_kept():
    write(ANA, "", MessageType="location", Latitude="-23.5", Longitude="-46.6", Label="Praça")
    assert only(Message).media == [{"latitude": "-23.5", "longitude": "-46.6", "label": "Praça"}]


def test_a_message_with_neither_text_nor_media_is_stored_too(work):
    write(ANA, None, NumMedia="0")
    assert (only(Message).body, only(Message).media) == ("", [])
    assert work.waiting() == ["jobs.reply.answer"]


@pytest.mark.parametrize(
    "address", ["whatsapp:BR.1500123", "whatsapp:ana.souza", "ana", "\u200eana"]
)
def test_a_user_name_without_a_number_is_an_address_like_any_other(address):
    write(address, WaId=None, ExternalUserId="BR.1500123")
    someone = only(Participant)
    assert (someone.address, someone.phone) == (address, None)
    assert someone.external_user_id == "BR.1500123"


def test_a_name_that_is_not_told_again_is_kept():
    write(ANA, ProfileName="Ana Souza", ExternalUserId="BR.15")
    write(ANA, ProfileName=None)
    write(ANA, ProfileName="")
    ana = only(Participant)
    assert (ana.name, ana.external_user_id) == ("Ana Souza", "BR.15")


def test_a_name_that_changes_is_taken_over():
    write(ANA, ProfileName="Ana Souza")
    write(ANA, ProfileName="Ana S. 🌷")
    assert only(Participant).name == "Ana S. 🌷"


def test_a_very_long_name_is_cut():
    write(ANA, ProfileName="ã" * 5000, ExternalUserId="x" * 5000)
    ana = only(Participant)
    assert (len(ana.name), len(ana.external_user_id)) == (200, 255)
