"""Whom we take a visitor for, with proxies before us and with people who pretend."""

from typing import Any

import pytest

from tests.web.people import csrf_token, link
from wa_assistant.models import Role
from wa_assistant.web import access, visitor

HERE = "198.51.100.1"  # of whom the connection is
REAL = "203.0.113.7"
V6 = "2001:db8:1:2::5"


@pytest.fixture
def seen(make_app):
    """The address that an application behind so many proxies makes of what it is told."""

    def find(proxies: int, told: list[str | None], peer: str = HERE) -> dict[str | None, str]:
        app = make_app(TRUSTED_PROXIES=proxies)
        app.add_url_rule("/who", "who", access.public(visitor.address))
        client = app.test_client()
        return {each: client.get("/who", **from_(peer, each)).text for each in told}

    return find


def from_(peer: str, forwarded: str | None) -> dict[str, Any]:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return {"headers": headers, "environ_overrides": {"REMOTE_ADDR": peer}}


def test_where_no_proxy_is_trusted_nobody_is_listened_to(seen):
    found = seen(0, [None, REAL, f"{REAL}, 10.0.0.1", "garbage"])
    assert set(found.values()) == {HERE}


BEHIND_ONE = {
    None: HERE,
    "": HERE,
    REAL: REAL,
    f"1.1.1.1, {REAL}": REAL,
    f"1.1.1.1, 2.2.2.2,3.3.3.3 , {REAL}": REAL,
    f"127.0.0.1, {REAL}": REAL,
    V6: V6,
    f"[{V6}]": V6,
    f"[{V6}]:51234": V6,
    f'"[{V6}]:51234"': V6,
    f"{REAL}:51234": REAL,
    f"::ffff:{REAL}": REAL,
    "fe80::1%eth0": "fe80::1",
    "unknown": HERE,
    "_hidden": HERE,
    "999.1.1.1": HERE,
    f"{REAL}:port": HERE,
    "<script>alert(1)</script>": HERE,
    "x" * 5000: HERE,
    # A quote that is never closed makes one word of all that follows.
    f'", {REAL}': HERE,
    f'6.6.6.6", {REAL}': HERE,
    f'"6.6.6.6, {REAL}': HERE,
}
BEHIND_TWO = {
    f"1.1.1.1, {REAL}, 10.0.0.1": REAL,
    f"{REAL}, 10.0.0.1": REAL,
    REAL: HERE,  # who came past the outer one
}


@pytest.mark.parametrize(("proxies", "expected"), [(1, BEHIND_ONE), (2, BEHIND_TWO)])
def test_so_many_from_the_right_stands_the_visitor(seen, proxies, expected):
    assert seen(proxies, list(expected)) == expected


@pytest.mark.parametrize(("peer", "address"), [("::ffff:10.0.0.9", "10.0.0.9"), ("", "")])
def test_without_a_proxy_it_is_whose_the_connection_is(seen, peer, address):
    assert seen(0, [None], peer) == {None: address}


def test_what_is_said_of_the_host_counts_nowhere(make_app):
    client = make_app(TRUSTED_PROXIES=1, PUBLIC_URL="https://bot.example.com").test_client()
    said = {"X-Forwarded-Host": "evil.example.com", "X-Forwarded-Prefix": "/evil"}
    response = client.get("/", headers=said)
    assert response.location == "/sign-in"
    assert "evil" not in client.get("/sign-in", headers=said).text


@pytest.mark.environment(TRUSTED_PROXIES=1, PUBLIC_URL="https://bot.example.com")
@pytest.mark.parametrize(
    ("referrer", "code"), [("https://bot.example.com/", 303), ("https://evil.example.com/", 400)]
)
def test_a_form_that_comes_by_https_comes_from_a_page_of_ours(app, referrer, code):
    app.testing = False
    path = link(app, "eva@example.com", Role.VIEWER)
    client, said = app.test_client(), {"X-Forwarded-Proto": "https"}
    page = client.get(path, base_url="http://bot.example.com", headers=said)
    said["Referer"] = referrer
    sent = {"data": {"csrf_token": csrf_token(page)}, "headers": said}
    assert client.post(path, base_url="http://bot.example.com", **sent).status_code == code


def test_a_proxy_nobody_told_us_of_is_told_of_once(make_app, caplog):
    client = make_app().test_client()
    for _ in range(3):
        client.get("/sign-in", headers={"X-Forwarded-For": REAL})
    client.get("/sign-in", environ_overrides={"REMOTE_ADDR": "8.8.8.8"})
    assert caplog.text.count("TRUSTED_PROXIES is 0") == 1


def test_a_stranger_who_says_so_is_no_proxy(make_app, caplog):
    client = make_app().test_client()
    client.get("/sign-in", **from_("8.8.8.8", REAL))
    assert "TRUSTED_PROXIES" not in caplog.text
