"""How often one may ask, who is counted as whom, and what a page says that was asked too often."""

import json
import time

import pytest

from tests.cast import ANA, BIA, known, rows
from tests.web.people import csrf_token, signed_in
from wa_assistant.models import Role, Webhook
from wa_assistant.web import access, rate_limits

HTMX = {"HX-Request": "true"}
LIVE = {**HTMX, "X-By-Itself": "yes"}
TOLD = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After")


@pytest.fixture
def at_most(monkeypatch):
    """`at_most(pages=3)`; every other group stays as it is."""

    def limit(**groups: int) -> None:
        for group, number in groups.items():
            monkeypatch.setitem(rate_limits.A_MINUTE, group, number)

    return limit


def codes(client, path, times, **given) -> list[int]:
    return [client.get(path, **given).status_code for _ in range(times)]


def from_(address: str) -> dict[str, dict[str, str]]:
    return {"environ_overrides": {"REMOTE_ADDR": address}}


def test_an_answer_says_how_often_more_and_a_refusal_when_again(bia, at_most):
    at_most(pages=2)
    found = [bia.get("/preferences") for _ in range(3)]
    assert [each.status_code for each in found] == [200, 200, 429]
    told = [[each.headers.get(name) for name in TOLD] for each in found]
    assert [each[:2] for each in told] == [["2", "1"], ["2", "0"], ["2", "0"]]
    assert all(0 < int(each[2]) - time.time() < 62 for each in told)
    assert [each[3] is None for each in told] == [True, True, False]
    assert 1 <= int(told[2][3]) <= 61


def test_a_page_says_it_in_the_readers_language(bia, at_most):
    at_most(pages=0)
    page = bia.get("/preferences", headers={"Accept-Language": "pt-BR"})
    assert page.status_code == 429
    assert "<h1>Foi demais em pouco tempo. Tente de novo em " in page.text


def test_a_page_that_is_open_stays_and_says_so_in_passing(bia, at_most):
    at_most(acts=0, pages=0)
    for response in (
        bia.post("/preferences", headers=HTMX),
        bia.get("/conversations", headers=HTMX),
    ):
        assert (response.status_code, response.data) == (429, b"")
        assert (
            "too much in a short time"
            in json.loads(response.headers["HX-Trigger"])["toast"]["value"]
        )


def test_what_asks_by_itself_is_told_only_when_to_ask_again(bia, at_most):
    at_most(live=0)
    response = bia.get("/attention", headers=LIVE)
    assert (response.status_code, response.data) == (429, b"")
    assert "HX-Trigger" not in response.headers
    assert int(response.headers["Retry-After"]) >= 1


@pytest.mark.usefixtures("context")
def test_what_was_typed_on_a_page_without_a_script_is_kept(bia, at_most):
    ana = known(ANA)
    form = {"body": "Bom dia, Ana", "author": "1"}
    at_most(acts=0)
    refused = bia.post(f"/conversations/{ana}/messages", data=form)
    assert refused.status_code == 429
    assert "What you wrote is kept." in refused.text
    assert f'href="/conversations/{ana}"' in refused.text
    assert "Bom dia, Ana" in bia.get(f"/conversations/{ana}").text


def test_a_program_is_told_in_json(client, at_most):
    at_most(health=0)
    response = client.get("/api/health")
    assert (response.status_code, response.is_json) == (429, True)


def test_no_group_takes_from_another(bia, client, at_most):
    at_most(pages=1, live=1, acts=1, uploads=1, strangers=1, health=1)
    token = csrf_token(bia.get("/preferences"))
    form = {"csrf_token": token, "locale": "en"}
    asked = [
        lambda: bia.get("/attention", headers=LIVE),
        lambda: bia.post("/preferences", data=form),
        lambda: bia.post("/knowledge/documents", data=form),
        lambda: client.get("/sign-in"),
        lambda: client.get("/health"),
    ]
    assert bia.get("/preferences").status_code == 429
    assert 429 not in [ask().status_code for ask in asked]
    assert [ask().status_code for ask in asked] == [429] * 5


def test_an_office_behind_one_address_is_so_many_people(app, client, at_most):
    at_most(live=100, strangers=20)
    team = [signed_in(app, f"{name}@example.com", Role.EDITOR) for name in ("bia", "caio", "davi")]
    at_most(strangers=0)
    for colleague in team:
        assert set(codes(colleague, "/attention", 100, headers=LIVE)) == {200}
        assert codes(colleague, "/attention", 1, headers=LIVE) == [429]
    assert codes(client, "/sign-in", 1) == [429]


def test_who_is_signed_in_is_the_same_person_wherever_they_are(app, at_most):
    browsers = [signed_in(app, BIA, Role.EDITOR) for _ in range(2)]
    at_most(pages=1)
    found = [
        browser.get("/preferences", **from_(f"10.0.0.{number}")).status_code
        for number, browser in enumerate(browsers)
    ]
    assert found == [200, 429]


