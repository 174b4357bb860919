"""Where a cap is met nobody calls a model any more: the offline assistant answers, a person is
called, and nothing goes round in circles."""

import struct

import pytest

from tests.cast import ANA, BRUNO, acting, come, inbound, only, outbound, participant, rows, write
from tests.knowledge import stock
from tests.media.attached import SORRY, speak
from tests.money import calls
from tests.money.counts import count, differences, money
from tests.support.samples import OGG, send
from wa_assistant import settings
from wa_assistant.assistant import offline, reply
from wa_assistant.conversation import aids
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction
from wa_assistant.knowledge import golden, trials
from wa_assistant.knowledge.search import current_thresholds, search
from wa_assistant.models import (
    AiCall,
    AidKind,
    Attention,
    CallKind,
    Measurement,
    Media,
    Outcome,
    Participant,
    Role,
    Scope,
    Settlement,
    Trial,
    User,
)
from wa_assistant.money.ledger import Payer
from wa_assistant.work import claims

pytestmark = pytest.mark.usefixtures("context")

HOURS = "A padaria abre de segunda a sábado, das seis às vinte horas."


@pytest.fixture(autouse=True)
def in_step(context):
    yield
    assert differences() == {}


@pytest.fixture
def owner(context):
    with transaction():
        db.session.add(User(email="caio@example.com", role=Role.OWNER))
    return only(User)


@pytest.fixture
def choose(owner):
    """An owner chooses, by the page's form."""

    def chosen(**given):
        settings.change(given, settings.marks(settings.current()), owner)

    return chosen


def billed(openai):
    """What is spent is what the double asks for."""
    return money() == (openai.bill.total, 0)


def test_what_was_spent_is_what_the_provider_bills(openai, twilio, work):
    openai.cached_tokens, openai.cache_write_tokens, openai.voice_seconds = 20, 30, 7.0
    stock.document("horarios.txt", HOURS)
    write(ANA, "Que horas a padaria abre?")
    work()
    speak(twilio)
    work()
    trials.ask(acting("bia@example.com"), "E no domingo?", current_thresholds(), 5)
    golden.add(acting("bia@example.com"), "Que horas abre?", "horarios.txt")
    golden.request(acting("bia@example.com"))
    bia = come("bia@example.com", Role.EDITOR).user
    for kind in AidKind:
        aids.ask(bia, participant(ANA).id, kind, "en")
    work()
    kinds = {call.kind for call in rows(AiCall)}
    assert kinds == set(CallKind) - {CallKind.RESTORED}, "which nobody calls"
    assert billed(openai)
    assert [call.cost for call in rows(AiCall)] == openai.bill.items
    assert count(Scope.TRIALS).spent == sum(
        call.cost for call in rows(AiCall) if call.kind in (CallKind.TRIAL, CallKind.EVALUATION)
    )


@pytest.mark.environment(CAP_MODEL_DAY_USD="0.001")
def test_where_a_cap_is_met_a_person_is_called_and_no_model(openai, work):
    write(ANA, "Que horas vocês abrem amanhã?")
    done = work()
    assert openai.calls == rows(AiCall) == []
    assert [message.body for message in outbound()] == [offline.HOLDING["pt"]]
    assert participant(ANA).attention == Attention.CAP_MET
    assert inbound()[0].settlement == Settlement.ANSWERED
    assert len(done) == 1
    write(ANA, "E no domingo?")
    work()
    assert [message.body for message in outbound()] == [offline.HOLDING["pt"]], "said once"
    assert inbound()[1].settlement == Settlement.WITH_A_PERSON


@pytest.mark.environment(CAP_DAY_USD="0.001")
def test_the_documents_own_words_are_quoted_all_the_same(openai, work):
    stock.document("horarios.txt", HOURS)
    write(ANA, "Que horas a padaria abre?")
    work()
    assert openai.calls == []
    assert HOURS in outbound()[0].body
    assert participant(ANA).attention == Attention.CAP_MET


def test_a_cap_that_is_raised_acts_at_once(openai, work, choose):
    choose(cap_model_day="0,000001")
    write(ANA, "Que horas vocês abrem?")
    work()
    assert openai.calls == []
    choose(cap_model_day="1.50")
    write(ANA, "E agora?")
    work()
    assert len(openai.calls) == 1
    assert outbound()[-1].body.endswith("E agora?")


@pytest.mark.environment(CAP_DAY_USD="0")
def test_what_needs_no_model_is_outside_of_every_cap(openai, work):
    write(ANA, "SAIR")
    work()
    write(BRUNO, "AGENT")
    work()
    assert participant(ANA).stopped_at is not None
    assert participant(BRUNO).attention == Attention.ASKED_FOR_A_PERSON
    assert openai.requests == []


@pytest.mark.environment(CAP_DAY_USD="0.018")
def test_who_finds_the_room_taken_by_calls_under_way_waits_for_them(openai, work):
    under_way = calls.reserve(read=100_000, written=10_000)
    write(ANA, "Que horas vocês abrem?")
    work(within=20)
    assert (outbound(), inbound()[0].settled_at, openai.calls) == ([], None, [])
    calls.settle(under_way, Outcome.REJECTED, may_have_cost=False)
    work()
    assert len(openai.calls) == len(outbound()) == 1
    assert participant(ANA).attention is None


