"""What a webhook may bring: nothing is a 500, nothing that can be kept is lost."""

from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from tests.cast import ANA
from tests.doubles.webhooks import INBOUND, STATUS
from tests.web.people import comes_in, is_reported, understand
from wa_assistant.extensions import db
from wa_assistant.models import Message, Participant, Webhook

pytestmark = pytest.mark.usefixtures("context")

SID = "SM" + "a" * 32
FORM = "application/x-www-form-urlencoded"


def messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def kept() -> list[Webhook]:
    return list(db.session.scalars(select(Webhook).order_by(Webhook.id)))


def post_raw(
    client, twilio, body: bytes, signed: dict[str, str] | None = None, content_type: str = FORM
):
    """`body` as it stands, under a signature for the fields in `signed`."""
    headers = twilio.sign(INBOUND, signed or {})
    return client.post(INBOUND, data=body, headers=headers, content_type=content_type)


@pytest.mark.parametrize("path", [INBOUND, STATUS])
def test_the_answer_is_empty_twiml_as_xml(client, twilio, path):
    form = twilio.inbound(ANA, "Oi") if path == INBOUND else twilio.status_form(SID, "sent")
    response = twilio.post(client, path, form)
    assert response.content_type == "text/xml; charset=utf-8"
    assert response.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert "Set-Cookie" not in response.headers


def test_a_repeat_is_answered_alike_and_stored_once(client, twilio, work):
    answers = [comes_in(twilio, client, ANA, "Oi", sid=SID) for _ in range(3)]
    assert [each.status_code for each in answers] == [200] * 3
    assert len({each.data for each in answers}) == 1
    assert [each.body for each in messages()] == ["Oi"]
    assert len(kept()) == 1
    assert work.waiting() == ["jobs.reply.answer"]


def test_a_repeat_with_other_words_does_not_rewrite_what_was_said(client, twilio):
    comes_in(twilio, client, ANA, "Sim", sid=SID)
    assert comes_in(twilio, client, ANA, "Não", sid=SID).status_code == 200
    assert [each.body for each in messages()] == ["Sim"]


def test_a_receipt_that_comes_twice_is_kept_once_and_another_status_anew(client, twilio):
    for status, code in (("sent", None), ("sent", None), ("failed", 63016), ("failed", 63024)):
        assert is_reported(twilio, client, SID, status, code).status_code == 200
    assert len(kept()) == 3


def test_the_journal_keeps_the_bytes_as_they_came(client, twilio):
    form = twilio.inbound(ANA, "tab\there +% \x00 🙂", sid=SID, Empty="", Unknown="x")
    body = urlencode(form, safe="!").encode()
    assert post_raw(client, twilio, body, form).status_code == 200
    assert kept()[0].body == body


@pytest.mark.parametrize("path", [INBOUND, STATUS])
@pytest.mark.parametrize("content_type", [FORM, "application/json", None])
def test_an_empty_webhook_is_refused_in_a_word(client, twilio, path, content_type):
    assert client.post(path, content_type=content_type).status_code == 403
    response = client.post(path, headers=twilio.sign(path, {}), content_type=content_type)
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert not kept()


def without(form, name, value):
    changed = {**form, name: value}
    return {each: given for each, given in changed.items() if given is not None}


@pytest.mark.parametrize("value", [None, "", "\x00", "x" * 256])
def test_a_message_that_says_not_which_it_is_is_refused(client, twilio, value):
    form = without(twilio.inbound(ANA, "Oi"), "MessageSid", value)
    assert twilio.post(client, INBOUND, form).status_code == 400
    assert not kept()


@pytest.mark.parametrize("value", [None, "", "\x00", "x" * 256])
def test_a_message_that_says_not_who_wrote_it_is_kept(client, twilio, value):
    form = without(twilio.inbound(ANA, "Oi"), "From", value)
    assert twilio.post(client, INBOUND, form).status_code == 200
    assert len(kept()) == 1


@pytest.mark.parametrize("size", [257 * 1024, 1024 * 1024, 3 * 1024 * 1024])
def test_what_no_message_needs_is_too_large_signed_or_not(client, twilio, size):
    form = twilio.inbound(ANA, "a" * size)
    assert twilio.post(client, INBOUND, form).status_code == 413
    assert client.post(INBOUND, data=form).status_code == 413
    assert not kept()


@pytest.mark.parametrize(
    "body",
    [b"Body=\xff\xfe&MessageSid=SM1", b"Body=%FF%FE&MessageSid=SM1", b"Body=%ED%A0%80", b"\x80=1"],
    ids=["raw bytes", "percent-encoded", "half a surrogate pair", "a field's name"],
)
def test_what_is_not_utf_8_is_refused(client, twilio, body):
    assert post_raw(client, twilio, body, {"Body": "��", "MessageSid": "SM1"}).status_code == 400
    assert not kept()


