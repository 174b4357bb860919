"""The headers every answer carries."""

import re

import pytest

from tests.cast import ANA
from tests.web.people import comes_in

DIRECTIVES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
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


@pytest.mark.parametrize("path", [*PAGES, "/health", "/static/css/base.css"])
def test_nobody_guesses_types_frames_us_or_learns_where_one_came_from(bia, path):
    headers = bia.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


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
