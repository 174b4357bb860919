"""Files and replies by plain forms: what is sent, what is refused, and that the text stays."""

import io

import pytest

from tests.cast import ANA, inbound, only, outbound, rows
from tests.media.recorded import recorded
from tests.support.samples import PDF, PROGRAM, png
from tests.web.people import comes_in, csrf_token
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction
from wa_assistant.media import files
from wa_assistant.models import Media, Message, Participant, User

pytestmark = pytest.mark.usefixtures("context")

KEY = "a-key-of-a-form"


@pytest.fixture
def path(client, twilio) -> str:
    comes_in(twilio, client, ANA, "Quanto custa?\nE quando começa?", ProfileName="Ana")
    return f"/conversations/{only(Participant).id}"


def send(client, path, body="", *given, key=KEY, **fields):
    """A form of the page, with files as (content, name)."""
    uploads = [(io.BytesIO(content), name) for content, name in given]
    data = {"body": body, "form_key": key, "files": uploads, **fields}
    data["csrf_token"] = csrf_token(client.get(path))
    return client.post(f"{path}/messages", data=data)


def kept() -> set[str]:
    return {each.name for each in files.folder().iterdir()}


def test_files_go_out_without_words_and_two_may_have_one_name(bia, path):
    response = send(bia, path, "", (png(), "image.png"), (png(8, 8), "image.png"))
    assert (response.status_code, response.location) == (303, path)
    assert [(each.kind, each.body) for each in outbound()] == [("image", ""), ("image", "")]
    page = bia.get(path).text
    first, second = rows(Media)
    assert f'src="/media/{first.id}"' in page
    assert f'src="/media/{second.id}"' in page


def test_a_colleague_s_voice_is_shown_as_a_participant_s_and_never_written_down(bia, path):
    send(bia, path, "Ouça", (recorded("voice.ogg"), "voz.ogg"))
    assert [(each.kind, each.body) for each in outbound()] == [("audio", ""), ("text", "Ouça")]
    page = bia.get(path).text
    assert 'class="sound"' in page
    assert "Write it down" not in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([(PDF, "a.pdf"), (PROGRAM, "fatura.pdf")], "“fatura.pdf” was not sent: it is a program"),
        ([(b"", "nada.pdf")], "“nada.pdf” was not sent: it is empty."),
        ([(PDF, "foto.jpg")], "“foto.jpg” was not sent: it is not the kind of file its name says"),
        ([(bytes(17_000_000), "a.pdf")], "“a.pdf” was not sent: it is larger than 16 MB."),
        ([(PDF, f"{n}.pdf") for n in range(11)], "10 files at once at most."),
    ],
)
def test_what_is_refused_is_said_and_the_text_stays(bia, path, given, says):
    send(bia, path, "a long, careful answer", *given)
    page = bia.get(path).text
    assert says in page
    assert ">\na long, careful answer</textarea>" in page
    assert (outbound(), kept()) == ([], set())


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_hundred_megabytes_are_put_on_the_disk_and_refused_by_name(bia, path):
    send(bia, path, "o filme", (bytes(100_000_000), "filme.mp4"))
    page = bia.get(path).text
    assert "“filme.mp4” was not sent: it is larger than 16 MB." in page
    assert ">\no filme</textarea>" in page


def test_more_than_a_form_takes_is_refused_before_it_is_read(bia, path):
    token = csrf_token(bia.get(path))
    response = bia.post(
        f"{path}/messages",
        headers={"HX-Request": "true", "X-CSRFToken": token},
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "300000000"},
    )
    assert response.status_code == 422
    assert "250 MB together at most" in response.headers["HX-Trigger"]


def test_the_same_form_again_sends_no_file_twice_and_another_file_is_said(bia, path):
    for _ in range(2):
        send(bia, path, "a planta", (png(), "a.png"))
    assert len(outbound()) == len(kept()) == 1
    send(bia, path, "a planta", (png(9, 9), "a.png"))
    assert len(outbound()) == len(kept()) == 1
    assert "An earlier version of this was sent already." in bia.get(path).text


def test_in_a_colleague_s_conversation_nothing_is_kept(bia, caio, path):
    takeover.take_over(only(Participant).id, rows(User, User.email == "caio@example.com")[0])
    send(bia, path, "posso?", (PDF, "a.pdf"))
    assert (outbound(), kept()) == ([], set())
    page = bia.get(path).text
    assert "holds this conversation. Take it over first." in page
    assert ">\nposso?</textarea>" in page


def test_who_has_stopped_us_is_sent_a_file_on_purpose_only(client, twilio, bia, path):
    comes_in(twilio, client, ANA, "SAIR")
    send(bia, path, "", (PDF, "a.pdf"))
    assert kept() == set()
    send(bia, path, "", (PDF, "a.pdf"), although_stopped="yes")
    assert [each.kind for each in outbound() if each.user_id] == ["document"]


def test_a_reply_stands_under_what_it_replies_to_and_goes_with_its_line(bia, path):
    asked = inbound()[0]
    page = bia.get(f"{path}?quote={asked.id}").text
    assert f'value="{asked.id}"' in page
    assert "data-line>Quanto custa?</p>" in page
    send(bia, path, "R$ 300 por mês", quote=asked.id, as_quote="yes")
    said = outbound()[0]
    assert (said.body, said.quoted_sid) == ("> Quanto custa?\nR$ 300 por mês", asked.provider_sid)
    page = bia.get(path).text
    assert '<p class="quoted-words">Quanto custa? E quando começa?</p>' in page
    assert ">R$\N{NO-BREAK SPACE}300 por mês</p>" in page


def test_without_its_line_the_participant_sees_the_text_alone(bia, path):
    asked = inbound()[0]
    send(bia, path, "R$ 300", quote=asked.id)
    assert (outbound()[0].body, outbound()[0].quoted_sid) == ("R$ 300", asked.provider_sid)


def test_a_reply_that_is_refused_keeps_what_it_replies_to(bia, path):
    asked = inbound()[0]
    send(bia, path, "veja", (b"", "nada.pdf"), quote=asked.id, as_quote="yes")
    page = bia.get(path).text
    assert "data-line>Quanto custa?</p>" in page
    assert ">\nveja</textarea>" in page


def test_another_conversation_s_message_is_not_quoted(client, twilio, bia, path):
    comes_in(twilio, client, "whatsapp:+14155550123", "Segredo")
    other = inbound()[1]
    assert "data-line>Segredo" not in bia.get(f"{path}?quote={other.id}").text
    send(bia, path, "veja", quote=other.id, as_quote="yes")
    assert outbound() == []
    assert "The message you reply to is no longer there." in bia.get(path).text


def test_what_was_never_sent_offers_no_reply(bia, path):
    send(bia, path, "Olá")
    with transaction():
        db.session.scalars(db.select(Message).where(Message.body == "Olá")).one().status = "failed"
    assert f'data-quote="{outbound()[0].id}"' not in bia.get(path).text
    assert f'data-quote="{inbound()[0].id}"' in bia.get(path).text


def test_the_model_is_told_of_a_colleague_s_picture_and_not_shown_it(
    bia, path, client, twilio, openai, work
):
    send(bia, path, "A planta", (png(), "planta.png"))
    work()
    takeover.hand_back(only(Participant).id, rows(User)[0])
    comes_in(twilio, client, ANA, "E o preço?")
    work()
    turns = openai.calls[-1]["messages"]
    ours = [each["content"] for each in turns if each["role"] == "assistant"]
    assert any('[image message: "planta.png"' in words and "A planta" in words for words in ours)
