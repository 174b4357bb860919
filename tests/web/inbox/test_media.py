"""Participants' files are others' bytes: for signed-in eyes, and never as a page of ours."""

import pytest

from tests.cast import ANA, only, rows
from tests.support.samples import HTML, OGG, PDF, SVG, VCARD, png, send
from tests.web import people
from wa_assistant.database import transaction
from wa_assistant.media import files
from wa_assistant.models import Media, Message, Role

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def davi(app):
    """A viewer, who may see all that is said."""
    return people.signed_in(app, "davi@example.com", Role.VIEWER)


@pytest.fixture
def keep(twilio, work):
    """`keep(content, type)`: what a participant sent is here; its address."""

    def fetched(content: bytes, content_type: str, **how) -> str:
        send(twilio, ANA, content, content_type, **how)
        work()
        return f"/media/{rows(Media)[-1].id}"

    return fetched


def test_who_is_not_signed_in_sees_nothing(client, keep):
    response = client.get(keep(png(), "image/png"))
    assert (response.status_code, response.location) == (303, "/sign-in")
    assert png() not in response.data


def test_an_expired_session_is_told_so(client, keep):
    response = client.get(keep(png(), "image/png"), headers={"HX-Request": "true"})
    assert response.status_code == 401


def test_a_picture_is_shown_as_it_was_sent(davi, keep):
    response = davi.get(keep(png(), "image/png"))
    assert (response.status_code, response.data) == (200, png())
    headers = response.headers
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "claimed", "kind", "served"),
    [
        (HTML, "text/html", "document", "application/octet-stream"),
        (SVG, "application/xml", "document", "application/octet-stream"),
        (PDF, "application/pdf", "document", "application/pdf"),
        (VCARD, "text/vcard", "contacts", "text/vcard; charset=utf-8"),
        (PDF, "text/html", "document", "application/pdf"),
    ],
    ids=["html", "svg", "pdf", "contact", "pdf said to be html"],
)
def test_whatever_else_it_is_it_is_only_saved(davi, keep, content, claimed, kind, served):
    response = davi.get(keep(content, claimed, kind=kind))
    assert response.headers["Content-Type"] == served
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_disguised_as_a_picture_is_not_there_at_all(davi, keep):
    assert davi.get(keep(HTML, "image/jpeg")).status_code == 404


def test_a_part_of_a_recording_can_be_asked_for(davi, keep):
    address = keep(OGG, "audio/ogg; codecs=opus", kind="audio")
    whole = davi.get(address)
    assert (whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == ("audio/ogg", "bytes")
    part = davi.get(address, headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.data) == (206, OGG[4:10])
    assert part.headers["Content-Range"] == f"bytes 4-9/{len(OGG)}"
    assert part.headers["Cache-Control"] == "private, no-store"


def test_a_file_is_saved_under_its_sender_s_name(davi, keep):
    address = keep(PDF, "application/pdf", kind="document", name='con"trato\r\nX: y ç.pdf')
    disposition = davi.get(address).headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "\n" not in disposition
    assert "%C3%A7" in disposition


def test_any_file_can_be_saved(davi, keep):
    response = davi.get(keep(png(), "image/png") + "?save")
    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=whatsapp-{only(Media).id}.png"
    )


def test_a_file_that_is_gone_is_said_to_be(davi, keep):
    address = keep(png(), "image/png")
    files.path(only(Media).file).unlink()
    response = davi.get(address)
    assert response.status_code == 404
    assert "There is nothing here (any more)." in response.text


def test_a_file_that_was_forgotten_is_not_there(davi, keep):
    address = keep(png(), "image/png")
    with transaction():
        files.forget([message.id for message in rows(Message)])
    assert davi.get(address).status_code == 404


@pytest.mark.parametrize("path", ["/media/../secret_key", "/media/secret_key", "/media/-1"])
def test_nothing_but_a_number_names_a_file(davi, path):
    assert davi.get(path).status_code == 404


def test_pages_may_show_what_is_ours_and_nothing_else(davi):
    policy = davi.get("/").headers["Content-Security-Policy"]
    assert "img-src 'self';" in policy
    assert "media-src 'self' blob:;" in policy


def thread(davi) -> str:
    return str(davi.get(f"/conversations/{rows(Message)[0].participant_id}").text)


def test_a_thread_has_a_player_with_the_words_under_it(davi, keep):
    address = keep(OGG, "audio/ogg", kind="audio")
    page = thread(davi)
    assert f'src="{address}" controls' in page
    assert "Que horas vocês abrem?" in page


def test_a_thread_has_a_picture(davi, keep):
    assert f'<img src="{keep(png(), "image/png")}"' in thread(davi)


def test_a_thread_has_a_link_to_save_a_document_with_its_name_type_and_size(davi, keep):
    address = keep(PDF, "application/pdf", kind="document", body="contrato.pdf")
    page = thread(davi)
    assert f'href="{address}?save=1"' in page
    assert "PDF · 48 kB" in page
    assert page.count('"file-name">contrato.pdf<') == 1


def test_a_thread_says_why_a_file_is_not_there(davi, keep):
    keep(HTML, "image/jpeg")
    assert "It is not what it claims to be, so it was not kept." in thread(davi)


def test_a_thread_says_that_the_words_were_not_made_out(davi, keep, openai):
    openai.hears = ""
    keep(OGG, "audio/ogg", kind="audio")
    page = thread(davi)
    assert "The words could not be made out." in page
    assert "a voice message was not understood" in page


def test_a_thread_says_that_a_file_is_on_its_way(davi, twilio):
    send(twilio, ANA, png(), "image/png")
    assert "Being fetched" in thread(davi)


def test_what_was_spoken_stands_in_the_list(davi, keep, app):
    app.config["OPENAI_CONNECTED"] = True
    keep(OGG, "audio/ogg", kind="audio", ProfileName="<b>Ana</b>")
    assert "&lt;b&gt;Ana" in davi.get("/conversations").text


def test_markup_in_a_name_or_a_transcript_is_text(davi, keep, openai):
    openai.hears = "<img src=x onerror=alert(1)>"
    keep(OGG, "audio/ogg", kind="audio")
    page = thread(davi)
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
