"""Files are noted with their message, fetched, checked, kept, and forgotten."""

import hashlib
import stat

import pytest
from sqlalchemy import select

from tests.cast import ANA, at_once, only, outbound, participant, rows, write
from tests.doubles.server import Response
from tests.support.eventually import eventually
from tests.support.samples import HTML, OGG, PDF, PROGRAM, png, send
from wa_assistant.database import db, transaction
from wa_assistant.media import attachments, download, files, steps
from wa_assistant.models import Attention, Media, MediaStatus, Message, Participant, Trouble
from wa_assistant.operations import sweeper
from wa_assistant.work import claims, overdue, policies
from wa_assistant.work.faults import DIED

from .attached import SORRY

pytestmark = pytest.mark.usefixtures("context")

FETCH = "jobs.media.fetch"
LEASE = policies.MEDIA.lease


def left_over() -> set[str]:
    return {path.name for path in files.folder().iterdir()}


def attempt() -> Media:
    """Fetch what is due; the file as it is then."""
    attachments.process(only(Message).id)
    found: Media = only(Media)
    return found


def test_a_file_is_fetched_and_kept_unguessably_and_privately(twilio, work):
    send(twilio, ANA, png(), "image/png", name="praia.png")
    assert work.waiting()[0] == FETCH
    work()
    file = only(Media)
    path = files.path(file.file)
    assert path.read_bytes() == png()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(file.file) == 32
    assert (file.status, file.content_type, file.name) == ("kept", "image/png", "praia.png")
    assert (file.size, file.sha256) == (len(png()), hashlib.sha256(png()).hexdigest())
    assert (file.step, file.error) == (None, None)
    assert left_over() == {file.file}


def test_several_files_are_kept_in_their_order(twilio, work):
    second = twilio.keep(PDF, "application/pdf")
    more = {"MediaUrl1": second, "MediaContentType1": "application/pdf"}
    send(twilio, ANA, png(), "image/png", NumMedia="2", body="veja", **more)
    work()
    assert [file.content_type for file in rows(Media)] == ["image/png", "application/pdf"]


@pytest.mark.parametrize(
    ("content", "claimed", "trouble"),
    [
        (HTML, "image/jpeg", Trouble.DISGUISED),
        (PROGRAM, "application/pdf", Trouble.PROGRAM),
    ],
)
def test_what_is_not_to_be_kept_is_refused_at_once(twilio, content, claimed, trouble):
    send(twilio, ANA, content, claimed)
    file = attempt()
    assert (file.status, file.error, file.step) == ("refused", trouble, None)
    assert left_over() == set()
    assert participant(ANA).attention == Attention.NO_FILE
    assert len(twilio.store.requests) == 1


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(twilio, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 1000)
    send(twilio, ANA, PDF, "application/pdf")
    assert (attempt().error, left_over()) == (Trouble.TOO_LARGE, set())


def test_a_file_elsewhere_is_refused_without_a_question(twilio):
    send(twilio, ANA, b"", "image/png", url="http://127.0.0.1:9/x")
    assert (attempt().error, twilio.requests) == (Trouble.ELSEWHERE, [])


def test_a_file_a_little_later_than_its_webhook_is_found(twilio, work):
    twilio.store.fail_next(2, status=404)
    send(twilio, ANA, png(), "image/png")
    file = attempt()
    assert (file.status, file.error) == ("waiting", Trouble.NOT_THERE)
    work()
    assert only(Media).status == MediaStatus.KEPT
    assert participant(ANA).attention is None


def test_a_file_that_is_never_there_is_given_up_and_a_person_called(twilio, work):
    twilio.store.fail_next(99, status=404)
    send(twilio, ANA, png(), "image/png")
    work()
    file = only(Media)
    assert (file.status, file.error, file.step) == ("failed", Trouble.NOT_THERE, None)
    assert len(twilio.store.requests) == policies.MEDIA.most_attempts
    assert participant(ANA).attention == Attention.NO_FILE
    assert left_over() == set()


def test_a_file_that_cannot_be_reached_is_tried_again(twilio, work):
    twilio.store.drop_connection(3, on="GET")
    send(twilio, ANA, png(), "image/png")
    work()
    assert only(Media).status == MediaStatus.KEPT


def test_a_sender_s_name_is_shown_and_is_never_a_path(twilio, work):
    send(twilio, ANA, PDF, "application/pdf", kind="document", name="../../etc/pass\u202ewd.pdf")
    work()
    file = only(Media)
    assert file.name == "pass wd.pdf"
    assert left_over() == {file.file}


def test_a_document_s_text_is_its_name(twilio, work):
    send(twilio, ANA, PDF, "application/pdf", kind="document", body="contrato.pdf")
    work()
    assert only(Media).name == "contrato.pdf"


def test_two_workers_fetch_a_file_once(app, twilio):
    send(twilio, ANA, png(), "image/png")
    message_id = only(Message).id
    with at_once(app) as start:
        both = [start(attachments.process, message_id) for _ in range(2)]
    assert [future.result() for future in both] == [None, None]
    assert len(twilio.store.requests) == 1
    assert only(Media).status == MediaStatus.KEPT


def test_whoever_dies_over_a_file_has_it_fetched_by_another(twilio, work):
    send(twilio, ANA, png(), "image/png")
    step = steps.take(only(Media).id)
    assert step
    files.draft(step.file, step.claim.token).write_bytes(b"half of i")
    assert overdue.find(steps.FILES, 10) == []
    work.pass_time(LEASE + 1)
    assert overdue.find(steps.FILES, 10) == [only(Message).id]
    sweeper.sweep()
    work(within=0)
    assert only(Media).status == MediaStatus.KEPT
    assert left_over() == {only(Media).file}


