"""Whatever a telephone writes is heard by the model and played for the team."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.cast import ANA, inbound, only, outbound, participant
from tests.support.samples import send
from wa_assistant.database import utcnow
from wa_assistant.media import child, files, recordings, sound
from wa_assistant.models import Attention, Media, MediaStatus, MediaStep, Trouble
from wa_assistant.web.inbox.media import SOUNDS

from .attached import SAID, SORRY
from .recorded import MAKES, SECONDS, film, recorded, told

pytestmark = pytest.mark.usefixtures("context")

CONVERTED = (
    *("voice.amr", "voice.3gp", "voice.aac", "alac.caf", "ulaw.caf", "alac.m4a", "voice.aiff"),
    *("voice.flac", "ulaw.wav"),
)
CLAIMED = {
    "amr": "audio/amr",
    "3gp": "audio/3gpp",
    "aac": "audio/aac",
    "caf": "audio/x-caf",
    "m4a": "audio/mp4",
    "mp4": "audio/mp4",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "aiff": "audio/aiff",
    "ogg": "audio/ogg; codecs=opus",
    "wav": "audio/wav",
    "webm": "audio/webm",
}


def claimed(name: str) -> str:
    return CLAIMED[name.partition(".")[2]]


def kept() -> bytes:
    return files.path(only(Media).file).read_bytes()


@pytest.mark.parametrize("name", MAKES)
def test_it_is_heard_and_played(openai, twilio, work, name):
    send(twilio, ANA, recorded(name), claimed(name), kind="audio")
    work()
    file = only(Media)
    assert (file.status, file.error, file.transcript) == (MediaStatus.KEPT, None, SAID)
    assert file.content_type in SOUNDS
    assert file.size == len(kept())
    (heard,) = openai.transcriptions
    assert heard.name.rpartition(".")[2] in ("ogg", "mp3", "m4a", "wav", "webm")
    assert heard.content == kept()
    assert (kept() != recorded(name)) is (name in CONVERTED)
    container, codec, length = told(kept())
    assert name not in CONVERTED or (container, codec) == ("ogg", "opus")
    assert abs(length - SECONDS) < 0.2


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("voice.ogg", "video/ogg"),
        ("voice.mp4", "video/mp4"),
        ("voice.3gp", "video/3gpp"),
        ("voice.webm", "video/webm"),
        ("voice.amr", "application/octet-stream"),
        ("voice.m4a", "audio/x-m4a"),
        ("voice.aac", "audio/mp4"),
        ("voice.amr", "audio/ogg"),
    ],
)
def test_whatever_it_says_it_is(openai, twilio, work, name, says):
    send(twilio, ANA, recorded(name), says, kind=says.partition("/")[0])
    work()
    file = only(Media)
    assert (file.family, file.transcript, len(openai.transcriptions)) == ("audio", SAID, 1)
    assert file.content_type in SOUNDS
    if says.startswith("video/"):
        assert inbound()[0].kind == "audio"


@pytest.mark.parametrize("with_sound", [True, False])
def test_a_film_stays_one(openai, twilio, work, with_sound):
    content = film(with_sound=with_sound)
    send(twilio, ANA, content, "video/mp4", kind="video")
    work()
    assert (only(Media).content_type, kept()) == ("video/mp4", content)
    assert openai.transcriptions == []
    assert inbound()[0].kind == "video"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"#!AMR\n" + bytes(3), "audio/amr"),
        (b"caff\x00\x01\x00\x00desc" + b"\xff" * 300, "audio/x-caf"),
        (recorded("voice.nut"), "audio/x-nut"),
        (b"\x01\x02\x03\x04" * 500, "audio/x-unheard-of"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/passwd\n", "audio/x-mpegurl"),
    ],
    ids=["empty", "broken", "no telephone's", "unknown", "playlist"],
)
def test_what_cannot_be_is_said(openai, twilio, work, content, says):
    send(twilio, ANA, content, says, kind="audio")
    work()
    file = only(Media)
    assert (file.status, file.error) == (MediaStatus.KEPT, Trouble.NOT_HEARD)
    assert kept() == content
    assert participant(ANA).attention == Attention.NOT_HEARD
    assert outbound()[0].body.startswith(SORRY)
    assert openai.transcriptions == []


def test_one_that_breaks_off_is_heard_until_there(openai, twilio, work):
    content = recorded("voice.amr")
    send(twilio, ANA, content[: len(content) * 2 // 3], "audio/amr", kind="audio")
    work()
    assert only(Media).transcript == SAID
    assert 0.5 < told(kept())[2] < SECONDS


def test_one_that_takes_too_long_is_given_up_and_the_next_is_heard(
    openai, twilio, work, monkeypatch
):
    monkeypatch.setattr(recordings, "PATIENCE_SECONDS", 0.0)
    send(twilio, ANA, recorded("voice.amr"), "audio/amr", kind="audio")
    work()
    assert only(Media).error == Trouble.NOT_HEARD
    monkeypatch.undo()
    send(twilio, ANA, recorded("voice.3gp"), "audio/3gpp", kind="audio")
    work()
    assert len(openai.transcriptions) == 1


def test_its_name_ends_as_it_is_now_and_nothing_is_left_beside_it(twilio, work):
    send(twilio, ANA, recorded("voice.amr"), "audio/amr", kind="document", name="Nota 1.amr")
    work()
    assert only(Media).name == "Nota 1.ogg"
    assert [each.name for each in files.folder().iterdir()] == [only(Media).file]


def test_a_voice_message_of_whatsapp_s_own_starts_no_process(monkeypatch, twilio, work):
    monkeypatch.setattr(recordings, "look", None)
    send(twilio, ANA, recorded("voice.ogg"), "audio/ogg", kind="audio")
    work()
    assert only(Media).transcript == SAID


@pytest.mark.parametrize("name", ["voice.mp4", "voice.m4a", "alac.m4a", "voice.3gp", "voice.webm"])
@pytest.mark.parametrize("kind", ["document", "video"])
def test_a_recording_shared_as_a_file_is_one(openai, twilio, work, name, kind):
    claimed_as = "video/webm" if name == "voice.webm" else "video/mp4"
    body = "Nova gravação 12.m4a"
    send(twilio, ANA, recorded(name), claimed_as, kind=kind, body=body, name=body)
    work()
    file = only(Media)
    assert (file.family, file.transcript, inbound()[0].kind) == ("audio", SAID, "audio")
    (heard,) = openai.transcriptions
    assert heard.name.rpartition(".")[2] in ("ogg", "m4a", "mp3", "wav", "webm")
    assert heard.content_type.startswith("audio/")


def test_what_is_dear_to_read_is_left_alone_however_few_bytes_it_has(monkeypatch, tmp_path):
    file = tmp_path / "voice"
    file.write_bytes(recorded("voice.flac"))
    monkeypatch.setattr(sound, "MOST_READ", 44_100)  # a second of it
    request = {"path": str(file), "to": str(tmp_path / "to")}
    assert child._answer(request) == {"unreadable": True}


def test_while_the_process_is_busy_nobody_is_held_by_it(openai, twilio, work, tmp_path):
    path = tmp_path / "endless"
    os.mkfifo(path)
    request = {"path": str(path), "to": str(tmp_path / "to"), "seconds": 60}
    ask = partial(recordings._apart.ask, request, patience=60, idle=1)
    with ThreadPoolExecutor(1) as others:
        endless = others.submit(ask)
        with path.open("wb"):  # it reads, and there is nothing yet
            send(twilio, ANA, recorded("voice.amr"), "audio/amr", kind="audio")
            assert "jobs.media.fetch" in work(within=1)
            file = only(Media)
            assert not endless.done()
            assert (file.status, file.step) == (MediaStatus.WAITING, MediaStep.FETCH)
            assert (file.attempts, file.error, file.claim_token) == (0, None, None)
            assert file.awaited_until
            assert file.due_at
            assert file.awaited_until < utcnow() + files.PATIENCE
            assert file.due_at > utcnow()
            assert [each.name for each in files.folder().iterdir()] == []
        assert endless.result() == {"unreadable": True}
    work()
    assert only(Media).transcript == SAID
    assert len(openai.transcriptions) == 1
