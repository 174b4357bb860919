"""A value within what people say; and what only looks like one."""

import pytest

from wa_assistant.journey.definition import Question
from wa_assistant.journey.unaided import naming, reading
from wa_assistant.models.answer import Kind

MARK = Question("nota", Kind.NUMBER, hint="De 0 a 10, que nota você dá ao evento?")
YEARS = Question("anos", Kind.NUMBER, hint="Há quantos anos você atua na área?")
MOMENT = Question(
    "momento",
    Kind.CHOICE,
    hint="Qual destas opções descreve melhor o seu momento?",
    options=("Começando", "Crescendo", "Mudando de área", "Liderando"),
)
BEFORE = Question("antes", Kind.YES_NO, hint="Você já participou de outra edição?")
CLOSER = Question("perto", Kind.YES_NO, hint="Você está mais perto do seu objetivo?")
FRIEND = Question("recomenda", Kind.YES_NO, hint="Você recomendaria o evento a um amigo?")
NAME = Question("nome", hint="Como você gosta de ser chamado(a)?")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *(("10/10", "10"), ("10/10!", "10"), ("nota dez, mas faltou café", "10"), ("9 de 10", "9")),
        *(("nota 8", "8"), ("dou nota 9,5", "9.5"), ("Dez!", "10"), ("acho que oito", "8")),
        *(("10, adorei tudo", "10"), ("dez com certeza", "10"), ("um dez", "10"), ("zero", "0")),
        *(("nota dez e muito obrigada", "10"), ("vinte e cinco", "25"), ("uns 5 anos", "5")),
        *(
            ("há 3 anos", "3"),
            ("mais ou menos 7", "7"),
            ("Oi, nota 10", "10"),
            ("nota 9\nadorei", "9"),
            ("um", "1"),
        ),
        *(("nine out of 10", "9"), ("I would say eight", "8"), ("about twenty five", "25")),
        *(("un ocho", "8"), ("diez, pero faltó café", "10"), ("treinta y dos", "32")),
    ],
)
def test_the_one_number_that_is_named(words, number):
    assert reading.read(MARK, words) == number


@pytest.mark.parametrize(
    "words",
    [
        *("entre 8 e 9", "não dou dez", "nem 5", "cheguei às 10 e gostei", "8 ou 9", "bom"),
        *("o ônibus 10 atrasou", "meu telefone é 11 98765-4321", "", "dez. Mentira, nove", "nota"),
        *("um pouco", "uma beleza", "sala 3 estava cheia"),
    ],
)
def test_what_is_no_one_number(words):
    assert reading.read(MARK, words) is None


@pytest.mark.parametrize(
    ("words", "option"),
    [
        *(("a terceira", 2), ("A terceira opção", 2), ("3ª", 2), ("terceira, com certeza", 2)),
        *(("a última", 3), ("opção dois", 1), ("o primeiro", 0), ("fico com a segunda", 1)),
        *(("acho que a quarta", 3), ("crescendo, mas devagar", 1), ("mudar de área", 2)),
        *(("the third one", 2), ("the last", 3), ("la segunda", 1), ("liderando. E você", 3)),
        *(("mudança de área", 2), ("dois", 1)),
    ],
)
def test_an_option_by_its_place_or_another_form_of_its_words(words, option):
    assert reading.read(MOMENT, words) == MOMENT.options[option]


@pytest.mark.parametrize(
    "words",
    [
        *("a quinta", "primeira vez que venho", "a terceira?", "segunda-feira eu digo", "nenhuma"),
        *(
            "não estou crescendo",
            "queria liderar",
            "a primeira e a segunda",
            "começando ou mudando",
        ),
        *("terceira idade", ""),
    ],
)
def test_what_names_no_one_option(words):
    assert reading.read(MOMENT, words) is None


@pytest.mark.parametrize(
    ("question", "words", "answer"),
    [
        *((BEFORE, "sim, mas faz tempo", "yes"), (BEFORE, "já participei", "yes")),
        *((BEFORE, "nunca participei", "no"), (BEFORE, "não participei ainda", "no")),
        *((BEFORE, "acho que sim", "yes"), (BEFORE, "já sim", "yes"), (BEFORE, "Oi, sim!", "yes")),
        *((BEFORE, "não, essa é a primeira", "no"), (BEFORE, "uhum", "yes"), (BEFORE, "👍", "yes")),
        *(
            (BEFORE, "👎", "no"),
            (FRIEND, "recomendaria", "yes"),
            (FRIEND, "recomendo muito", "yes"),
        ),
        *((FRIEND, "não recomendaria", "no"), (CLOSER, "estou sim", "yes"), (CLOSER, "sí", "yes")),
        *((CLOSER, "estou mais perto", "yes"), (CLOSER, "sim e sim", "yes")),
    ],
)
def test_a_yes_or_a_no_with_what_is_said_about_it(question, words, answer):
    assert reading.read(question, words) == answer


@pytest.mark.parametrize(
    "words",
    [
        *(
            "sim, não",
            "sim e não",
            "talvez",
            "um amigo",
            "o evento",
            "depende",
            "sim ou não",
        ),
        *("não sei", "quase lá", "sim, mas agora não", ""),
    ],
)
def test_what_is_neither(words):
    assert reading.read(FRIEND, words) is None


@pytest.mark.parametrize(
    ("words", "values"),
    [
        *(
            ("sim e sim", ["yes", "yes"]),
            ("sim e não", ["yes", "no"]),
            ("Sim, sim", ["yes", "yes"]),
        ),
        *(("não e recomendaria", ["no", "yes"]), ("yes and no", ["yes", "no"])),
        *(("sim", []), ("sim e depois vejo", []), ("sim e sim?", []), ("sim, sim e sim", [])),
    ],
)
def test_several_that_want_a_yes_or_a_no_are_answered_in_their_order(words, values):
    assert reading.several([CLOSER, FRIEND], words) == values


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(("pode me chamar de Má", "Má"), ("Pode me chamar de Má!", "Má"), ("Má", "Má")),
        *(("Meu nome é Ana Paula, prazer", "Ana Paula"), ("me chamo João", "João")),
        *(("Oi! Sou a Bia", "Bia"), ("me chama de Zé por favor", "Zé")),
        *(("Call me Al", "Al"), ("My name is Joe and I bake", "Joe"), ("me llamo José", "José")),
        *(("todo mundo me chama de Duda", "Duda"), ("D. Maria", "D. Maria")),
        *(("aqui é a Rê, tudo bem", "Rê"), ("chama de Tom mesmo", "Tom")),
    ],
)
def test_a_name_out_of_its_sentence(words, name):
    assert naming.name_in(words) == name


def test_a_name_is_looked_for_where_one_is_asked_for():
    assert reading.read(NAME, "pode me chamar de Má") == "Má"
    role = Question("role", hint="O que você faz?")
    assert reading.read(role, "sou a gerente") == "sou a gerente"


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        *((YEARS, "atuo há 5 anos", "5"), (YEARS, "5", None), (YEARS, "nota 5", None)),
        *((MOMENT, "estou crescendo", "Crescendo"), (MOMENT, "2", None), (BEFORE, "sim", None)),
    ],
)
def test_what_was_not_asked_yet_is_answered_by_what_plainly_answers_it(question, words, value):
    assert reading.unasked(question, words) == value
