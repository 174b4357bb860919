"""A journey without a model is not stupid: it hears, answers in between, and does not nag."""

import pytest

from tests.cast import ANA, inbound, outbound, participant, rows, write
from tests.journey.under_way import ROLE, TEAM, journey
from tests.knowledge import stock
from tests.settlement import lost, out_of_order, twice
from tests.support.samples import OGG, send
from wa_assistant.assistant import offline
from wa_assistant.database import db
from wa_assistant.journey.definition import Question, Stage
from wa_assistant.journey.starters.event_interview import ENGLISH, PORTUGUESE
from wa_assistant.models import Answer, Attention, Settlement
from wa_assistant.models.answer import Kind

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]

NAME = Question("nome", required=True, hint="Como você gosta de ser chamado(a)?")
WORK = Question("atividade", required=True, hint="O que você faz hoje?")
HELLO = Stage("hello", "Hello", opening=f"Oi! {NAME.hint}", answers=(NAME, WORK))
MARK = Question("nota", Kind.NUMBER, True, "De 0 a 10, que nota você dá?")
MOMENT = Question("momento", Kind.CHOICE, True, "Em que momento está?", ("Começando", "Crescendo"))
YEARS = Question("anos", Kind.NUMBER, True, "Há quantos anos você atua na área?")
CLOSER = Question("perto", Kind.YES_NO, True, "Você está mais perto do seu objetivo?")
FRIEND = Question("recomenda", Kind.YES_NO, True, "Você recomendaria o evento?")


def say(work, *bodies: str) -> None:
    for body in bodies:
        write(ANA, body)
        work()


def asking(*questions: Question) -> None:
    journey([Stage("only", "Only", opening=questions[0].hint, answers=questions)])


def values() -> list[tuple[str, str]]:
    return [(answer.name, answer.value) for answer in rows(Answer)]


def bodies() -> list[str]:
    return [message.body for message in outbound()]


def test_a_name_is_kept_without_its_sentence_and_greeted(work):
    journey([HELLO])
    say(work, "Oi", "pode me chamar de Má")
    assert values() == [("nome", "Má")]
    assert bodies()[-1] == f"Prazer, Má! {WORK.hint}"


def test_a_greeting_that_asks_does_not_hide_an_answer(work):
    journey([HELLO])
    say(work, "Oi", "Oi, tudo bem? Sou a Bia")
    assert values() == [("nome", "Bia")]


def test_another_word_of_recognition_stands_between_one_answer_and_the_next_question(work):
    asking(WORK, YEARS, MARK)
    say(work, "Oi", "Sou padeira", "há dez anos")
    assert bodies()[1:] == [f"Anotado! {YEARS.hint}", f"Entendi! {MARK.hint}"]


@pytest.mark.parametrize("words", ["10/10", "nota dez, mas faltou café", "dez!!"])
def test_a_number_is_heard_as_people_say_it(work, words):
    asking(MARK)
    say(work, "Oi", words)
    assert values() == [("nota", "10")]
    assert rows(Answer)[0].quote == words


@pytest.mark.parametrize("words", ["a segunda", "2", "crescendo, graças a Deus"])
def test_an_option_is_heard_by_its_place(work, words):
    asking(MOMENT)
    say(work, "Oi", words)
    assert values() == [("momento", "Crescendo")]


@pytest.mark.parametrize(("words", "second"), [("sim e sim", "yes"), ("sim, mas não e não", None)])
def test_two_questions_are_answered_at_once(work, words, second):
    asking(CLOSER, FRIEND)
    say(work, "Oi", words)
    told = [("perto", "yes"), ("recomenda", second)] if second else []
    assert values() == told


def test_what_is_asked_later_may_be_told_before(work):
    asking(MOMENT, YEARS)
    say(work, "Oi", "atuo há 5 anos", "crescendo")
    assert values() == [("anos", "5"), ("momento", "Crescendo")]
    assert bodies()[1] == f"Anotado! {MOMENT.wording}"
    assert bodies()[-1] == "Obrigado! Anotei tudo por aqui."