def test_json_is_no_form_of_ours(client, twilio):
    body = b'{"MessageSid": "SM1", "From": "whatsapp:+5511987654321"}'
    response = post_raw(client, twilio, body, content_type="application/json")
    assert response.status_code == 403


def test_a_body_hash_in_the_url_is_no_way_around_the_fields(client, twilio):
    target = f"{INBOUND}?bodySHA256={'0' * 64}"
    validator = RequestValidator(twilio.auth_token)
    headers = {"X-Twilio-Signature": validator.compute_signature(twilio.public_url + target, {})}
    response = client.post(target, data=twilio.inbound(ANA, "Oi"), headers=headers)
    assert response.status_code == 403
    assert not kept()


def test_more_fields_than_any_message_has_are_refused(client, twilio):
    form = twilio.inbound(ANA, "Oi") | {f"Field{n}": "" for n in range(500)}
    assert twilio.post(client, INBOUND, form).status_code == 400


def test_a_form_is_read_whatever_it_calls_itself(client, twilio):
    form = twilio.inbound(ANA, "Oi")
    body = urlencode(form).encode()
    response = post_raw(client, twilio, body, form, content_type=f"{FORM}; charset=iso-8859-1")
    assert response.status_code == 200
    understand(client)
    assert messages()[0].body == "Oi"


@pytest.mark.parametrize(
    "words",
    [
        "a" * 10_000,
        "🙂" * 10_000,
        "<script>alert(1)</script>",
        "مرحبا \u202e drawkcab",
        "família 👨‍👩‍👧‍👦 e\u0301",
        "'; DROP TABLE messages; --",
        "  \n\t  ",
        "%s {0} {{ 7 * 7 }}",
    ],
    ids=["long", "emoji", "script", "right to left", "joined", "sql", "blank", "formats"],
)
def test_words_are_kept_as_they_were_written(client, twilio, words):
    assert comes_in(twilio, client, ANA, words).status_code == 200
    assert [each.body for each in messages()] == [words]


def test_a_nul_is_left_out_of_the_words_and_kept_in_the_webhook_log(client, twilio):
    response = comes_in(
        twilio, client, ANA, "be\x00fore", ProfileName="A\x00na", MessageType="te\x00xt"
    )
    assert response.status_code == 200
    assert [each.body for each in messages()] == ["before"]
    assert b"%00" in kept()[0].body


@pytest.mark.parametrize(
    "fields",
    [
        {"Body": None, "NumMedia": None, "MessageType": None},
        {"Body": "", "NumMedia": "many", "MediaUrl0": "https://x/1"},
        {"NumMedia": "99999999999999999999", "MessageType": "x" * 5_000},
        {"ProfileName": "n" * 5_000, "ExternalUserId": "e" * 5_000, "WaId": ""},
        {"Latitude": "north", "Longitude": "", "Label": "l" * 5_000, "Address": "\x00"},
        {"MediaUrl0": "u" * 50_000, "MediaContentType0": "t" * 5_000, "NumMedia": "1"},
        {"ChannelMetadata": "{" * 10_000},
    ],
    ids=["neither text nor media", "odd count", "huge count", "names", "place", "media", "depth"],
)
def test_odd_fields_lose_no_message(client, twilio, fields):
    assert comes_in(twilio, client, ANA, "Oi", sid=SID, **fields).status_code == 200
    assert [each.provider_sid for each in messages()] == [SID]


@pytest.mark.parametrize(
    "address", ["whatsapp:BR.15000000000000001", "whatsapp:ana", "w:" + "é" * 200]
)
def test_an_address_that_is_no_phone_number_is_a_participant_all_the_same(client, twilio, address):
    assert comes_in(twilio, client, address, "Oi").status_code == 200
    found = db.session.scalars(select(Participant)).one()
    assert (found.address, found.phone) == (address, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"MessageStatus": None},
        {"MessageStatus": "s" * 5_000},
        {"MessageStatus": "se\x00nt"},
        {"ErrorCode": "9" * 30},
        {"ErrorCode": "²"},
        {"ErrorCode": "-1"},
    ],
)
def test_an_odd_receipt_of_a_message_we_know_is_taken(client, twilio, work, fields):
    comes_in(twilio, client, ANA, "Oi")
    work()
    sid = messages()[-1].provider_sid
    assert is_reported(twilio, client, sid, "delivered", **fields).status_code == 200
    assert all(webhook.error is None for webhook in kept())