@pytest.mark.environment(CAP_DAY_USD="0.018", OPENAI_REQUESTS_PER_MINUTE=1000)
def test_but_not_for_ever(openai, work):
    calls.reserve(read=100_000, written=10_000)
    write(ANA, "Que horas vocês abrem?")
    work()
    assert openai.calls == []
    assert participant(ANA).attention == Attention.CAP_MET


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        (lambda usage: None, Outcome.ANSWERED),
        (lambda usage: {**usage, "completion_tokens": -4}, Outcome.ANSWERED),
        (lambda usage: {**usage, "prompt_tokens": 10**12}, Outcome.ANSWERED),
    ],
)
def test_a_server_that_counts_wrong_or_not_at_all_is_paid_the_most(openai, work, counts, outcome):
    openai.counts = counts
    write(ANA, "Que horas vocês abrem?")
    work()
    call = only(AiCall)
    assert (call.outcome, call.cost) == (outcome, None)
    assert money() == (call.reserved, 0)
    assert call.reserved >= openai.bill.total
    assert len(outbound()) == 1


def test_what_was_asked_for_and_thrown_away_is_counted(openai, work):
    """Two that were of no use, and one by which the connection broke."""
    openai.answer_next(2, refusal="I cannot help with that.")
    write(ANA, "Que horas vocês abrem?")
    work()
    assert billed(openai)
    openai.drop_connection(accept=True)
    write(BRUNO, "When do you open?")
    work()
    lost, answered = rows(AiCall)[2:]
    assert (lost.cost, answered.outcome) == (None, Outcome.ANSWERED)
    assert money()[0] >= openai.bill.total
    assert money()[0] - lost.reserved + openai.bill.items[2] == openai.bill.total


@pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=1_000_000)
def test_a_provider_that_is_down_spends_nothing(openai, work):
    openai.fail_next(99, status=503)
    write(ANA, "Que horas vocês abrem?")
    work()
    assert len(rows(AiCall)) == 3
    assert money() == (0, 0)


@pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=1_000_000)
def test_nor_does_one_that_cannot_be_reached(app, work):
    app.config["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1"
    write(ANA, "Que horas vocês abrem?")
    work()
    assert money() == (0, 0)


def test_an_answer_whose_worker_died_is_paid_for_twice(openai, work):
    write(ANA, "Que horas vocês abrem?")
    ana = participant(ANA).id
    claim = claims.take(ANSWERS, ana)
    calls.reserve(Payer(CallKind.ANSWER, ana, claim))
    with transaction():
        db.session.get_one(Participant, ana).claim_token = None
    work.pass_time(60)
    reply.answer(ana)
    dead, answered = rows(AiCall)
    assert (dead.outcome, answered.outcome) == (Outcome.UNDER_WAY, Outcome.ANSWERED)
    assert money() == (answered.cost, dead.reserved)


@pytest.mark.parametrize("name", ["participant_answers", "participant_tokens"])
def test_one_participant_may_take_so_much_and_others_as_much(openai, work, choose, name):
    write(ANA, "Que horas vocês abrem?")
    work()
    taken = count(Scope.PARTICIPANT, who=participant(ANA).id)
    choose(**{name: str(getattr(taken, name.removeprefix("participant_")))})
    write(ANA, "E no domingo?")
    work()
    assert len(openai.calls) == 1
    assert participant(ANA).attention == Attention.CAP_MET
    choose(**{name: ""})
    write(BRUNO, "When do you open?")
    write(ANA, "E na segunda?")
    work()
    assert len(openai.calls) == 3, "as much as they like"


def spoken(seconds: int, size: int = 0) -> bytes:
    """A voice note as a phone records it, of that length."""
    last = b"OggS\x00\x04" + struct.pack("<q", seconds * 48_000) + bytes(20)
    return OGG + bytes(size or seconds * 2000) + last


def test_a_voice_message_is_paid_by_its_length(openai, twilio, work):
    send(twilio, ANA, spoken(40), "audio/ogg", kind="audio")
    work()
    call = only(AiCall, AiCall.kind == CallKind.TRANSCRIPTION)
    assert (call.voice_seconds, call.cost) == (40, 3000)
    assert count(Scope.PARTICIPANT, who=participant(ANA).id).voice_seconds == 40


def test_one_participant_may_speak_so_long(openai, twilio, work, choose):
    choose(participant_voice_minutes="3")
    for _ in range(3):
        send(twilio, ANA, spoken(40), "audio/ogg", kind="audio")
        work()
    assert len(openai.transcriptions) == 1, "of 160 s at most, and 40 in the end"
    assert outbound()[-1].body.startswith(SORRY)
    assert participant(ANA).attention == Attention.NOT_HEARD


@pytest.mark.environment(CAP_DAY_USD="0.00001")
def test_nobody_listens_where_a_cap_is_met(openai, twilio, work):
    speak(twilio)
    done = work()
    assert openai.requests == []
    assert only(Media).step is None
    assert len(done) < 4


@pytest.mark.environment(CAP_TRIALS_DAY_USD="0")
def test_the_team_is_told_why_its_trial_has_no_draft(openai, work):
    stock.document("horarios.txt", HOURS)
    trials.ask(acting("bia@example.com"), "Que horas a padaria abre?", current_thresholds(), 5)
    golden.add(acting("bia@example.com"), "Que horas abre?", "horarios.txt")
    golden.request(acting("bia@example.com"))
    work()
    trial = only(Trial)
    assert (trial.outcome, trial.draft, openai.calls) == (trials.CAP_MET, None, [])
    assert [each["document"] for each in trial.results] == ["horarios.txt"]
    assert only(Measurement).found_by == ""
    write(ANA, "Que horas a padaria abre?")
    work()
    assert len(openai.calls) == 1


def test_a_search_without_room_has_words_to_do_and_the_service_is_not_left_alone(app, openai):
    stock.document("horarios.txt", HOURS)
    app.config["CAP_DAY_USD"] = 0
    assert search("padaria abre")[0].similarity is None
    app.config["CAP_DAY_USD"] = None
    assert search("padaria abre")[0].similarity is not None
