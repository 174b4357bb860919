"""Two machines that talk to each other fall silent, and a person is called."""

import pytest

from tests.cast import ANA, BIA, BRUNO, inbound, only, outbound, participant, rows, set_back, write
from tests.journey import under_way
from tests.media.attached import speak
from tests.support.samples import png, send
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    UNTIL_RESUMED,
    AiCall,
    Attention,
    Message,
    Outcome,
    Role,
    Settlement,
    User,
)

pytestmark = pytest.mark.usefixtures("context")

AUTOMATIC = "Obrigado pelo contato! Responderemos em breve."


def test_the_fifth_time_the_same_is_said_the_assistant_falls_silent(openai, work):
    for _ in range(5):
        write(ANA, AUTOMATIC)
        work()
    assert len(openai.calls) == len(outbound()) == 4
    ana = participant(ANA)
    assert (ana.attention, ana.paused_until) == (Attention.LOOP_GUARD, UNTIL_RESUMED)
    assert inbound()[-1].settlement == Settlement.WITH_A_PERSON
    write(ANA, "Something else")
    work()
    assert len(outbound()) == 4, "until a person resumes it"


def test_case_and_spaces_make_no_difference(openai, work):
    for words in (AUTOMATIC, AUTOMATIC.upper(), f"  {AUTOMATIC}", AUTOMATIC.replace(" ", "  ")):
        write(ANA, words)
        work()
    write(ANA, AUTOMATIC.title())
    work()
    assert participant(ANA).attention == Attention.LOOP_GUARD


@pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=1_000_000)
@pytest.mark.parametrize("words", [["Sim."] * 6, [f"{AUTOMATIC} {number}" for number in range(6)]])
def test_short_words_and_different_ones_may_be_said_as_often_as_one_likes(openai, work, words):
    for each in words:
        write(ANA, each)
        work()
    assert len(outbound()) == len(words)
    assert participant(ANA).attention is None


def test_what_was_said_earlier_does_not_count(openai, work):
    for _ in range(4):
        write(ANA, AUTOMATIC)
        work()
    set_back(Message.created_at, 601)
    write(ANA, AUTOMATIC)
    work()
    assert len(outbound()) == 5


def test_what_others_say_does_not_count(openai, work):
    for person in (ANA, BRUNO) * 4:
        write(person, AUTOMATIC)
        work()
    assert len(outbound()) == 8


def test_a_burst_may_end_with_something_else(openai, work):
    for _ in range(5):
        write(ANA, AUTOMATIC)
        write(ANA, "1 - Sim")
        work()
    assert len(outbound()) == 4
    assert participant(ANA).attention == Attention.LOOP_GUARD


def test_who_says_something_new_after_repeating_themselves_is_answered(openai, work):
    for _ in range(4):
        write(ANA, AUTOMATIC)
        work()
    write(ANA, "Desculpe, agora sou eu mesma que escrevo.")
    work()
    assert len(outbound()) == 5


def exchange(work, times: int) -> None:
    for number in range(times):
        write(ANA, f"message {number}")
        work()


def hand_back() -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
    takeover.hand_back(participant(ANA).id, only(User))


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_so_many_answers_in_an_hour_and_no_more(openai, work):
    exchange(work, 4)
    assert len(outbound()) == 3
    assert participant(ANA).attention == Attention.LOOP_GUARD


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_answers_of_the_hour_before_do_not_count(openai, work):
    exchange(work, 3)
    set_back(Message.created_at, 3601)
    exchange(work, 1)
    assert len(outbound()) == 4


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_once_a_person_hands_back_all_is_counted_anew(openai, work):
    exchange(work, 4)
    hand_back()
    exchange(work, 4)
    assert len(outbound()) == 6


def test_what_was_repeated_before_a_person_handed_back_does_not_count(openai, work):
    for _ in range(5):
        write(ANA, AUTOMATIC)
        work()
    hand_back()
    write(ANA, AUTOMATIC)
    work()
    assert len(outbound()) == 5


