"""The headers every answer carries."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.cast import ANA
from tests.web.people import comes_in
from wa_assistant.web import access

DIRECTIVES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-XSS-Protection": "1; mode=block",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGES = ["/", "/simulator", "/sign-in/x", "/nothing", "/conversations"]


def policy(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_lets_only_our_own_scripts_run(bia, path):
    response = bia.get(path)
    found = policy(response)
    (nonce,) = re.findall(r"^'nonce-([\w-]{20,})'$", found.pop("script-src"))
    assert found == DIRECTIVES
    scripts = re.findall(r"<script[^>]*>", response.text)
    assert all(f'nonce="{nonce}"' in script for script in scripts)


def test_each_answer_has_a_nonce_of_its_own(bia):
    assert len({policy(bia.get("/"))["script-src"] for _ in range(5)}) == 5


def answers(client) -> dict[str, TestResponse]:
    """One of every kind, of the application and of what it is built on."""
    too_large = {"data": {"body": "a" * 2_000_000}}
    return {
        "a page": client.get("/sign-in"),
        "a redirect": client.get("/"),
        "nothing there": client.get("/nothing"),
        "another method": client.delete("/sign-in"),
        "a fragment without a session": client.get("/attention", headers={"HX-Request": "true"}),
        "a stale form": client.post("/sign-in/x"),
        "too large": client.post("/whatsapp/webhook", **too_large),
        "a webhook": client.post("/whatsapp/webhook", data={"Body": "Oi"}),
        "a file": client.get("/static/css/base.css"),
        "a file, unchanged": unchanged(client),
        "no file": client.get("/static/nothing.css"),
        "a script": client.get("/script.js"),
        "json": client.get("/health"),
        "the api": client.get("/api/health"),
        "nothing of the api": client.get("/api/nothing"),
        "our fault": client.get("/broken"),
        "a head": client.head("/sign-in"),
        "options": client.options("/sign-in"),
    }


def unchanged(client):
    etag = client.get("/static/css/base.css").headers["ETag"]
    return client.get("/static/css/base.css", headers={"If-None-Match": etag})


@pytest.fixture
def stranger(make_app):
    def make(**environ):
        app = make_app(**environ)
        app.testing = False  # our own faults are answered, too
        app.add_url_rule("/broken", "broken", access.public(lambda: 1 / 0))
        return app.test_client()

    return make


def test_every_answer_carries_them_whatever_became_of_it(stranger):
    found = answers(stranger())
    codes = {each.status_code for each in found.values()}
    assert codes == {200, 303, 304, 400, 401, 403, 404, 405, 413, 500}
    for what, response in found.items():
        headers = response.headers
        carried = {name: headers.get(name) for name in EVERYWHERE}
        assert carried == EVERYWHERE, what
        is_page = response.mimetype == "text/html"
        assert is_page or headers["Content-Security-Policy"] == NOTHING, what
        assert not is_page or DIRECTIVES.items() <= policy(response).items(), what
        assert "Access-Control-Allow-Origin" not in headers, what
        assert "Server" not in headers, what


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://bot.example.com", "max-age=31536000; includeSubDomains"),
        ("http://127.0.0.1:8000", None),
        ("http://bot.example.com", None),
    ],
)
def test_a_browser_stays_with_https_exactly_where_we_are_reached_by_it(stranger, url, said):
    for what, response in answers(stranger(PUBLIC_URL=url)).items():
        assert response.headers.get("Strict-Transport-Security") == said, what


def test_nothing_but_what_is_the_same_for_all_is_kept(bia, client, twilio):
    comes_in(twilio, client, ANA, "Oi")
    for path in (*PAGES, "/health"):
        assert bia.get(path).headers["Cache-Control"] == "no-store"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/static/css/base.css").headers["Cache-Control"]


def test_a_page_and_its_fragment_are_told_apart_by_caches(bia):
    assert bia.get("/conversations").headers["Vary"] == "HX-Request, Cookie"


@pytest.mark.parametrize(
    ("url", "secure"), [("https://bot.example.com", True), ("http://127.0.0.1:8000", False)]
)
def test_the_session_cookie_is_kept_from_scripts_and_other_sites(make_app, url, secure):
    client = make_app(PUBLIC_URL=url).test_client()
    cookie = client.get("/", headers={"Accept": "text/html"}).headers["Set-Cookie"]
    assert cookie.startswith("wa_assistant_8000=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure
