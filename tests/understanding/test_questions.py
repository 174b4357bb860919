"""What asks something without a question mark, and what only begins like a question."""

import pytest

from wa_assistant.understanding import questions

QUESTIONS = """
vocês aceitam cachorro
Vcs parcelam no cartão
vocês têm wifi
tem estacionamento
tem vaga para deficiente
tem como remarcar
posso levar meu filho
qto custa
quanto custa a matrícula
Quanto é a mensalidade
quantas aulas por semana
qual o horário
Quais documentos preciso levar
que horas abre
até que horas vocês atendem
em que dia começa
que documentos levo
o que preciso levar
com quem eu falo sobre bolsa
será que ainda dá tempo
gostaria de saber o preço
dá para pagar na hora
aceita pix
abre domingo
quando começa o curso
onde fica a escola
como faço para me inscrever
como funciona
quem é a professora
Oi, boa tarde! Quanto custa a natação
Bom dia, qual o valor
por favor, onde é a secretaria
Sou mãe do Pedro. Qual o horário
E quanto tempo dura
Where can I swim
how much is it
What time do you open
do you take dogs
can I bring my son
is there parking
"""
NO_QUESTIONS = """
Que pena
Que Deus abençoe
Que dia lindo
Que horror
Como combinado, segue o comprovante
Como você pediu
Como dev
Como chego cedo, espero aí
Comovente isso
Quem me indicou foi a Ana
Quem é a mãe sou eu
Quando eu chegar aviso
Quando vocês puderem
Quando começa a aula eu aviso
Quanto ao pagamento, já fiz
Quanto a isso tudo certo
Quanto antes melhor
Quanto tempo! Tudo bem
Quantas saudades
Onde eu moro não chega correio
Onde fica minha casa não passa ônibus
O que eu queria era isso
O que acontece é que perdi o ônibus
Porque estou doente
Vocês atendem muito bem
Vocês têm razão
Vocês são ótimos
Você me ajudou
tem sim
Tem que ser amanhã
tem chovido aqui
tem 3 anos
Posso sim
posso levar sim
posso ir amanhã
dá pra ver que é bom
Abre o portão por favor
Obrigada! Que bom
What a pity
How nice of you
How much I love it
When I arrive I will write
Who sent me was Ana
Which is fine by me
Can I just say thanks
Does the job
"""


@pytest.mark.parametrize("said", QUESTIONS.strip().splitlines())
def test_what_begins_as_questions_do_asks(said):
    assert questions.begun(said)


@pytest.mark.parametrize("said", NO_QUESTIONS.strip().splitlines())
def test_what_only_begins_like_a_question_asks_nothing(said):
    assert not questions.begun(said)


def test_a_mark_says_that_something_is_asked():
    assert questions.marked("Natação?")
    assert questions.marked("水泳？")
    assert not questions.marked("Natação.")
