"""Voice notes are written down before they are answered."""

import pytest

from tests.cast import ANA, at_once, inbound, only, outbound, participant, rows, write
from tests.doubles.openai import COMPLETIONS, TRANSCRIPTIONS
from tests.settlement import lost, twice
from tests.support.samples import OGG, send
from wa_assistant.assistant import offline, reply
from wa_assistant.database import db, transaction
from wa_assistant.live import bells
from wa_assistant.media import attachments
from wa_assistant.models import AiCall, Attention, Media, Message, Outcome, Settlement, Trouble
from wa_assistant.work import rates
from wa_assistant.work.rates import Share

from .attached import SAID, SORRY, asked, speak

pytestmark = pytest.mark.usefixtures("context")


def test_a_voice_note_is_answered_as_if_it_had_been_written(openai, twilio, work):
    speak(twilio)
    work()
    (heard,) = openai.transcriptions
    assert (heard.name, heard.content_type, heard.model) == (
        "voice.ogg",
        "audio/ogg",
        "gpt-transcribe",
    )
    assert heard.content == OGG
    assert only(Media).transcript == SAID
    assert asked(openai) == [f"[voice message, transcribed]\n{SAID}"]
    assert only(Message, Message.direction == "inbound").settlement == Settlement.ANSWERED


def test_a_transcription_is_a_call_with_its_tokens(twilio, work):
    speak(twilio)
    work()
    spoken = rows(AiCall, AiCall.prompt_version == "")
    assert [(call.model, call.input_tokens, call.output_tokens, call.cost) for call in spoken] == [
        ("gpt-transcribe", 14, 9, None)
    ]
    assert spoken[0].outcome == Outcome.ANSWERED


def test_a_burst_with_a_voice_note_is_answered_together(openai, twilio, work):
    write(ANA, "Oi")
    speak(twilio)
    write(ANA, "?")
    work()
    assert asked(openai) == ["Oi", f"[voice message, transcribed]\n{SAID}", "?"]
    assert len(outbound()) == 1


def test_nobody_s_transaction_is_open_while_a_voice_note_is_heard(app, openai, twilio):
    speak(twilio)
    openai.hold()
    with at_once(app) as start:
        done = start(attachments.process, inbound()[0].id)
        while not openai.waiting and not done.done():
            pass
        with transaction():
            db.session.get_one(Message, inbound()[0].id).error = "written meanwhile"
        openai.release()
    assert done.result() is None
    assert only(Media).transcript == SAID


def test_a_transcription_that_fails_for_a_moment_is_tried_again(openai, twilio, work):
    openai.fail_next(2, status=503, path=TRANSCRIPTIONS)
    speak(twilio)
    work()
    assert only(Media).transcript == SAID
    assert len(openai.transcriptions) == 3
    assert asked(openai) == [f"[voice message, transcribed]\n{SAID}"]
    assert participant(ANA).attention is None


def test_a_server_that_hangs_up_is_asked_again(openai, twilio, work):
    openai.drop_connection(1)
    speak(twilio)
    work()
    assert only(Media).transcript == SAID


@pytest.mark.parametrize(
    ("status", "code", "tries"),
    [(400, "unsupported_value", 1), (429, None, 4), (500, None, 4)],
)
def test_a_voice_note_nobody_understands_is_said_to_be_so(
    openai, twilio, work, status, code, tries
):
    openai.fail_next(99, status=status, code=code, path=TRANSCRIPTIONS)
    speak(twilio)
    work()
    assert len(openai.transcriptions) == tries
    file, (said,) = only(Media), outbound()
    assert (file.status, file.error, file.transcript) == ("kept", Trouble.NOT_HEARD, None)
    assert said.body.startswith(SORRY)
    assert said.ai_call_id == rows(AiCall)[-1].id
    assert participant(ANA).attention == Attention.NOT_HEARD
    assert openai.calls == []
    assert [sent.body for sent in twilio.messages] == [said.body]
    assert inbound()[0].answered_by_id == said.id
    assert lost(db.session) == twice(db.session, twilio.messages) == []


