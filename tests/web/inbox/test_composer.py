"""Writing and acting by plain forms, and what happens to a form that comes too late."""

import re
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import ANA
from tests.web.people import comes_in, csrf_token, link, signed_in, submit
from wa_assistant.database import transaction, utcnow
from wa_assistant.extensions import db
from wa_assistant.models import AuditEntry, Author, Message, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")

KEY = "a-key-of-a-form"
MOST_WORK = 2_000_000  # bytes compressed to keep one message, however long the form was
MARKUP = '<script>alert(1)</script> & "quotes" 👋🏽'


@pytest.fixture
def path(client, twilio) -> str:
    comes_in(twilio, client, ANA, "Oi", ProfileName="Ana")
    return f"/conversations/{db.session.scalar(select(Participant.id))}"


def ana() -> Participant:
    db.session.rollback()
    return db.session.scalars(select(Participant)).one()


def sent() -> list[str]:
    db.session.rollback()
    found = select(Message.body).where(Message.author == Author.USER).order_by(Message.id)
    return list(db.session.scalars(found))


def send(client, path, body, key=KEY, **fields):
    return submit(client, path, f"{path}/messages", body=body, form_key=key, **fields)


def test_a_form_sends_takes_over_and_leads_back(bia, path):
    response = send(bia, path, MARKUP)
    assert (response.status_code, response.location) == (303, path)
    assert sent() == [MARKUP]
    page = bia.get(path).text
    assert "You hold it; the assistant is silent" in page
    assert "<script>alert" not in page


def test_who_has_stopped_us_is_written_to_on_purpose_only(client, twilio, bia, path):
    comes_in(twilio, client, ANA, "SAIR")
    assert "They want no more messages from us. Write to them all the same." in bia.get(path).text
    send(bia, path, "Hello")
    assert sent() == []
    page = bia.get(path).text
    assert "To write all the same, load the page again and confirm it." in page
    assert ">\nHello</textarea>" in page
    send(bia, path, "Hello", although_stopped="yes")
    assert sent() == ["Hello"]
    assert "You hold it; they want no messages." in bia.get(path).text
    done = db.session.scalars(select(AuditEntry.action)).all()
    assert "wrote although stopped" in done


def test_a_colleague_s_parked_text_is_sent_now_and_after_a_stop_it_says_why_not(
    client, twilio, bia, path
):
    send(bia, path, "Hello")
    with transaction():
        db.session.scalars(select(Message).where(Message.body == "Hello")).one().status = "parked"
    page = bia.get(path).text
    assert "Send now" in page
    assert "Send again" not in page
    assert f'href="{path}' in bia.get("/conversations?show=parked").text
    comes_in(twilio, client, ANA, "SAIR")
    page = bia.get(path).text
    assert "not sent: they want no more messages" in page
    assert "not sent: the assistant was silenced" not in page
    assert f'href="{path}' not in bia.get("/conversations?show=parked").text


def test_it_is_said_that_the_window_is_closed(bia, path):
    assert "what you write waits until they write again" not in bia.get(path).text
    with transaction():
        one = db.session.scalars(select(Participant)).one()
        one.last_inbound_at = utcnow() - timedelta(hours=25)
    assert "what you write waits until they write again" in bia.get(path).text


def test_the_same_form_twice_sends_once(bia, path):
    for _ in range(2):
        assert send(bia, path, "Hello").status_code == 303
    assert sent() == ["Hello"]


