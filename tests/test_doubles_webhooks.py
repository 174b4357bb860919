"""What Twilio's double tells our webhooks, judged by Twilio's own validator."""

import pytest
import requests
from twilio.request_validator import RequestValidator

from .cast import ANA
from .doubles.base import Double
from .doubles.server import Request, Response
from .doubles.twilio import Twilio
from .support.eventually import eventually


class Receiver(Double):
    """An app that keeps the webhooks whose signature holds for its public URL."""

    def __init__(self, twilio: Twilio) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.refused = 0
        self.twilio = twilio

    def answer(self, request: Request) -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        validator = RequestValidator(self.twilio.auth_token)
        if not validator.validate(self.twilio.public_url + request.path, request.form, signature):
            self.refused += 1
            return Response(403)
        self.forms.append(request.form)
        return Response(200)

    def statuses(self, sid: str) -> list[str]:
        return [form["MessageStatus"] for form in self.forms if form["MessageSid"] == sid]


@pytest.fixture
def receiver(twilio):
    with Receiver(twilio) as receiver:
        yield receiver


def send(twilio: Twilio) -> str:
    """A message of ours goes out; its SID."""
    url = f"{twilio.url}/2010-04-01/Accounts/{twilio.account_sid}/Messages.json"
    callback = f"{twilio.public_url}/whatsapp/status#rc=3"
    form = {"To": ANA, "From": twilio.number, "Body": "Hello", "StatusCallback": callback}
    auth = (twilio.account_sid, twilio.auth_token)
    sid: str = requests.post(url, form, auth=auth, timeout=5).json()["sid"]
    return sid


def test_a_webhook_is_signed_over_the_public_url_and_posted_to_the_app(twilio, receiver):
    answer = twilio.send(receiver.url, ANA, "Oi 😀 & <b>", ProfileName="", Unheard="of")

    assert answer.status_code == 200
    (form,) = receiver.forms
    assert (form["From"], form["Body"], form["WaId"]) == (ANA, "Oi 😀 & <b>", "5511987654321")
    assert form["MessageSid"] == form["SmsSid"]
    assert (form["ProfileName"], form["Unheard"]) == ("", "of")


def test_a_changed_field_breaks_the_signature(twilio, receiver):
    form = twilio.inbound(ANA, "Oi")
    headers = twilio.sign("/whatsapp/webhook", form)

    requests.post(f"{receiver.url}/whatsapp/webhook", {**form, "Body": "Olá"}, headers=headers)

    assert receiver.refused == 1


def test_receipts_come_by_themselves_in_order(twilio, receiver):
    twilio.send_receipts(app=receiver.url)

    sid = send(twilio)
    eventually(lambda: twilio.receipts.sent == 4)

    assert receiver.statuses(sid) == ["queued", "sent", "delivered", "read"]
    assert twilio.receipts.refused == receiver.refused == 0
    assert twilio.messages[0].status == "read"


def test_receipts_come_in_any_order_and_more_than_once(twilio, receiver):
    twilio.send_receipts(app=receiver.url, shuffled=True, repeat=2, seed=1)

    sid = send(twilio)
    eventually(lambda: twilio.receipts.sent == 8)

    came = receiver.statuses(sid)
    assert sorted(came) == sorted(2 * ["queued", "sent", "delivered", "read"])
    assert came != 2 * ["queued", "sent", "delivered", "read"]


def test_a_receipt_can_overtake_the_answer_to_our_call(twilio, receiver):
    twilio.send_receipts("failed", code=63024, app=receiver.url, before_answer=True)

    sid = send(twilio)

    assert receiver.statuses(sid) == ["failed"]
    assert receiver.forms[0]["ErrorCode"] == "63024"
