"""Files go out one a message, in order, from an address that Twilio can fetch and nobody guess."""

import io
from urllib.parse import urlsplit

import pytest

from tests.cast import ANA, known, only, outbound, participant, rows
from tests.media.recorded import recorded
from tests.support.samples import PDF, png
from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction
from wa_assistant.delivery import resend, send
from wa_assistant.media import files, handed_out, outgoing
from wa_assistant.models import Author, Media, Message, Participant, Role, Status, User

from .sending import later, look_three_times, posts

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def say(ana: int, body: str, *given: tuple[bytes, str]) -> None:
    taken = [outgoing.take(io.BytesIO(content), name, "") for content, name in given]
    with transaction():
        outbox.put(db.session.get_one(Participant, ana), body, Author.USER, files=taken)


def sent(twilio) -> list[tuple[str, str]]:
    """The text of each message, and its file's name."""
    tokens = [each.fields.get("MediaUrl", "").rpartition("/")[2] for each in twilio.messages]
    found = [handed_out.found(token) for token in tokens]
    names = [file.name if file else "" for file in found]
    return [(each.body, name) for each, name in zip(twilio.messages, names, strict=True)]


def deliver_all(ana: int, count: int) -> None:
    for _ in range(count):
        send.deliver(ana)
        later(5)


def test_the_text_stands_under_the_first_picture_and_each_file_is_a_message(ana, twilio):
    say(ana, "As duas plantas", (png(), "a.png"), (png(64, 64), "b.png"))
    deliver_all(ana, 2)
    assert sent(twilio) == [("As duas plantas", "a.png"), ("", "b.png")]
    assert [each.kind for each in outbound()] == ["image", "image"]
    assert all(each.status == Status.QUEUED and each.cost for each in outbound())


@pytest.mark.parametrize(
    ("content", "name"), [(PDF, "contrato.pdf"), (recorded("voice.ogg"), "voz.ogg")]
)
def test_under_what_takes_no_caption_the_text_follows_as_a_message(ana, twilio, content, name):
    say(ana, "Veja a cláusula 3", (content, name))
    deliver_all(ana, 2)
    assert sent(twilio) == [("", name), ("Veja a cláusula 3", "")]


def test_what_quotes_comes_before_a_file_that_takes_no_caption(ana, twilio):
    say(ana, "> Quanto custa?\nSegue a tabela", (PDF, "tabela.pdf"))
    deliver_all(ana, 2)
    assert [name for _, name in sent(twilio)] == ["", "tabela.pdf"]


def test_behind_a_file_the_next_waits_until_it_was_fetched(ana, twilio):
    say(ana, "", (png(), "a.png"), (png(64, 64), "b.png"))
    send.deliver(ana)
    send.deliver(ana)
    assert len(twilio.messages) == 1


def test_an_answer_lost_on_the_way_does_not_send_the_file_twice(ana, twilio):
    say(ana, "A planta", (png(), "a.png"))
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    assert only(Message).status == Status.UNCERTAIN
    look_three_times(ana)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.QUEUED, twilio.messages[0].sid)
    assert posts(twilio) == 1


def test_a_file_twilio_could_not_fetch_is_sent_again_as_a_copy(ana, twilio):
    say(ana, "A planta", (png(), "a.png"))
    send.deliver(ana)
    with transaction():
        failed = db.session.scalars(db.select(Message)).one()
        failed.status, failed.error_code = Status.UNDELIVERED, 63019
        db.session.add(User(email="bia@example.com", role=Role.EDITOR))
    bia = only(User)
    assert resend.may_be_sent_again(only(Message), participant(ANA))
    resend.send_again(ana, only(Message).id, bia)
    send.deliver(ana)
    assert sent(twilio) == [("A planta", "a.png")] * 2
    first, second = rows(Media)
    files.path(first.file).unlink()
    assert files.path(second.file).read_bytes() == png()


def test_outside_the_window_it_waits_with_its_files(ana, twilio):
    with transaction():
        db.session.get_one(Participant, ana).last_inbound_at = None
    say(ana, "", (png(), "a.png"))
    send.deliver(ana)
    assert (only(Message).status, twilio.messages) == (Status.PARKED, [])
    assert only(Media).is_kept


@pytest.fixture
def address(ana) -> str:
    say(ana, "", (PDF, "contrato é.pdf"))
    return urlsplit(handed_out.address(only(Media))).path


def test_the_address_gives_the_file_and_its_name_and_may_be_asked_in_parts(client, address):
    response = client.get(address)
    assert (response.status_code, response.data, response.mimetype) == (200, PDF, "application/pdf")
    headers = response.headers
    assert "filename*=UTF-8''contrato%20%C3%A9.pdf" in headers["Content-Disposition"]
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, max-age=600"
    assert "Set-Cookie" not in headers
    head = client.head(address)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(PDF)))
    part = client.get(address, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, PDF[:10])


def test_another_address_gives_nothing(app, client, address, monkeypatch):
    assert client.get(f"{address[:-3]}abc").status_code == 404
    assert client.get(f"/files/{only(Media).id}").status_code == 404
    monkeypatch.setattr(handed_out, "LASTS_SECONDS", -1)
    assert client.get(address).status_code == 404


def test_twilio_fetches_what_it_is_told_to(app, site, ana, twilio):
    app.config["PUBLIC_URL"] = site
    twilio.fetches = True
    say(ana, "", (png(), "planta.png"))
    send.deliver(ana)
    head, got = twilio.messages[0].fetched
    assert (head.status, got.status, got.content) == (200, 200, png())
    assert head.headers["content-type"] == "image/png"