def test_without_credit_nobody_is_asked_to_write_what_would_not_be_answered(openai, twilio, work):
    openai.fail_next(99, status=429, code="insufficient_quota")
    speak(twilio)
    work()
    assert openai.calls == []
    assert [said.body for said in outbound()] == [offline.HOLDING["pt"]]
    assert participant(ANA).attention == Attention.MODEL_FAILED


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
def test_a_transcription_counts_among_the_calls_of_a_minute(openai, twilio, work):
    speak(twilio)
    work(within=5)
    assert (len(openai.transcriptions), openai.calls) == (1, [])
    bells.redis.flushdb()
    work.pass_time(120)
    reply.answer(participant(ANA).id)
    assert len(openai.calls) == 1


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
def test_to_wait_for_its_turn_is_no_attempt_and_costs_no_patience(app, openai, twilio, work):
    rates.take(60, Share("model.requests", 1))
    speak(twilio)
    work(within=150)
    assert openai.requests == outbound() == []
    assert (only(Media).attempts, only(Media).error) == (0, None)
    openai.fail_next(2, status=503, path=TRANSCRIPTIONS)
    app.config["OPENAI_REQUESTS_PER_MINUTE"] = 1000
    work()
    assert only(Media).transcript == SAID
    assert asked(openai) == [f"[voice message, transcribed]\n{SAID}"]
    assert participant(ANA).attention is None


@pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=3000)
def test_a_transcription_counts_with_its_tokens(openai, twilio):
    send(twilio, ANA, OGG + bytes(300_000), "audio/ogg", kind="audio")
    attachments.process(inbound()[0].id)
    assert len(openai.transcriptions) == 1
    assert rates.take(60, Share("model.tokens", 3000, 1000)) > 0


def test_silence_is_not_understood_either(openai, twilio, work):
    openai.hears = "  "
    speak(twilio)
    work()
    assert outbound()[0].body.startswith(SORRY)
    assert rows(AiCall)[0].outcome == Outcome.UNUSABLE


def test_it_is_said_in_the_language_of_what_was_written_before(openai, twilio, work):
    write(ANA, "Hello! I would like to know about your courses, please")
    work()
    openai.fail_next(99, status=400, path=TRANSCRIPTIONS)
    speak(twilio)
    work()
    assert outbound()[-1].body == offline.PLEASE_WRITE["en"]


def test_it_is_no_holding_sentence_which_may_still_follow(openai, twilio, work):
    openai.fail_next(1, status=400, path=TRANSCRIPTIONS)
    speak(twilio)
    work()
    openai.fail_next(99, status=401, path=COMPLETIONS)
    write(ANA, "Que horas vocês abrem amanhã?")
    work()
    assert outbound()[-1].body == offline.HOLDING["pt"]


def test_with_words_beside_it_the_model_answers_and_asks_for_the_rest(openai, twilio, work):
    openai.fail_next(99, status=400, path=TRANSCRIPTIONS)
    write(ANA, "Oi, tudo bem?")
    speak(twilio)
    work()
    assert asked(openai)[-1] == "[voice message whose words could not be made out]"
    assert participant(ANA).attention == Attention.NOT_HEARD


def test_a_voice_note_that_cannot_be_fetched_is_said_to_be_so(openai, twilio, work):
    twilio.store.fail_next(99, status=404)
    speak(twilio)
    work()
    assert outbound()[0].body.startswith(SORRY)
    assert only(Media).status == "failed"


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_without_a_model_nothing_is_heard_and_the_offline_assistant_answers(openai, twilio, work):
    speak(twilio)
    work()
    assert openai.requests == []
    assert only(Media).status == "kept"
    assert outbound()[0].body == offline.HOLDING["pt"]