def test_the_same_form_with_other_words_says_so_and_keeps_them(bia, path):
    send(bia, path, "Hello")
    send(bia, path, "Hello, Ana")
    page = bia.get(path).text
    assert "An earlier version of this was sent already." in page
    assert "\nHello, Ana</textarea>" in page
    assert sent() == ["Hello"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": " \n "}, "Write something first."),
        ({"body": "a" * 5001}, "at most"),
        ({"body": "😀" * 2501}, "at most"),
        ({"body": "Hello", "key": ""}, "out of date"),
        ({"body": "Hello", "key": "k" * 65}, "out of date"),
        ({"body": "Hello", "key": f"{KEY}\x00"}, "out of date"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(bia, path, fields, words):
    send(bia, path, **fields)
    assert words in bia.get(path).text
    assert sent() == []


def test_a_stale_form_keeps_what_was_typed(bia, path):
    form = {"body": "a long answer", "form_key": KEY, "csrf_token": "stale"}
    response = bia.post(f"{path}/messages", data=form, follow_redirects=True)
    assert "This form is out of date." in response.text
    assert "\na long answer</textarea>" in response.text
    hurried = bia.post(f"{path}/messages", data=form, headers={"HX-Request": "true"})
    assert hurried.status_code == 422
    assert "refused" in hurried.headers["HX-Trigger"]
    assert sent() == []


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_was_typed_after_the_session_ended_is_there_after_signing_in(app, path, headers):
    client = app.test_client()
    signed_in(app, "bia@example.com", Role.EDITOR)
    with app.app_context():
        bia = db.session.scalars(select(User).where(User.email == "bia@example.com")).one()
        form = {"body": "a long answer", "form_key": KEY, "author": bia.get_id()}
    assert client.post(f"{path}/messages", data=form, headers=headers).status_code in (303, 401)
    assert "Your session has ended. What you typed is kept." in client.get("/sign-in").text
    page = link(app, "bia@example.com", Role.EDITOR)
    response = submit(client, page, page)
    assert response.location == path
    assert "\na long answer</textarea>" in client.get(path).text
    assert "a long answer" not in client.get(path).text, "it is offered once"


def test_what_one_typed_is_not_offered_to_another(app, path):
    client = app.test_client()
    form = {"body": "a long answer", "form_key": KEY, "author": "999"}
    assert client.post(f"{path}/messages", data=form).status_code == 303
    page = link(app, "bia@example.com", Role.EDITOR)
    submit(client, page, page)
    assert "a long answer" not in client.get(path).text


def test_another_site_puts_no_words_in_our_mouths(client, path):
    form = {"body": "buy this"}
    response = client.post(f"{path}/messages", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Set-Cookie" not in response.headers
    assert "Your session has ended." not in client.get("/sign-in").text


def test_what_is_kept_fits_a_cookie(app, path):
    client = app.test_client()
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(1500))
    response = client.post(f"{path}/messages", data={"body": noise, "form_key": KEY})
    assert len(response.headers["Set-Cookie"]) < 4096


def test_what_is_too_long_to_keep_costs_no_more_than_what_just_fits(client, path, monkeypatch):
    work: list[int] = []
    compress = zlib.compress

    def counted(data: bytes) -> bytes:
        work.append(len(data))
        assert sum(work) < MOST_WORK, "the longer the form, the longer each of the more rounds"
        return compress(data)

    monkeypatch.setattr("wa_assistant.web.unsent.zlib.compress", counted)
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(100_000))
    response = client.post(f"{path}/messages", data={"body": noise, "form_key": KEY})
    assert work
    assert len(response.headers["Set-Cookie"]) < 4096


def test_a_colleagues_conversation_is_theirs_until_it_is_taken(bia, caio, path):
    submit(caio, path, f"{path}/takeover")
    send(bia, path, "may I?")
    page = bia.get(path).text
    assert "caio holds this conversation. Take it over first." in page
    assert "\nmay I?</textarea>" in page
    submit(bia, path, f"{path}/takeover")
    assert "caio has taken it over meanwhile." in bia.get(path).text
    submit(bia, path, f"{path}/takeover", instead_of=str(ana().taken_over_by_id))
    assert "You hold it; the assistant is silent" in bia.get(path).text


@pytest.mark.parametrize(
    ("action", "fields", "code"),
    [
        ("pause", {"length": "15"}, 303),
        ("pause", {"length": "60"}, 303),
        ("pause", {"length": "resumed"}, 303),
        ("pause", {"length": "9999999"}, 400),
        ("pause", {}, 400),
        ("assignment", {"user_id": ""}, 303),
        ("assignment", {"user_id": "99"}, 400),
        ("assignment", {"user_id": "-1"}, 400),
        ("assignment", {"user_id": "²"}, 400),
        ("assignment", {"user_id": "9" * 30}, 400),
        ("takeover", {"instead_of": "x"}, 303),
        ("takeover/end", {}, 303),
        ("attention", {}, 303),
        ("attention/end", {}, 303),
        ("attention/again", {}, 303),
        ("reading", {"up_to": "1"}, 303),
        ("reading", {"up_to": "x"}, 400),
        ("reading", {}, 400),
    ],
)
def test_each_action_is_a_form(bia, path, action, fields, code):
    assert submit(bia, path, f"{path}/{action}", **fields).status_code == code


def test_nothing_is_assigned_to_a_viewer(bia, davi, path):
    viewer = db.session.scalars(select(User).where(User.email == "davi@example.com")).one()
    assert submit(bia, path, f"{path}/assignment", user_id=str(viewer.id)).status_code == 400


def test_an_action_of_a_page_with_htmx_answers_with_the_head(bia, path):
    form = {"csrf_token": csrf_token(bia.get(path))}
    response = bia.post(f"{path}/takeover", data=form, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "You hold it; the assistant is silent" in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize(
    "action",
    [
        "messages",
        "takeover",
        "takeover/end",
        "pause",
        "attention",
        "attention/end",
        "attention/again",
        "assignment",
    ],
)
def test_what_is_no_longer_there_is_404_and_what_is_not_ones_business_403(bia, davi, path, action):
    gone = "/conversations/12345"
    fields = {"length": "15", "body": "Hello", "form_key": KEY}
    assert submit(bia, path, f"{gone}/{action}", **fields).status_code == 404
    assert submit(davi, path, f"{path}/{action}", **fields).status_code == 403
    assert sent() == []


def test_a_viewer_is_shown_no_form_that_acts(davi, path):
    page = davi.get(path).text
    assert 'id="composer"' not in page
    assert 'form="actions"' not in page


def test_opening_a_page_reads_nothing_until_it_is_seen(bia, path):
    page = bia.get(path).text
    assert ana().unread == 1
    (up_to,) = re.findall(r'name="up_to" value="(\d+)"', page)
    submit(bia, path, f"{path}/reading", up_to=up_to)
    assert ana().unread == 0


def test_what_came_after_the_page_stays_unread(bia, client, twilio, path):
    (up_to,) = re.findall(r'name="up_to" value="(\d+)"', bia.get(path).text)
    comes_in(twilio, client, ANA, "Are you there?")
    submit(bia, path, f"{path}/reading", up_to=up_to)
    assert ana().unread == 1


def test_an_expired_fragment_leads_back_to_its_page(client, path):
    said = {"HX-Request": "true", "HX-Current-URL": f"https://evil.example.com{path}?show=mine"}
    client.get(f"{path}/thread", headers=said)
    with client.session_transaction() as session:
        assert session["next"] == path
    client.get(f"{path}/thread", headers={**said, "HX-Current-URL": "https://x//evil.example"})
    with client.session_transaction() as session:
        assert session["next"] == path
