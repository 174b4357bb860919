"""Twilio's double, called through Twilio's own SDK."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from .cast import ANA, BRUNO
from .support import processes
from .support.eventually import eventually


class Redirected(TwilioHttpClient):
    """Twilio's own HTTP client, sent to the double."""

    def __init__(self, url: str) -> None:
        super().__init__(timeout=2)
        self.base = url

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
        url = url.replace("https://api.twilio.com", self.base)
        return super().request(method, url, *arguments, **options)


@pytest.fixture
def sdk(twilio):
    return client_of(twilio)


def client_of(twilio, token=None):
    http = Redirected(twilio.url)
    return Client(twilio.account_sid, token or twilio.auth_token, http_client=http)


def send(sdk, body="Hello", to=ANA, **options):
    return sdk.messages.create(to=to, from_="whatsapp:+14155238886", body=body, **options)


def test_a_message_is_accepted_and_remembered(twilio, sdk):
    answer = send(sdk, "Olá, Ana 😀", status_callback="http://127.0.0.1:8000/whatsapp/status")

    (sent,) = twilio.messages
    assert (sent.to, sent.body) == (ANA, "Olá, Ana 😀")
    assert sent.status_callback == "http://127.0.0.1:8000/whatsapp/status"
    assert (answer.sid, answer.status, answer.error_code) == (sent.sid, "queued", None)
    assert answer.sid.startswith("SM")
    assert len(answer.sid) == 34


def test_one_message_is_fetched_by_its_sid(sdk):
    sid = send(sdk, "Hello").sid

    fetched = sdk.messages(sid).fetch()

    assert (fetched.sid, fetched.body, fetched.to) == (sid, "Hello", ANA)
    with pytest.raises(TwilioRestException, match="not found"):
        sdk.messages("SM" + "9" * 32).fetch()


def test_the_list_is_paged_and_newest_first(sdk):
    sids = [send(sdk, f"Number {number}").sid for number in range(5)]

    listed = sdk.messages.list(page_size=2)

    assert [message.sid for message in listed] == sids[::-1]


def test_the_list_is_filtered_by_who_and_when(sdk):
    to_ana = send(sdk).sid
    send(sdk, to=BRUNO)
    now = datetime.now(UTC)

    assert [message.sid for message in sdk.messages.list(to=ANA)] == [to_ana]
    assert len(sdk.messages.list(from_="whatsapp:+14155238886")) == 2
    assert len(sdk.messages.list(date_sent_after=now - timedelta(minutes=1))) == 2
    assert sdk.messages.list(date_sent_after=now + timedelta(minutes=1)) == []
    assert sdk.messages.list(date_sent_before=now - timedelta(minutes=1)) == []


def test_what_participants_wrote_is_listed_beside_what_was_sent(twilio, sdk):
    now = datetime.now(UTC)
    twilio.write(ANA, "before", at=now - timedelta(hours=2))
    written = twilio.write(ANA, "", at=now - timedelta(minutes=2), media=["image/jpeg"])
    send(sdk)

    ours = {"to": twilio.number, "date_sent_after": now - timedelta(hours=1)}
    (found,) = sdk.messages.list(**ours)
    assert (found.sid, found.direction, found.from_) == (written, "inbound", ANA)
    assert (found.status, found.num_media) == ("received", "1")
    assert len(sdk.messages.list()) == 3

    (file,) = sdk.messages(written).media.list()
    assert (file.content_type, file.parent_sid) == ("image/jpeg", written)
    assert file.uri.endswith(f"/Messages/{written}/Media/{file.sid}.json")
    with pytest.raises(TwilioException, match="Unable to fetch page"):
        sdk.messages("MM" + "9" * 32).media.list()


def test_what_was_sent_to_our_webhook_is_listed_once(twilio, client, sdk):
    twilio.send(client, ANA, "Oi")
    sid = twilio.inbox[0].sid
    twilio.send(client, ANA, "Oi", sid=sid)

    assert [message.sid for message in sdk.messages.list(to=twilio.number)] == [sid]


def test_calls_may_go_well_before_they_fail(twilio, sdk):
    twilio.let_pass()
    twilio.fail_next(status=500)

    send(sdk)
    with pytest.raises(TwilioRestException):
        send(sdk)


def test_a_wrong_token_is_refused(twilio):
    with pytest.raises(TwilioRestException) as refused:
        send(client_of(twilio, "another token"))

    assert (refused.value.status, refused.value.code) == (401, 20003)
    assert not twilio.messages


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"to": "", "from_": "whatsapp:+1", "body": "Hello"}, 21604),
        ({"to": ANA, "body": "Hello"}, 21603),
        ({"to": ANA, "from_": "whatsapp:+1"}, 21602),
        ({"to": ANA, "from_": "whatsapp:+1", "body": "x" * 1601}, 21617),
    ],
)
def test_what_twilio_cannot_send_it_refuses(sdk, message, code):
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(**message)

    assert (refused.value.status, refused.value.code) == (400, code)


def test_the_next_calls_fail_as_planned_and_then_no_more(twilio, sdk):
    twilio.fail_next(2, status=400, code=63016)

    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            send(sdk)
        assert (refused.value.status, refused.value.code) == (400, 63016)
    send(sdk)

    assert len(twilio.messages) == 1


def test_a_failure_can_hide_that_the_message_went_out(twilio, sdk):
    twilio.fail_next(status=500, accept=True)

    with pytest.raises(TwilioRestException):
        send(sdk)

    assert len(sdk.messages.list()) == 1


@pytest.mark.parametrize("accept", [False, True])
def test_a_connection_drops_before_or_after_the_message_is_accepted(twilio, sdk, accept):
    twilio.drop_connection(accept=accept)

    with pytest.raises(requests.ConnectionError):
        send(sdk)

    assert len(twilio.messages) == accept


def test_a_call_hangs_until_the_caller_gives_up(twilio):
    sdk = client_of(twilio)
    sdk.http_client.timeout = 0.2
    twilio.hang(5)

    with pytest.raises(requests.ReadTimeout):
        send(sdk)

    assert not twilio.messages


def test_the_list_can_fail_while_sending_works(twilio, sdk):
    twilio.fail_next(status=503, on="GET")

    send(sdk)

    # Not a TwilioRestException, which only single messages raise.
    with pytest.raises(TwilioException, match="Unable to fetch page"):
        sdk.messages.list()


def test_a_held_call_waits_until_it_is_let_go(twilio, sdk):
    twilio.hold()
    with ThreadPoolExecutor() as pool:
        call = pool.submit(send, sdk)
        eventually(lambda: twilio.waiting == 1)
        assert not twilio.messages
        twilio.release()
        assert call.result(5).status == "queued"


def test_a_slow_answer_takes_its_time(twilio, sdk):
    twilio.slow(0.2)
    began = time.monotonic()

    send(sdk)

    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize("name", ["twilio", "openai"])
def test_a_double_runs_on_its_own_and_is_told_what_to_do_over_http(name):
    process = processes.start_python("-m", f"tests.doubles.{name}", stdout=-1)
    assert process.stdout
    try:
        url = process.stdout.readline().decode().strip()
        told: dict[str, Any] = {"call": "fail_next", "with": {"status": 429}}
        assert requests.post(f"{url}/double", json=told, timeout=5).ok
        assert requests.post(f"{url}/v1/chat/completions", json={}, timeout=5).status_code == 429
        assert requests.get(f"{url}/double", timeout=5).json()["requests"] == 1
    finally:
        assert processes.stop(process) == 0
