"""What is quoted of a passage: what fits the question, and nothing else."""

import pytest

from wa_assistant.assistant.excerpt import MOST_CHARACTERS, excerpt

PAGE = """\
A secretaria abre às oito horas e fecha às dezoito, de segunda a sexta-feira. Aos sábados fecha \
às treze.
Estamos na Av. Paulista, n. 1500, com o Dr. Souza. O metrô é ao lado.
Telefone: (11) 3333-4444.
E-mail: secretaria@escola.example. Respondemos em um dia útil."""
HOURS = PAGE.partition("\n")[0]

QUESTIONS = """\
Onde fica a escola?
Na Rua das Flores, 100.
Tem estacionamento?
Sim, em frente. Custa dez reais por hora.
Quanto custa o curso de inglês? Quatrocentos e dez reais.
Posso cancelar o curso?
Sim, até o dia 10."""

TABLE = """\
# Preços

| Curso | Preço |
|:------|------:|
| Inglês | R$ 410 |
| Francês | R$ 450 |

# Matrícula

Obs.: a matrícula é paga uma vez. Traga o RG."""

LIST = """\
Documentos para a matrícula:
- RG e CPF
- comprovante de endereço

Prazos
A inscrição vai até 10 de fevereiro. Depois há lista de espera.

Contato
Escreva para nós."""


@pytest.mark.parametrize(
    ("question", "text", "quoted"),
    [
        ("que horas fecha no sabado", PAGE, HOURS),
        ("fica na paulista?", PAGE, "Estamos na Av. Paulista, n. 1500, com o Dr. Souza."),
        ("qual o telefone", PAGE, "Telefone: (11) 3333-4444."),
        (
            "tem estacionamento?",
            QUESTIONS,
            "Tem estacionamento?\nSim, em frente. Custa dez reais por hora.",
        ),
        (
            "quanto custa o curso de ingles",
            QUESTIONS,
            "Quanto custa o curso de inglês? Quatrocentos e dez reais.",
        ),
        ("na rua das flores", QUESTIONS, "Onde fica a escola?\nNa Rua das Flores, 100."),
        ("quanto é o francês", TABLE, "Curso: Francês · Preço: R$ 450"),
        (
            "quais os preços?",
            TABLE,
            "Preços\nCurso: Inglês · Preço: R$ 410\nCurso: Francês · Preço: R$ 450",
        ),
        ("a matricula é paga?", TABLE, "Matrícula\nObs.: a matrícula é paga uma vez. Traga o RG."),
        ("que documentos", LIST, LIST.partition("\n\n")[0]),
        (
            "qual é o prazo",
            LIST,
            "Prazos\nA inscrição vai até 10 de fevereiro. Depois há lista de espera.",
        ),
    ],
)
def test_what_fits_is_quoted_with_what_it_goes_on_from(question, text, quoted):
    assert excerpt(question, text) == quoted


def test_what_no_word_fits_is_quoted_from_its_beginning():
    assert excerpt("xyzzy", PAGE) == HOURS
    assert excerpt("xyzzy", LIST) == LIST.partition("\n\n")[0]


def test_a_sentence_that_is_too_long_is_cut_between_words():
    long = excerpt("padaria", "A padaria " + "muito " * 200)
    assert long.endswith("muito …")
    assert len(long) <= MOST_CHARACTERS + 2


def test_no_more_fits_than_there_is_room_for():
    lines = [f"A padaria número {number} abre às oito horas da manhã." for number in range(30)]
    quoted = excerpt("quando abre a padaria?", "\n".join(lines)).split("\n")
    assert quoted == lines[: len(quoted)]
    assert 5 < len(quoted) < 12


@pytest.mark.parametrize("text", ["", "  ", "\n\n", "|---|---|", "***"])
def test_of_nothing_nothing_is_quoted(text):
    assert excerpt("padaria", text) == ""
