"""Pretended participants write in the browser, by the way everybody's messages take."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.cast import ANA
from tests.support.samples import png
from tests.web.people import comes_in, csrf_token, submit
from wa_assistant.extensions import db
from wa_assistant.models import Attention, Message, Participant, Status, Webhook

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


def test_the_thread_tells_the_time_on_their_phone(bia):
    path = write(bia)
    submit(bia, path, f"{path}/clock", by="day")
    submit(bia, path, f"{path}/messages", body="E hoje?")
    phone = f"{path}/thread"
    for page in (phone, path, path.replace("simulator", "conversations")):
        days = re.findall(
            r'<p class="day" id="(?:phone-)?day-([\d-]+)"> ?<span>(\w+)', bia.get(page).text
        )
        assert [word for _, word in days][:2] == ["Yesterday", "Today"]
        first, second = (date.fromisoformat(day) for day, _ in days[:2])
        assert second - first == timedelta(days=1)
    # Whatever day it is, each message keeps its hour.
    times = re.findall(r"<time [^>]*>([^<]+)", bia.get(phone).text)
    assert len(times) == 2
    assert all(re.fullmatch(r"\d+:\d\d\s?[AP]M", each) for each in times)


def test_the_pretended_are_marked_wherever_the_team_sees_them(bia):
    path = write(bia)
    for page in ("/conversations", path.replace("simulator", "conversations")):
        assert "Simulated" in bia.get(page).text


def test_real_people_are_neither_listed_nor_opened_nor_written_as(bia, client, twilio):
    comes_in(twilio, client, ANA, "Oi")
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


def problems(response) -> list[str]:
    assert response.status_code == 422
    return re.findall(r'id="(?:name|body)-told"[^>]*>.*?<span>([^<]+)<', response.text)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "body": "x"}, ["Give them a name."]),
        ({"name": "x", "body": "  "}, ["Write something first."]),
        ({}, ["Give them a name.", "Write something first."]),
        ({"name": "n" * 201, "body": "x"}, ["A name may have 200 characters at most."]),
        ({"name": "x", "body": "x" * 4097}, ["A message may have 4096 characters at most."]),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(bia, fields, said):
    response = submit(bia, "/simulator", "/simulator", **fields)
    assert problems(response) == said
    assert all(words.strip() in response.text for words in fields.values())
    assert db.session.scalars(select(Message)).all() == []


def test_the_longest_message_is_taken(bia):
    write(bia, "🙂" * 4096, name="n" * 200)
    assert db.session.scalars(select(Message.body)).one() == "🙂" * 4096


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
    assert re.search(r"No model is connected\.</strong>\s+<strong>Twilio is not", page)
    assert "no model is connected" in bia.get("/conversations/list?show=simulated").text


def test_the_phone_and_the_team_s_view_stand_on_one_page(bia, work):
    path = write(bia, "Olá")
    work()
    page = bia.get(path).text
    number = path.rpartition("/")[2]
    for each in (f"phone-{number}", f"thread-{number}", f"head-{number}", "composer", "write"):
        assert page.count(f'id="{each}"') == 1
    assert page.count(f"sse:thread-{number}") >= 2
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "nothing leaves this machine" in page


def bodies() -> list[str]:
    return [each.body for each in db.session.scalars(select(Message).order_by(Message.id))]


def test_lines_become_messages_in_a_row(bia, work):
    path = write(bia)
    submit(bia, path, f"{path}/messages", body="um\r\n\r\n dois \ntrês", burst="1")
    assert bodies() == ["Olá", "um", "dois", "três"]


def test_the_phone_may_quote_what_it_marked(bia, work):
    path = write(bia)
    sid = db.session.scalars(select(Message.provider_sid)).one()
    assert f'name="quoted" value="{sid}" form="write"' in bia.get(path).text
    submit(bia, path, f"{path}/messages", body="Isso\naqui", burst="1", quoted=sid)
    found = db.session.scalars(select(Message.quoted_sid).order_by(Message.id))
    assert list(found) == [None, sid, None]
    page = bia.get(path).text
    assert '<p class="said-quoted">Olá</p>' in page  # on the phone
    assert '<p class="quoted-words">Olá</p>' in page  # and before the team


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body": " \n "}, "Write something first."),
        ({"body": "y" * 4097}, "A message may have 4096 characters at most."),
        ({"body": "z\n" * 21, "burst": "1"}, "At most 20 messages in a row."),
    ],
)
def test_what_the_phone_cannot_send_is_said_and_kept(bia, fields, said):
    path = write(bia)
    response = submit(bia, path, f"{path}/messages", **fields)
    assert response.status_code == 422
    assert re.search(rf'id="told"[^>]*>{said}<', response.text)
    assert fields["body"].strip() in response.text
    form = {**fields, "csrf_token": csrf_token(bia.get(path))}
    response = bia.post(f"{path}/messages", data=form, headers={"HX-Request": "true"})
    assert (response.status_code, response.text) == (422, said)
    assert bodies() == ["Olá"]


def test_a_voice_message_has_no_words(bia, work):
    path = write(bia)
    response = submit(bia, path, f"{path}/voice")
    assert "A voice message was sent." in bia.get(response.location).text
    spoken = db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
    assert (spoken.kind, spoken.body) == ("audio", "")
    assert "Voice message" in bia.get(f"{path}/thread").text


def test_a_file_is_sent_from_the_phone(bia, work):
    path = write(bia)
    response = submit(bia, path, f"{path}/files", file=(BytesIO(png()), "praia.png"))
    assert "The file was sent." in bia.get(response.location).text
    work()
    thread = bia.get(path.replace("simulator", "conversations") + "/thread").text
    (address,) = re.findall(r'<img src="(/media/\d+)"', thread)
    assert bia.get(address).data == png()


def test_without_a_file_one_is_asked_for(bia):
    path = write(bia)
    response = submit(bia, path, f"{path}/files")
    assert "Choose a file first." in bia.get(response.location).text


def test_a_file_that_is_too_large_for_the_simulator_is_refused(bia):
    path = write(bia)
    token = csrf_token(bia.get(path))
    form = {"csrf_token": token, "file": (BytesIO(b"x" * 2_000_000), "big.bin")}
    response = bia.post(f"{path}/files", data=form)
    assert response.status_code == 413
    assert "This is too large." in response.text


def test_what_arrived_is_read_by_a_receipt(bia, work):
    path = write(bia)
    assert (
        "There is nothing new to read."
        in bia.get(submit(bia, path, f"{path}/reading").location).text
    )
    work()
    response = submit(bia, path, f"{path}/reading")
    assert "1 message was read." in bia.get(response.location).text
    db.session.rollback()
    answer = db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
    assert answer.status == Status.READ
    receipt = db.session.scalars(select(Webhook).where(Webhook.kind == "status")).one()
    assert (receipt.simulated, receipt.state) == (True, "processed")


def test_the_next_reply_is_lost_and_the_one_after_it_arrives(bia, work, twilio):
    path = write(bia)
    token = csrf_token(bia.get(path))
    for _ in range(2):  # a second press changes nothing
        bia.post(f"{path}/failure", data={"csrf_token": token})
    assert "The next reply will be lost" in bia.get(path).text
    work()
    assert "You wrote: Olá" not in bia.get(f"{path}/thread").text
    submit(bia, path, f"{path}/messages", body="E agora?")
    work()
    db.session.rollback()
    replies = select(Message).where(Message.direction == "outbound").order_by(Message.id)
    assert [(each.status, each.error_code) for each in db.session.scalars(replies)] == [
        (Status.UNDELIVERED, 63012),
        (Status.DELIVERED, None),
    ]
    assert db.session.scalars(select(Participant)).one().attention == Attention.NOT_DELIVERED
    assert "E agora?" in bia.get(f"{path}/thread").text
    assert twilio.requests == []


def test_pressed_in_a_page_with_scripts_the_words_pass_by(bia):
    path = write(bia)
    form = {"csrf_token": csrf_token(bia.get(path))}
    headers = {"HX-Request": "true", "Accept-Language": "pt-BR"}
    response = bia.post(f"{path}/voice", data=form, headers=headers)
    told = json.loads(response.headers["HX-Trigger"])
    assert told == {"toast": "Uma mensagem de voz foi enviada."}
    assert (response.status_code, response.text) == (204, "")
    response = bia.post(f"{path}/failure", data=form, headers=headers)
    assert "toast" in json.loads(response.headers["HX-Trigger"])
    assert response.text == bia.get(f"{path}/failure", headers=headers).text
    assert "disabled" in response.text


def test_what_is_pretended_is_not_for_viewers_nor_for_real_people(bia, davi, client, twilio):
    comes_in(twilio, client, ANA, "Oi")
    real = db.session.scalars(select(Participant.id)).one()
    for deed in ("voice", "reading", "failure"):
        assert submit(bia, "/simulator", f"/simulator/{real}/{deed}").status_code == 404
        assert submit(davi, "/preferences", f"/simulator/{real}/{deed}").status_code == 403
