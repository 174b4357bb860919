"""Where no model reads it, an answer is what was asked for, and tells something."""

import pytest

from tests.cast import ANA, outbound, participant, rows, write
from tests.journey.under_way import INTRO, ROLE, TEAM, WEEK, journey, moved
from wa_assistant.intake import simulator
from wa_assistant.journey.definition import Question, Stage
from wa_assistant.models import Answer

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]

ASK = "Quer deixar um recado para a organização?"
MESSAGE = Stage("closing", "Closing", opening=ASK, answers=(Question("recado", hint=ASK),))
COMPANY = Question("empresa", hint="Em que empresa você trabalha?")
PRACTICE = Question("pratica", required=True, hint="O que você já pôs em prática?")


def say(work, *bodies: str) -> None:
    for body in bodies:
        write(ANA, body)
        work()


def comes_back_a_week_later(work, stage: Stage, words: str) -> str:
    """Somebody who came through what is before `stage`, and then writes `words`."""
    journey([INTRO, TEAM, stage])
    ana = simulator.new_address()
    for body in ("Oi", "Sou dev", "Grande"):
        simulator.write(ana, "Ana", body)
        work()
    moved(participant(ana).id, clock_ahead=8 * 24 * 3600)
    simulator.write(ana, "Ana", words)
    work()
    return ana


def values() -> list[tuple[str, str]]:
    return [(answer.name, answer.value) for answer in rows(Answer)]


def test_a_bare_yes_to_what_one_may_tell_is_no_answer_and_it_is_asked_for(work):
    journey([MESSAGE])
    say(work, "Oi", "Sim, por favor")
    assert values() == []
    assert outbound()[-1].body == "Pode escrever por aqui!"
    say(work, "O café estava ótimo")
    assert values() == [("recado", "O café estava ótimo")]
    assert outbound()[-1].body == "Obrigado! Anotei tudo por aqui."


def test_who_only_says_yes_again_is_thanked_and_asked_no_more(work):
    journey([MESSAGE])
    say(work, "Oi", "Sim", "sim")
    assert values() == []
    assert outbound()[-1].body == "Obrigado!"


@pytest.mark.parametrize("words", ["Ok, tchau", "👍", "agora não", "sem recado, obrigada"])
def test_a_courtesy_a_picture_and_that_there_is_none_are_no_answer(work, words):
    journey([MESSAGE])
    say(work, "Oi", words)
    assert values() == []
    assert (participant(ANA).stage, outbound()[-1].body) == (None, "Obrigado!")


def test_a_courtesy_beside_an_answer_does_not_spoil_it(work):
    journey([MESSAGE])
    say(work, "Oi")
    write(ANA, "Gostei muito do café")
    write(ANA, "É só isso, obrigada!")
    work()
    assert values() == [("recado", "Gostei muito do café")]


def test_a_courtesy_is_no_answer_to_what_must_be_answered_and_it_is_asked_again(work):
    journey([INTRO])
    say(work, "Oi", "Sim, obrigada 🙂")
    assert values() == []
    assert (participant(ANA).stage, outbound()[-1].body) == ("intro", ROLE.hint)


def test_what_need_not_be_answered_and_was_not_asked_is_not_answered(work):
    journey([Stage("hello", "Hello", opening="Bem-vinda ao evento!", answers=(COMPANY,))])
    say(work, "Oi", "Que bom, estou animada")
    assert values() == []


@pytest.mark.parametrize("required", [True, False])
def test_what_wakes_a_stage_without_opening_words_is_no_answer_but_its_question_put(work, required):
    question = Question("pratica", required=required, hint=PRACTICE.hint)
    stage = Stage("week", "A week later", answers=(question,), begins=WEEK)
    ana = comes_back_a_week_later(work, stage, "Oi, hoje choveu muito")
    assert [name for name, _ in values()] == ["role", "size"]
    assert (participant(ana).stage, outbound()[-1].body) == ("week", PRACTICE.hint)
    simulator.write(ana, "Ana", "Já mudei a minha rotina")
    work()
    assert values()[-1] == ("pratica", "Já mudei a minha rotina")


def test_the_same_question_of_an_earlier_stage_did_not_put_it(work):
    again = Question("again", required=True, hint=ROLE.hint)
    stage = Stage("week", "A week later", answers=(again,), begins=WEEK)
    ana = comes_back_a_week_later(work, stage, "Oi, hoje choveu muito")
    assert [name for name, _ in values()] == ["role", "size"]
    assert (participant(ana).stage, outbound()[-1].body) == ("week", ROLE.hint)


def test_the_second_question_of_a_stage_is_not_put_by_its_opening_words(work):
    journey([Stage("both", "Both", opening="O que você faz?", answers=(ROLE, PRACTICE))])
    say(work, "Oi", "Sou dev", "Uma rotina nova")
    assert values() == [("role", "Sou dev"), ("pratica", "Uma rotina nova")]
    assert outbound()[1].body == f"Anotado! {PRACTICE.hint}"
