"""What is done and read in a browser is in the audit with the address it came from."""

import pytest

from tests.cast import ANA, BIA, BRUNO, DAVI, known, only, rows
from tests.support.logged import data_of
from tests.web import people
from wa_assistant import audit
from wa_assistant.database import db, transaction
from wa_assistant.media import files
from wa_assistant.models import (
    Action,
    AuditEntry,
    Author,
    Direction,
    Media,
    MediaStatus,
    Message,
    Origin,
    Role,
    Status,
    Subject,
)

OPENED = AuditEntry.action == Action.OPENED


@pytest.fixture
def ana(context) -> int:
    return known(ANA)


def read() -> list[tuple[str, str, str]]:
    return [(each.actor, each.subject_id, each.place) for each in rows(AuditEntry, OPENED)]


@pytest.mark.parametrize("path", ["", "/thread", "/head", "/person", "/card"])
def test_whichever_route_shows_a_conversation_it_counts_as_opened(davi, ana, path):
    page = f"/conversations/{ana}{path}"
    for _ in range(2):
        assert davi.get(page, environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 200
    assert read() == [(DAVI, str(ana), "203.0.113.7")]


def test_what_an_open_page_asks_for_by_itself_counts_too(davi, ana):
    davi.get(f"/conversations/{ana}/thread", headers={"X-By-Itself": "1", "HX-Request": "true"})
    assert len(read()) == 1


def test_a_file_of_a_conversation_that_is_fetched_by_its_address_counts(davi, ana):
    with transaction():
        said = Message(participant_id=ana, direction=Direction.INBOUND, author=Author.PARTICIPANT)
        said.body, said.kind, said.status = "", "audio", Status.RECEIVED
        db.session.add(said)
        db.session.flush()
        file = Media(message_id=said.id, position=0, url="", file="voice")
        file.status, file.content_type = MediaStatus.KEPT, "audio/ogg"
        db.session.add(file)
    files.path("voice").write_bytes(b"OggS")
    davi.get(f"/media/{file.id}").close()
    assert read() == [(DAVI, str(ana), "127.0.0.1")]


def test_what_nobody_was_shown_nobody_opened(davi, client, ana):
    assert davi.get(f"/conversations/{ana + 1}").status_code == 404
    assert client.get(f"/conversations/{ana}").status_code == 303
    assert davi.get("/conversations").status_code == 200
    assert read() == []


def test_an_act_says_from_which_address_it_came(bia, ana):
    page = f"/conversations/{ana}"
    token = people.csrf_token(bia.get(page))
    bia.post(f"{page}/takeover", data={"csrf_token": token}, environ_base={"REMOTE_ADDR": "::1"})
    entry = only(AuditEntry, AuditEntry.action == Action.TOOK_OVER)
    assert (entry.actor, entry.origin, entry.place) == (BIA, "dashboard", "::1")


def test_the_address_of_one_request_is_not_the_next_one_s(bia, ana):
    bia.get("/", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    with transaction():
        audit.record(Origin.COMMAND_LINE, Action.PAUSED, Subject.PARTICIPANT, ana)
    assert only(AuditEntry, AuditEntry.action == Action.PAUSED).place == ""


def test_a_conversation_is_shown_where_nothing_can_be_written(make_app, databases, disk, caplog):
    """On a full disk, which SQLite speaks of as it comes."""
    url = databases.clean("sqlite", disk.path / "wa_assistant.sqlite3")
    app = make_app(DATABASE_URL=url)
    with app.app_context():
        ana, bruno = known(ANA), known(BRUNO)
    davi = people.signed_in(app, DAVI, Role.VIEWER)
    assert davi.get(f"/conversations/{ana}").status_code == 200
    disk.fill()
    for each in (ana, bruno):
        assert davi.get(f"/conversations/{each}").status_code == 200
    told = {"email": DAVI, "participant": bruno}
    assert data_of(caplog, "not written down who opened a conversation") == [told]
    disk.make_room()
    assert davi.get(f"/conversations/{bruno}").status_code == 200
    with app.app_context():
        assert [each[1] for each in read()] == [str(ana), str(bruno)]
