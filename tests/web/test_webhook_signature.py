"""Who may call a webhook: Twilio, by its signature over the public URL and every field."""

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.cast import ANA
from tests.doubles.webhooks import INBOUND, STATUS, Webhooks

BEHIND_A_PROXY = "https://bot.example.com"


@pytest.fixture(params=[INBOUND, STATUS])
def path(request):
    return request.param


@pytest.fixture
def form(twilio, path):
    if path == INBOUND:
        return twilio.inbound(ANA, "Olá, tudo bem?")
    return twilio.status_form("SM" + "1" * 32, "delivered")


def test_a_signed_webhook_is_taken(client, twilio, path, form):
    assert twilio.post(client, path, form).status_code == 200


def test_a_webhook_without_a_signature_is_refused(client, path, form):
    assert client.post(path, data=form).status_code == 403


@pytest.mark.parametrize("signature", ["", "nonsense", "é" * 28, "A" * 10_000])
def test_a_webhook_with_a_wrong_signature_is_refused(client, path, form, signature):
    headers = {"X-Twilio-Signature": signature}
    assert client.post(path, data=form, headers=headers).status_code == 403


def test_a_signature_of_a_token_that_is_not_ours_is_refused(client, path, form):
    assert Webhooks(auth_token="another").post(client, path, form).status_code == 403


@pytest.mark.parametrize(
    "change",
    [{"From": "whatsapp:+5511900000000"}, {"Added": ""}, {"AccountSid": None}],
    ids=["changed", "added", "taken away"],
)
def test_a_field_tampered_with_on_its_way_breaks_the_signature(client, twilio, path, form, change):
    headers = twilio.sign(path, form)
    tampered = {name: value for name, value in {**form, **change}.items() if value is not None}
    assert client.post(path, data=tampered, headers=headers).status_code == 403


def test_a_signature_for_one_webhook_does_not_open_the_other(client, twilio, path, form):
    other = STATUS if path == INBOUND else INBOUND
    headers = twilio.sign(other, form)
    assert client.post(path, data=form, headers=headers).status_code == 403


def test_fields_nobody_told_us_about_are_part_of_what_is_signed(client, twilio, path, form):
    form |= {"SomethingNew": "1", "Nothing": "", "Blanks": "  two each side  ", "Ação": "é"}
    assert twilio.post(client, path, form).status_code == 200


def test_a_field_that_comes_twice_is_signed_with_both_its_values(client, twilio, path, form):
    repeated = MultiDict([*form.items(), ("Tag", "b"), ("Tag", "a"), ("Tag", "b"), ("Tag", "")])
    assert twilio.post(client, path, repeated).status_code == 200
    headers = twilio.sign(path, repeated)
    once = MultiDict([*form.items(), ("Tag", "b"), ("Tag", "b")])
    assert client.post(path, data=once, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "?a=%C3%A7",
        "?a=%2F%7E+b",
        "?next=http%3A%2F%2Fx%2F%3Fy%3D1",
        "?b=2&a=1&b=1",
        "?a",
        "?%41=%5B",
    ],
)
def test_the_url_is_taken_as_it_came_over_the_wire(client, twilio, path, form, query):
    target = f"{path}{query}"
    raw = {"RAW_URI": target, "REQUEST_URI": target}
    headers = twilio.sign(target, form)
    response = client.post(target, data=form, headers=headers, environ_overrides=raw)
    assert response.status_code == 200
    response = client.post(path, data=form, headers=headers)
    assert response.status_code == 403


def test_a_path_written_otherwise_is_signed_as_it_was_written(client, twilio, path, form):
    target = path.replace("/w", "/%77")
    raw = {"RAW_URI": target, "REQUEST_URI": target}
    for signed, code in ((target, 200), (path, 403)):
        headers = twilio.sign(signed, form)
        response = client.post(path, data=form, headers=headers, environ_overrides=raw)
        assert response.status_code == code


