"""Where one is signed in: listed, ended one by one or all but this, and over in time."""

import re
import time
from datetime import timedelta

import pytest

from tests.cast import BIA, only, rows
from tests.support.clock import pass_time
from tests.support.eventually import eventually
from tests.web.people import csrf_token, link, submit
from wa_assistant import live
from wa_assistant.accounts import sessions
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import AuditEntry, Role, Session, User

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
HOUR = 3600
BY_ITSELF = {"X-By-Itself": "yes", "HX-Request": "true"}


def elsewhere(app, agent=IPHONE, place="203.0.113.7", email=BIA, role=Role.EDITOR):
    """Another browser, in which she has signed in too."""
    client = app.test_client()
    path = link(app, email, role)
    token = csrf_token(client.get(path))
    client.post(
        path,
        data={"csrf_token": token},
        headers={"User-Agent": agent},
        environ_overrides={"REMOTE_ADDR": place},
    )
    return client


def is_in(client) -> bool:
    return bool(client.get("/").status_code == 200)


def ends(page: str) -> list[str]:
    return re.findall(r"/preferences/sessions/\d+/end", page)


def test_each_is_told_by_device_place_and_time(app, bia):
    elsewhere(app)
    elsewhere(app, FIREFOX, "2001:db8::7")
    page = bia.get("/preferences").text
    assert "Safari on iPhone" in page
    assert "Firefox on Windows" in page
    assert "203.0.113.7" in page
    assert "2001:db8::7" in page
    assert page.count("This browser") == 1
    assert len(ends(page)) == 2
    portuguese = bia.get("/preferences", headers={"Accept-Language": "pt-BR"}).text
    assert "Safari no iPhone" in portuguese


def test_one_is_ended_and_the_others_go_on(app, bia, context):
    phone, desk = elsewhere(app), elsewhere(app, FIREFOX)
    phone_s = only(Session, Session.agent == IPHONE).id
    path = f"/preferences/sessions/{phone_s}/end"
    assert submit(bia, "/preferences", path).location == "/preferences"
    assert [is_in(each) for each in (bia, phone, desk)] == [True, False, True]
    entry = rows(AuditEntry)[-1]
    assert (entry.actor, entry.action, entry.after) == (BIA, "ended a session", {"sessions": 1})
    assert submit(bia, "/preferences", path).status_code == 404


def test_all_but_this_are_ended(app, bia, davi):
    others = [elsewhere(app) for _ in range(3)]
    submit(bia, "/preferences", "/preferences/sessions/end")
    assert "3 other browsers are signed out." in bia.get("/preferences").text
    assert not any(map(is_in, others))
    assert is_in(bia)
    assert is_in(davi)
    assert "everywhere else" not in bia.get("/preferences").text


def test_nobody_sees_or_ends_another_s(app, bia, davi, caio, context):
    hers = only(Session, Session.user_id == only(User, User.email == BIA).id).id
    for other in (davi, caio):
        path = f"/preferences/sessions/{hers}/end"
        assert submit(other, "/preferences", path).status_code == 404
    assert is_in(bia)


@pytest.mark.parametrize("agent", ["<script>alert(1)</script>", "x" * 5000, "", "\u00e9\u00ff"])
def test_a_browser_may_call_itself_anything(app, bia, agent):
    elsewhere(app, agent)
    page = bia.get("/preferences").text
    assert "Another browser" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(("hours", "lasts"), [(11.9, True), (12.1, False)])
def test_after_twelve_hours_in_which_nothing_was_done_it_is_over(app, bia, hours, lasts):
    pass_time(app, hours * HOUR)
    assert is_in(bia) == lasts


def test_who_goes_on_working_stays_signed_in_for_fourteen_days(app, bia):
    for _ in range(30):
        pass_time(app, 11 * HOUR)
        assert is_in(bia)
    pass_time(app, 11 * HOUR)
    assert not is_in(bia)


@pytest.mark.parametrize("path", ["/notices", "/conversations/list"])
def test_what_an_open_page_asks_for_by_itself_keeps_nobody_signed_in(app, bia, path):
    for _ in range(2):
        pass_time(app, 5 * HOUR)
        assert bia.get(path, headers=BY_ITSELF).status_code == 200
        bia.get("/stream", buffered=False).close()
    pass_time(app, 3 * HOUR)
    assert bia.get(path, headers=BY_ITSELF).status_code == 401


def test_the_last_use_is_written_every_few_minutes_at_most(app, bia, statements):
    is_in(bia)
    statements.clear()
    for _ in range(5):
        bia.get("/preferences")
    assert not [each for each in statements if each.startswith("UPDATE")]
    pass_time(app, 301)
    statements.clear()
    for _ in range(5):
        bia.get("/preferences")
    assert len([each for each in statements if each.startswith("UPDATE sessions")]) == 1
    assert utcnow() - only(Session).last_seen_at < timedelta(minutes=1)


def test_who_it_is_costs_one_statement(bia, statements):
    bia.get("/knowledge")
    statements.clear()
    bia.get("/knowledge")
    assert len([each for each in statements if "sessions" in each]) == 1


def test_those_long_over_are_kept_no_longer(app, bia, context):
    pass_time(app, 15 * 24 * HOUR)
    elsewhere(app)
    assert len(rows(Session)) == 1


@pytest.fixture
def quick(monkeypatch):
    """A stream asks whose it is each time it has nothing to say, and soon."""
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)


def streams(client):
    """An open event stream; its names as they come."""
    response = client.get("/stream", buffered=False)

    def names():
        for chunk in response.response:
            text = chunk.decode() if isinstance(chunk, bytes) else chunk
            if text.startswith("data: "):
                yield text.partition("\n")[0].removeprefix("data: ")

    return names()


def put_out(app):
    with app.app_context(), transaction():
        db.session.query(User).filter_by(email=BIA).one().active = False
        sessions.look_again()


def demoted(app):
    path = link(app, BIA, Role.VIEWER)
    submit(app.test_client(), path, path)


def signed_out_elsewhere(app):
    submit(elsewhere(app), "/preferences", "/preferences/sessions/end")


@pytest.mark.parametrize("happens", [put_out, demoted, signed_out_elsewhere])
def test_a_stream_that_is_open_ends_with_what_it_was_opened_for(app, bia, davi, happens, quick):
    hub = app.extensions["live"]
    hub.listen()
    eventually(lambda: hub.missed(time.time()) == [])
    hers, davi_s = streams(bia), streams(davi)
    assert next(hers) == next(davi_s) == "all"
    happens(app)
    assert list(hers) == ["all"], "what is open asks once more, and the stream ends"
    with app.app_context():
        live.changed("knowledge")
    assert next(davi_s) == "knowledge", "and others hear nothing of it"


@pytest.mark.environment(REDIS_URL="redis://127.0.0.1:1/0")
def test_it_ends_also_while_redis_is_away(app, bia, monkeypatch, quick):
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.1)
    hers = streams(bia)
    assert next(hers) == "all"
    put_out(app)
    assert list(hers) == ["all"]


def test_a_page_that_is_open_is_led_to_the_sign_in_page(app, bia):
    put_out(app)
    response = bia.get("/notices", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/sign-in")


def test_a_role_holds_at_the_next_request(app, bia):
    eventually(lambda: bia.get("/simulator").status_code == 200)
    demoted(app)
    assert bia.get("/simulator").status_code == 403