@pytest.mark.environment(ANSWERS_PER_HOUR="3", OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_answers_in_the_journey_s_own_words_count(work):
    under_way.journey()
    exchange(work, 4)
    assert len(rows(Message, Message.settlement == Settlement.ANSWERED)) == 3
    assert participant(ANA).attention == Attention.LOOP_GUARD


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_an_answer_of_several_parts_is_one(openai, work):
    openai.reply = lambda _: "Uma frase bem comprida. " * 100
    exchange(work, 4)
    assert len(outbound()) == 3 * 2
    assert participant(ANA).attention == Attention.LOOP_GUARD


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_long_bursts_hide_nothing(openai, work):
    openai.reply = lambda _: "Oi!"
    for _ in range(4):
        for number in range(140):
            write(ANA, f"message {number}")
        work()
    assert len(outbound()) == 3
    assert participant(ANA).attention == Attention.LOOP_GUARD


def discard(outcome: Outcome, times: int, *, prompt_version: str = "1") -> None:
    """As the calls to the model that led to nothing are written down."""
    ana = participant(ANA).id
    with transaction():
        for _ in range(times):
            db.session.add(
                AiCall(
                    participant_id=ana,
                    model="m",
                    prompt_version=prompt_version,
                    latency=1,
                    outcome=outcome,
                )
            )


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
@pytest.mark.parametrize("outcome", [Outcome.OBSOLETE, Outcome.UNUSABLE])
def test_what_the_model_said_and_nobody_heard_counts_as_well(openai, work, outcome):
    exchange(work, 1)
    discard(outcome, 2)
    exchange(work, 1)
    assert len(outbound()) == len(openai.calls) == 1
    assert participant(ANA).attention == Attention.LOOP_GUARD


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_answers_of_the_model_that_cannot_be_used_end_too(openai, work):
    openai.answer_next(20, content="")
    exchange(work, 2)
    assert len(openai.calls) == 2
    assert participant(ANA).attention == Attention.LOOP_GUARD


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_what_the_model_did_not_say_does_not_count(openai, work):
    exchange(work, 1)
    for outcome in (Outcome.UNAVAILABLE, Outcome.RATE_LIMITED, Outcome.ANSWERED):
        discard(outcome, 3)
    discard(Outcome.UNUSABLE, 3, prompt_version="")  # what was spoken, and could not be made out
    exchange(work, 1)
    assert len(outbound()) == 2


@pytest.mark.environment(ANSWERS_PER_HOUR="3")
def test_what_was_discarded_earlier_does_not_count(openai, work):
    exchange(work, 1)
    discard(Outcome.OBSOLETE, 3)
    set_back(AiCall.created_at, 3601)
    exchange(work, 1)
    discard(Outcome.OBSOLETE, 3)
    exchange(work, 1)
    assert len(outbound()) == 2
    hand_back()
    exchange(work, 1)
    assert len(outbound()) == 3


@pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=1_000_000)
def test_the_sixth_time_we_say_the_same_a_person_is_called_and_then_we_fall_silent(openai, work):
    openai.reply = lambda _: "Não tenho essa informação."
    exchange(work, 5)
    assert participant(ANA).attention is None
    exchange(work, 1)
    assert (len(outbound()), participant(ANA).attention) == (6, Attention.LOOP_GUARD)
    exchange(work, 1)
    assert (len(outbound()), participant(ANA).paused_until) == (6, UNTIL_RESUMED)
    hand_back()
    exchange(work, 2)
    assert len(outbound()) == 8


@pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=1_000_000)
def test_what_we_say_again_after_something_else_is_no_loop(openai, work):
    for _ in range(3):
        openai.reply = lambda _: "Não tenho essa informação."
        exchange(work, 3)
        openai.reply = lambda _: "Abrimos às oito."
        exchange(work, 1)
    assert (len(outbound()), participant(ANA).attention) == (12, None)


@pytest.mark.environment(ANSWERS_PER_HOUR="5")
def test_voice_messages_and_pictures_count_too(openai, twilio, work):
    for number in range(2):
        speak(twilio)
        work()
        assert len(openai.calls) == number + 1
    send(twilio, ANA, png(), "image/png")
    work()
    assert participant(ANA).attention == Attention.LOOP_GUARD
    assert len(outbound()) == 2, "two answers, two voices and a picture"
    send(twilio, BRUNO, png(), "image/png")
    work()
    assert len(outbound()) == 3