def test_who_comes_back_too_late_changes_nothing(twilio, work):
    send(twilio, ANA, png(), "image/png")
    late = steps.take(only(Media).id)
    work.pass_time(LEASE + 1)
    attempt()
    assert late
    with pytest.raises(claims.Lost):
        steps.give_up(late, Trouble.UNREACHABLE, MediaStatus.FAILED)
    file = only(Media)
    assert (file.status, file.error) == ("kept", None)
    assert files.path(file.file).exists()


def test_while_another_is_at_it_who_comes_back_too_late_changes_nothing(twilio, work):
    send(twilio, ANA, png(), "image/png")
    late = steps.take(only(Media).id)
    work.pass_time(LEASE + 1)
    assert late
    assert steps.take(only(Media).id)
    with pytest.raises(claims.Lost):
        steps.give_up(late, Trouble.UNREACHABLE, MediaStatus.FAILED)
    assert only(Media).status == MediaStatus.WAITING
    assert participant(ANA).attention is None


def test_a_file_over_which_workers_die_is_left_alone(twilio, work):
    send(twilio, ANA, png(), "image/png")
    for _ in range(policies.MEDIA.most_faults):
        step = steps.take(only(Media).id)
        assert step
        files.draft(step.file, step.claim.token).write_bytes(b"half of i")
        work.pass_time(LEASE + 1)
    assert participant(ANA).attention is None
    assert steps.take(only(Media).id) is None
    file = only(Media)
    assert (file.status, file.step, file.fault) == ("failed", None, DIED)
    assert overdue.find(steps.FILES, 10) == []
    assert participant(ANA).attention == Attention.NO_FILE
    assert left_over() == set()


def test_whoever_takes_a_file_locks_its_participant_first(app, twilio, work):
    """As whoever ends a step does: in another order two of them would wait for each other."""
    send(twilio, ANA, png(), "image/png")
    media_id, ana = only(Media).id, participant(ANA).id
    for _ in range(policies.MEDIA.most_faults):
        assert steps.take(media_id)
        work.pass_time(LEASE + 1)
    with at_once(app, 1) as start:
        with transaction():
            db.session.get_one(Participant, ana, with_for_update=True)
            burying = start(steps.take, media_id)
            with pytest.raises(TimeoutError):
                burying.result(0.5)
            free = select(Media.id).where(Media.id == media_id).with_for_update(skip_locked=True)
            assert db.session.scalar(free) == media_id
        assert burying.result(10) is None
    assert only(Media).dead_at
    assert participant(ANA).attention == Attention.NO_FILE


def test_so_is_a_voice_message_over_which_they_die(twilio, work):
    send(twilio, ANA, OGG, "audio/ogg")
    step = steps.take(only(Media).id)
    assert step
    download.fetch(step)
    for _ in range(policies.MEDIA.most_faults):
        assert steps.take(only(Media).id)
        work.pass_time(LEASE + 1)
    assert steps.take(only(Media).id) is None
    assert (only(Media).status, only(Media).error) == ("kept", Trouble.NOT_HEARD)
    assert participant(ANA).attention == Attention.NOT_HEARD


def test_the_database_is_free_while_a_file_is_fetched(app, twilio):
    send(twilio, ANA, png(), "image/png")
    message_id = only(Message).id

    def pieces():
        with app.app_context(), transaction():
            db.session.query(Participant).update({"name": "Renamed meanwhile"})
        yield png()

    twilio.store.answer_next(Response(200, pieces=pieces))
    with at_once(app, 1) as start:
        done = start(attachments.process, message_id)
    assert done.result() is None
    assert only(Media).status == MediaStatus.KEPT
    assert participant(ANA).name == "Renamed meanwhile"


def test_what_is_forgotten_is_gone_from_the_disk(twilio, work):
    for content, kind in ((png(), "image/png"), (PDF, "application/pdf")):
        send(twilio, ANA, content, kind)
    work()
    first, second = rows(Message, Message.kind != "text", Message.direction == "inbound")
    with transaction():
        files.forget([first.id])
        assert len(left_over()) == 2, "until it is committed"
    assert left_over() == {only(Media, Media.message_id == second.id).file}
    assert len(rows(Media)) == 1


def test_what_is_forgotten_during_its_download_is_not_kept(app, twilio, work):
    send(twilio, ANA, png(), "image/png")
    message_id = only(Message).id

    def pieces():
        with app.app_context(), transaction():
            files.forget([message_id])
        yield png()

    twilio.store.answer_next(Response(200, pieces=pieces))
    attachments.process(message_id)
    assert rows(Media) == []
    eventually(lambda: left_over() == set())


def test_a_message_without_files_rings_for_none(work):
    write(ANA, "Oi")
    assert work.waiting() == ["jobs.reply.answer"]


def test_a_voice_message_of_a_make_nobody_knows_is_kept_and_a_person_called(openai, twilio, work):
    send(twilio, ANA, b"a make nobody knows", "audio/ogg", kind="audio")
    work()
    file = only(Media)
    assert (file.status, file.content_type) == ("kept", "application/octet-stream")
    assert (file.error, file.step) == (Trouble.NOT_HEARD, None)
    assert participant(ANA).attention == Attention.NOT_HEARD
    assert outbound()[0].body.startswith(SORRY)
    assert openai.requests == []


def test_a_voice_note_of_nobody_s_model_is_only_kept(app, twilio, work):
    app.config["OPENAI_CONNECTED"] = False
    send(twilio, ANA, OGG, "audio/ogg")
    work()
    file = only(Media)
    assert (file.status, file.transcript, file.step) == ("kept", None, None)