def test_the_cookie_of_a_session_that_ended_takes_nothing_from_whose_it_was(app, at_most):
    bia, again = (signed_in(app, BIA, Role.EDITOR) for _ in range(2))
    cookie = bia.get_cookie("wa_assistant_8000")
    assert cookie
    bia.post("/sign-out", data={"csrf_token": csrf_token(bia.get("/preferences"))})
    bia.set_cookie("wa_assistant_8000", cookie.value)
    at_most(pages=4)
    assert set(codes(bia, "/preferences", 6)) == {303}
    assert codes(again, "/preferences", 1) == [200]


@pytest.mark.parametrize("path", ["/sign-in", "/privacy", "/nothing", "/"])
def test_a_stranger_is_an_address_and_with_ipv6_a_network(client, at_most, path):
    at_most(strangers=2)
    assert 429 not in codes(client, path, 2, **from_("203.0.113.7"))
    assert codes(client, path, 1, **from_("203.0.113.7")) == [429]
    assert 429 not in codes(client, path, 1, **from_("203.0.113.8"))
    for number in range(2):
        assert 429 not in codes(client, path, 1, **from_(f"2001:db8::{number}"))
    assert codes(client, path, 1, **from_("2001:db8::ffff:3")) == [429]
    assert 429 not in codes(client, path, 1, **from_("2001:db8:0:1::3"))


@pytest.mark.environment(TRUSTED_PROXIES=1)
def test_behind_a_proxy_it_is_the_visitor_and_not_who_they_say(client, at_most):
    at_most(strangers=2)
    said = [f"10.1.1.{number}, 203.0.113.7" for number in range(4)]
    found = [client.get("/sign-in", headers={"X-Forwarded-For": each}) for each in said]
    assert [each.status_code for each in found] == [200, 200, 429, 429]
    other = client.get("/sign-in", headers={"X-Forwarded-For": "203.0.113.8"})
    assert other.status_code == 200


@pytest.mark.usefixtures("context")
def test_a_thousand_webhooks_in_a_minute_are_kept(client, twilio, at_most):
    at_most(**dict.fromkeys(rate_limits.A_MINUTE, 0))
    found = [twilio.send(client, ANA, f"Oi {number}") for number in range(1000)]
    assert {each.status_code for each in found} == {200}
    assert not any("X-RateLimit-Limit" in each.headers for each in found)
    assert len(rows(Webhook)) == 1000


def test_what_every_page_needs_and_the_stream_are_never_refused(bia, client, at_most):
    at_most(**dict.fromkeys(rate_limits.A_MINUTE, 0))
    for path in ("/style.css", "/script.js", "/static/icons/icon.svg"):
        assert codes(client, path, 2) == [200, 200]
    stream = bia.get("/stream", buffered=False)
    assert stream.status_code == 200
    stream.close()


def test_the_routes_that_are_not_counted_are_there(app):
    known = set(app.view_functions)
    for name in (*access.HEALTH, *access.NOT_COUNTED):
        assert any(endpoint.startswith(name) for endpoint in known), name


def test_people_who_are_quick_are_not_refused():
    """A hundred changes a minute, of which the page that is looked at fetches five fragments each,
    and each of fifty hidden tabs one; a click a second, with twenty pictures in each third."""
    assert rate_limits.A_MINUTE["live"] >= 100 * 5 + 50 * 100
    assert rate_limits.A_MINUTE["pages"] >= 60 + 20 * 20
    assert rate_limits.A_MINUTE["acts"] >= 60 + 100
    assert rate_limits.A_MINUTE["strangers"] >= 300 * 4, "an office that begins its day"


@pytest.mark.environment(REDIS_URL="redis://127.0.0.1:1/0")
def test_without_redis_it_is_counted_all_the_same(bia, at_most):
    at_most(pages=2)
    assert codes(bia, "/preferences", 3) == [200, 200, 429]


def test_it_costs_a_page_one_question_to_redis_and_none_to_the_database(bia, valkey, statements):
    bia.get("/preferences")
    statements.clear()
    before = valkey.redis.info("commandstats")["cmdstat_eval"]["calls"]
    bia.get("/preferences")
    assert valkey.redis.info("commandstats")["cmdstat_eval"]["calls"] == before + 1
    assert not [each for each in statements if "sign_in_attempts" in each]


def test_to_refuse_a_page_costs_less_than_to_show_it(bia, at_most, statements):
    bia.post(
        "/preferences", data={"csrf_token": csrf_token(bia.get("/preferences")), "theme": "dark"}
    )
    statements.clear()
    at_most(pages=0)
    page = bia.get("/conversations")
    assert page.status_code == 429
    assert 'data-theme="dark"' in page.text
    assert 'class="rail"' not in page.text
    assert len(statements) <= 2, "who it is, and nothing of what the page would show"