def test_a_target_with_a_scheme_and_a_host_is_no_way_around(client, path, form):
    liar = Webhooks(public_url="http://evil.example.com")
    raw = {"RAW_URI": f"http://evil.example.com{path}", "REQUEST_URI": path}
    headers = liar.sign(path, form)
    response = client.post(path, data=form, headers=headers, environ_overrides=raw)
    assert response.status_code == 403


@pytest.mark.environment(PUBLIC_URL=BEHIND_A_PROXY)
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Host": "10.0.0.7:8000"},
        {"X-Forwarded-Proto": "https,http", "X-Forwarded-Host": "other.example.com"},
        {"X-Forwarded-Prefix": "/app", "X-Forwarded-Port": "81", "Forwarded": "host=other"},
    ],
)
def test_what_a_proxy_says_of_scheme_and_host_changes_nothing(client, path, form, said):
    headers = Webhooks(public_url=BEHIND_A_PROXY).sign(path, form)
    assert client.post(path, data=form, headers={**headers, **said}).status_code == 200


@pytest.mark.environment(PUBLIC_URL=BEHIND_A_PROXY)
def test_a_signature_for_the_host_a_caller_claims_is_refused(client, path, form):
    headers = Webhooks(public_url="https://evil.example.com").sign(path, form)
    claims = {"Host": "evil.example.com", "X-Forwarded-Host": "evil.example.com"}
    assert client.post(path, data=form, headers={**headers, **claims}).status_code == 403


@pytest.mark.environment(PUBLIC_URL=BEHIND_A_PROXY)
@pytest.mark.parametrize("signed", [BEHIND_A_PROXY, f"{BEHIND_A_PROXY}:443"])
def test_the_usual_port_may_be_named_or_not(client, path, form, signed):
    assert Webhooks(public_url=signed).post(client, path, form).status_code == 200


@pytest.mark.environment(PUBLIC_URL=f"{BEHIND_A_PROXY}:8443")
def test_an_unusual_port_is_part_of_the_url(client, path, form):
    for signed, code in ((f"{BEHIND_A_PROXY}:8443", 200), (f"{BEHIND_A_PROXY}:8444", 403)):
        assert Webhooks(public_url=signed).post(client, path, form).status_code == code


@pytest.mark.environment(TWILIO_AUTH_TOKEN="the-old-token, the-new-token")
def test_while_tokens_rotate_either_signs(client, path, form):
    for token, code in (("the-old-token", 200), ("the-new-token", 200), ("the-old-token,", 403)):
        assert Webhooks(auth_token=token).post(client, path, form).status_code == code


def shared_key(token: str, url: str, form, algorithm: str) -> dict[str, str]:
    return {
        "X-Twilio-Signature": RequestValidator(token).compute_signature(url, form, algorithm),
        "X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
    }


def test_a_shared_key_signs_with_sha256(client, twilio, path, form):
    url = f"{twilio.public_url}{path}"
    headers = shared_key(twilio.auth_token, url, form, "HMAC_SHA256")
    assert client.post(path, data=form, headers=headers).status_code == 200


def test_who_announces_sha256_is_not_taken_at_sha1(client, twilio, path, form):
    url = f"{twilio.public_url}{path}"
    headers = shared_key(twilio.auth_token, url, form, "HMAC_SHA1")
    assert client.post(path, data=form, headers=headers).status_code == 403


@pytest.mark.parametrize("algorithm", ["HMAC_MD5", "none", "HMAC_SHA512"])
def test_an_algorithm_nobody_knows_is_refused(client, twilio, path, form, algorithm):
    headers = twilio.sign(path, form)
    headers["X-Twilio-Webhooks-Signature-Settings"] = f"key=k,algorithm={algorithm}"
    assert client.post(path, data=form, headers=headers).status_code == 403


@pytest.mark.environment(
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
)
def test_where_twilio_is_not_connected_no_signature_is_good(client, path, form):
    assert client.post(path, data=form).status_code == 403
    assert Webhooks(auth_token="").post(client, path, form).status_code == 403


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_only_post_calls_a_webhook(client, path, method):
    assert getattr(client, method)(path).status_code == 405