def test_a_question_in_between_is_answered_and_then_what_was_asked_is_asked_again(twilio, work):
    stock.document("horarios.txt", "A padaria abre na segunda às seis horas da manhã.")
    journey()
    say(work, "Oi", "Que horas a padaria abre na segunda?")
    assert "às seis horas da manhã" in bodies()[-2]
    assert bodies()[-1] == ROLE.hint
    say(work, "Sou dev")
    assert values() == [("role", "Sou dev")]
    assert lost(db.session) == twice(db.session, twilio.messages) == []
    assert out_of_order(db.session, twilio.messages) == []


def test_an_answer_beside_a_question_that_the_documents_answer_is_kept(work):
    stock.document("horarios.txt", "A padaria abre na segunda às seis horas da manhã.")
    journey()
    say(work, "Oi", "Sou dev. Que horas a padaria abre na segunda?")
    assert values() == [("role", "Sou dev.")]
    assert "às seis horas da manhã" in bodies()[-2]
    assert bodies()[-1] == f"Anotado! {TEAM.opening}"


def test_no_sentence_is_said_a_third_time_without_a_journey(work):
    say(work, "Quanto custa a matrícula?", "Alguém pode ver?", "Oi?", "Tem vaga?")
    assert bodies() == [offline.HOLDING["pt"]] * 2
    assert [each.settlement for each in inbound()[-2:]] == [Settlement.WITH_A_PERSON] * 2
    assert participant(ANA).attention == Attention.NO_MODEL


def test_after_an_hour_they_hear_again_that_a_person_will_read_it(work):
    say(work, "Quanto custa?", "Tem vaga?", "Oi?")
    work.pass_time(3601)
    say(work, "Tem vaga hoje?")
    assert len(bodies()) == 3


def test_who_was_left_to_a_person_is_heard_again_once_they_answer(work):
    journey([TEAM])
    say(work, "Oi", "sei lá", "hum", "enfim", "bem", "a segunda")
    assert values() == [("size", "Grande")]
    assert bodies()[-1] == "Obrigado! Anotei tudo por aqui."
    assert not [body for body in set(bodies()) if bodies().count(body) > 2]


def test_a_voice_message_in_a_stage_is_told_that_it_was_not_understood(twilio, work):
    journey()
    say(work, "Oi")
    for _ in range(3):
        send(twilio, ANA, OGG, "audio/ogg", kind="audio")
        work()
    assert bodies()[1:] == [offline.PLEASE_WRITE["pt"]] * 2
    assert participant(ANA).attention == Attention.NOT_HEARD
    say(work, "Sou dev")
    assert values() == [("role", "Sou dev")]


def test_the_interview_is_walked_in_the_words_of_people(twilio, work):
    journey(list(PORTUGUESE[:5]))
    say(work, "Oi", "pode me chamar de Má", "Sou padeira", "a terceira", "Conhecer gente")
    say(work, "já participei sim", "Abrir a minha loja", "agora não, obrigada")
    assert values() == [
        *(("nome", "Má"), ("atividade", "Sou padeira"), ("momento", "Mudando de área")),
        *(("expectativa", "Conhecer gente"), ("ja_participou", "yes")),
        ("objetivo", "Abrir a minha loja"),
    ]
    assert len(set(bodies())) == len(bodies())
    assert participant(ANA).attention is None
    assert lost(db.session) == twice(db.session, twilio.messages) == []


@pytest.mark.parametrize("stages", [PORTUGUESE, ENGLISH])
def test_no_words_of_a_stage_refer_to_what_may_never_have_been_said(stages):
    for stage in stages:
        for words in (stage.opening, *(question.hint for question in stage.answers)):
            assert not [each for each in ("nos contou", "told us", "you said") if each in words]
