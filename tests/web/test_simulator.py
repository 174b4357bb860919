"""Pretended participants write in the browser, by the way everybody's messages take."""

import re

import pytest
from sqlalchemy import select

from wa_assistant.extensions import db
from wa_assistant.models import Message, Participant, Webhook

from .people import ANA, submit

pytestmark = pytest.mark.usefixtures("context")


def write(client, body: str = "Olá", name: str = "Ivo") -> str:
    """The path of a new pretended participant's phone."""
    return submit(client, "/simulator", "/simulator", name=name, body=body).location


def test_what_is_typed_comes_in_as_everybody_s_messages_do(bia, work):
    path = write(bia, "Olá, <b>tudo</b> bem?")
    participant = db.session.scalars(select(Participant)).one()
    assert (participant.name, participant.simulated) == ("Ivo", True)
    assert path == f"/simulator/{participant.id}"
    webhook = db.session.scalars(select(Webhook)).one()
    assert (webhook.kind, webhook.state, webhook.simulated) == ("inbound", "processed", True)
    assert work.waiting() == ["jobs.reply.answer"]


def test_the_answer_is_on_the_phone_and_never_leaves_the_machine(bia, work, twilio):
    path = write(bia, "Olá")
    work()
    assert twilio.requests == []
    assert "You wrote: Olá" in bia.get(path).text
    assert "You wrote: Olá" in bia.get(f"{path}/thread").text


def test_one_writes_on_as_the_same_person(bia, work):
    path = write(bia)
    assert submit(bia, path, f"{path}/messages", body="E mais").location == path
    assert [each.body for each in db.session.scalars(select(Message))] == ["Olá", "E mais"]
    assert len(db.session.scalars(select(Participant)).all()) == 1


def test_any_number_of_people_can_be_pretended(bia):
    paths = {write(bia, name=name) for name in ("Ivo", "Ivo", "Eva")}
    assert len(paths) == 3
    page = bia.get("/simulator").text
    assert all(f'href="{path}"' in page for path in paths)


def test_the_pretended_are_marked_wherever_the_team_sees_them(bia):
    path = write(bia)
    for page in ("/", "/conversations", path.replace("simulator", "conversations")):
        assert "Simulated" in bia.get(page).text


def test_real_people_are_neither_listed_nor_opened_nor_written_as(bia, client, twilio):
    twilio.send(client, ANA, "Oi")
    real = db.session.scalars(select(Participant.id)).one()
    assert f'href="/simulator/{real}"' not in bia.get("/simulator").text
    for path in (f"/simulator/{real}", f"/simulator/{real}/thread"):
        assert bia.get(path).status_code == 404
    response = submit(bia, "/simulator", f"/simulator/{real}/messages", body="I am Ana")
    assert response.status_code == 404
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_editors_and_owners_only(bia, caio, davi, client):
    path = write(caio)
    for method, where in (("get", "/simulator"), ("get", path), ("get", f"{path}/thread")):
        assert getattr(davi, method)(where).status_code == 403
        assert getattr(client, method)(where).status_code == 303
    assert davi.post("/simulator", data={"name": "x", "body": "x"}).status_code in (400, 403)
    assert davi.post(f"{path}/messages", data={"body": "x"}).status_code in (400, 403)
    assert len(db.session.scalars(select(Message)).all()) == 1


@pytest.mark.parametrize("fields", [{"name": "", "body": "x"}, {"name": "x", "body": "  "}, {}])
def test_nothing_to_say_or_nobody_to_say_it_is_nothing(bia, fields):
    assert submit(bia, "/simulator", "/simulator", **fields).location == "/simulator"
    assert db.session.scalars(select(Message)).all() == []


def test_nothing_is_too_long_to_be_taken(bia):
    write(bia, "🙂" * 10_000, name="n" * 500)
    assert db.session.scalars(select(Message.body)).one() == "🙂" * 10_000
    assert db.session.scalars(select(Participant.name)).one() == "n" * 200


def test_lines_and_nul_bytes_come_through(bia):
    write(bia, "one\r\ntwo\x00", name="I\x00vo")
    assert db.session.scalars(select(Message.body)).one().splitlines() == ["one", "two"]
    assert db.session.scalars(select(Participant.name)).one() == "Ivo"


@pytest.mark.environment(
    OPENAI_API_KEY=None,
    OPENAI_BASE_URL=None,
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
)
def test_without_any_key_one_courteous_sentence_comes_back(bia, work):
    path = write(bia, "Do you open on Sundays, and what does it cost?")
    work()
    phone = bia.get(f"{path}/thread").text
    said = re.findall(r'class="text">([^<]+)<', phone)
    assert len(said) == 2
    assert "Sundays" not in said[1]
    page = bia.get("/").text
    assert "No model is connected." in page
    assert "no model is connected" in bia.get("/conversations").text
