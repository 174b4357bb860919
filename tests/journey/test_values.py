"""What people write, as the value of an answer of its kind."""

import pytest

from wa_assistant.journey.definition import Question
from wa_assistant.journey.values import fitting
from wa_assistant.models.answer import Kind

SIZES = ("Até 10 pessoas", "De 11 a 50", "Mais de 50", "Não sei")


def value(kind: Kind, said: str, *options: str) -> str | None:
    return fitting(Question("answer", kind, options=options), said)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3", "3"),
        (" 3. ", "3"),
        ("007", "7"),
        ("0", "0"),
        ("-0", "0"),
        ("-4", "-4"),
        ("−4", "-4"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("3,50", "3.5"),
        ("0,125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1 234,50", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("12345", "12345"),
        ("R$ 1.500,00", "1500"),
        ("30%", "30"),
        ("42 anos", "42"),
        ("três", None),
        ("uns 3", None),
        ("3 ou 4", None),
        ("3-4", None),
        ("1.23.4", None),
        ("12,34,56", None),
        ("1.234,5,6", None),
        ("10:30", None),
        ("", None),
        (".", None),
        ("9" * 25, None),
        ("+5", "5"),
        ("٣", "3"),
    ],
)
def test_a_number_however_it_is_pointed(said, number):
    assert value(Kind.NUMBER, said) == number


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("5/12/2026", "2026-12-05"),
        ("05/12/2026.", "2026-12-05"),
        ("5.12.2026", "2026-12-05"),
        ("5-12-26", "2026-12-05"),
        ("2026-12-05", "2026-12-05"),
        ("2026-2-5", "2026-02-05"),
        ("5 de dezembro de 2026", "2026-12-05"),
        ("1º de março de 2027", "2027-03-01"),
        ("dia 5 de dez de 2026", "2026-12-05"),
        ("December 5, 2026", "2026-12-05"),
        ("5th of December 2026", "2026-12-05"),
        ("Dec 5 2026", "2026-12-05"),
        ("29/02/2028", "2028-02-29"),
        ("29/02/2027", None),
        ("31/11/2026", None),
        ("12/31/2026", None),
        ("5/12", None),
        ("amanhã", None),
        ("5 de brumário de 2026", None),
        ("0/12/2026", None),
        ("0000-01-01", None),
        ("em 2026", None),
    ],
)
def test_a_date_the_day_first(said, date):
    assert value(Kind.DATE, said) == date


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Sim", "yes"),
        ("SIM!!", "yes"),
        ("sim, por favor", "yes"),
        ("Sim, claro", "yes"),
        ("claro que sim", "yes"),
        ("s", "yes"),
        ("Yes, please!", "yes"),
        ("yep", "yes"),
        ("não", "no"),
        ("Nao.", "no"),
        ("não, obrigada", "no"),
        ("ainda não", "no"),
        ("No", "no"),
        ("no, thanks", "no"),
        ("not yet", "no"),
        ("sim, mas só depois", None),
        ("não sei", None),
        ("talvez", None),
        ("simples", None),
        ("sim e não", None),
        ("obrigado", None),
        ("👍", None),
        ("ok", None),
    ],
)
def test_yes_and_no_by_all_that_was_said(said, answer):
    assert value(Kind.YES_NO, said) == answer


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("Até 10 pessoas", "Até 10 pessoas"),
        ("ate 10 PESSOAS", "Até 10 pessoas"),
        ("“de 11 a 50”.", "De 11 a 50"),
        ("nao  sei", "Não sei"),
        ("2", "De 11 a 50"),
        ("2)", "De 11 a 50"),
        ("opção 3", "Mais de 50"),
        ("número 1", "Até 10 pessoas"),
        ("option 4", "Não sei"),
        ("5", None),
        ("0", None),
        ("10", None),
        ("até 10", None),
        ("1 ou 2", None),
        ("pessoas", None),
    ],
)
def test_a_choice_by_its_words_or_its_number(said, option):
    assert value(Kind.CHOICE, said, *SIZES) == option


MOMENTS = ("Começando", "Crescendo", "Mudando de área", "Mudando", "Liderando")


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("Estou crescendo", "Crescendo"),
        ("acho que eu estou COMECANDO!", "Começando"),
        ("mudando de área", "Mudando de área"),
        ("estou mudando de area agora", "Mudando de área"),
        ("2 - crescendo", "Crescendo"),
        ("não estou crescendo", None),
        ("I'm not, don't say Liderando", None),
        ("crescendo e liderando", None),
        ("nem começando, nem crescendo", None),
        ("crescendo ou quase isso", None),
        ("o que quer dizer crescendo? não entendi", None),
        ("como assim, estar crescendo?", None),
        ("decrescendo", None),
        ("a empresa em que eu trabalho está crescendo", None),
        ("queria estar liderando", None),
        ("parei de estar crescendo", None),
        ("longe de estar crescendo", None),
        ("o que é crescendo", None),
        ("3 - crescendo", None),
        ("Liderando 👍", "Liderando"),
        ("oi, já estou liderando!", "Liderando"),
        ("I think I'm crescendo", "Crescendo"),
    ],
)
def test_a_choice_by_the_one_option_that_a_short_sentence_names(said, option):
    assert value(Kind.CHOICE, said, *MOMENTS) == option


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("não", "Não"),
        ("Não, obrigada!", "Não"),
        ("acho que não", "Não"),
        ("claro que sim", "Sim"),
        ("talvez", "Talvez"),
        ("talvez sim", None),
        ("não sei", None),
        ("não entendi a pergunta", None),
        ("prefiro não dizer", None),
        ("não quero responder", None),
        ("oi, não recebi o link", None),
    ],
)
def test_an_option_that_is_a_no_is_not_taken_from_what_denies_something_else(said, option):
    assert value(Kind.CHOICE, said, "Sim", "Não", "Talvez") == option


@pytest.mark.parametrize(("said", "option"), [("no idea", None), ("No, thank you", "No")])
def test_nor_is_one_in_english(said, option):
    assert value(Kind.CHOICE, said, "Yes", "No") == option


def test_an_option_may_deny_something_itself_or_be_a_word_that_says_nothing():
    assert value(Kind.CHOICE, "eu não sei", *SIZES) == "Não sei"
    assert value(Kind.CHOICE, "a maior de todas", "A", "B") is None
    assert value(Kind.CHOICE, "a", "A", "B") == "A"


def test_an_option_that_is_a_number_is_meant_before_a_place_in_the_list():
    assert value(Kind.CHOICE, "2", "3", "2", "1") == "2"


def test_a_text_is_kept_as_it_was_said():
    assert value(Kind.TEXT, "  Quero  mudar de área.\n") == "Quero  mudar de área."
    assert value(Kind.TEXT, " \n") is None
    assert value(Kind.TEXT, "x" * 4001) is None
