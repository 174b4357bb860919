"""An interview around an event: five stages before it, three after it."""

from ...models.answer import Kind
from ..definition import After, Begins, Question, Stage, Unit

DAY = Begins(After.EVENT, amount=24)
WEEK = Begins(After.EVENT, amount=7, unit=Unit.DAYS)
MONTH = Begins(After.EVENT, amount=30, unit=Unit.DAYS)

PORTUGUESE = (
    Stage(
        "intro",
        "Apresentação",
        "Dê as boas-vindas ao evento, conheça a pessoa e deixe-a à vontade. Descubra como ela quer "
        "ser chamada, o que faz hoje e onde trabalha. Uma pergunta por vez.",
        "Que bom ter você no evento! São poucas perguntas, para aproveitarmos melhor o encontro. "
        "Para começar: como você gosta de ser chamado(a)?",
        (
            Question("nome", Kind.TEXT, True, "Como você gosta de ser chamado(a)?"),
            Question("atividade", Kind.TEXT, True, "O que você faz hoje?"),
            Question("empresa", Kind.TEXT, False, "Em que empresa ou projeto?"),
        ),
    ),
    Stage(
        "career-moment",
        "Momento de carreira",
        "Entenda em que momento da carreira a pessoa está e há quanto tempo atua na área. Escute "
        "com interesse, sem julgar nem aconselhar.",
        "Agora sobre o seu momento de carreira: você está começando, crescendo, mudando de área ou "
        "liderando?",
        (
            Question(
                "momento",
                Kind.CHOICE,
                True,
                "Qual destas opções descreve melhor o seu momento?",
                ("Começando", "Crescendo", "Mudando de área", "Liderando"),
            ),
            Question("anos", Kind.NUMBER, False, "Há quantos anos você atua na área?"),
        ),
    ),
    Stage(
        "expectations",
        "Expectativas",
        "Descubra o que a pessoa espera do evento e se já participou de edições anteriores. Se a "
        "resposta for vaga, peça um exemplo.",
        "O que você espera levar deste evento?",
        (
            Question("expectativa", Kind.TEXT, True, "O que você espera levar deste evento?"),
            Question("ja_participou", Kind.YES_NO, True, "Você já participou de outra edição?"),
        ),
    ),
    Stage(
        "main-goal",
        "Objetivo principal",
        "Ajude a pessoa a dizer, em uma frase, o seu objetivo principal e até quando quer "
        "alcançá-lo. A data é bem-vinda, mas não insista.",
        "Se tudo der certo, qual é o objetivo que este evento vai ajudar você a alcançar?",
        (
            Question("objetivo", Kind.TEXT, True, "Qual é o seu objetivo principal?"),
            Question("prazo", Kind.DATE, False, "Até quando quer alcançá-lo? (dia/mês/ano)"),
        ),
    ),
    Stage(
        "closing",
        "Encerramento",
        "Agradeça, confirme que está tudo anotado e receba um recado para a organização, se "
        "houver. Diga que voltamos a escrever depois do evento e que, para não receber mais "
        "mensagens, basta escrever SAIR. Não abra assuntos novos.",
        "Obrigado por compartilhar! Depois do evento escrevemos para saber como foi; se preferir "
        "não receber mais mensagens, escreva SAIR. Quer deixar um recado para a organização?",
        (Question("recado", Kind.TEXT, False, "Quer deixar um recado para a organização?"),),
    ),
    Stage(
        "day-after",
        "24 horas depois",
        "Pergunte como foi o evento, com nota de 0 a 10 e o que mais marcou. Agradeça críticas.",
        "E então, como foi o evento para você? De 0 a 10, que nota você dá?",
        (
            Question("nota", Kind.NUMBER, True, "De 0 a 10, que nota você dá ao evento?"),
            Question("destaque", Kind.TEXT, False, "O que mais marcou você?"),
        ),
        DAY,
    ),
    Stage(
        "week-after",
        "7 dias depois",
        "Pergunte o que a pessoa já colocou em prática do que viu, e o que a impede.",
        "Já faz uma semana! O que você já colocou em prática do que viu no evento?",
        (
            Question("pratica", Kind.TEXT, True, "O que você já colocou em prática?"),
            Question("obstaculo", Kind.TEXT, False, "O que está dificultando?"),
        ),
        WEEK,
    ),
    Stage(
        "month-after",
        "30 dias depois",
        "Volte ao objetivo principal: a pessoa está mais perto dele? Recomendaria o evento? "
        "Encerre com gratidão.",
        "Um mês depois do evento: você está mais perto do seu objetivo?",
        (
            Question("mais_perto", Kind.YES_NO, True, "Você está mais perto do seu objetivo?"),
            Question("recomenda", Kind.YES_NO, True, "Você recomendaria o evento a um amigo?"),
        ),
        MONTH,
    ),
)

ENGLISH = (
    Stage(
        "intro",
        "Introduction",
        "Welcome the person to the event, get to know them and put them at ease. Find out how they "
        "like to be called, what they do today and where they work. One question at a time.",
        "It is good to have you at the event! Just a few questions, so that we all make the most "
        "of it. To begin: how do you like to be called?",
        (
            Question("name", Kind.TEXT, True, "How do you like to be called?"),
            Question("occupation", Kind.TEXT, True, "What do you do today?"),
            Question("company", Kind.TEXT, False, "At which company or project?"),
        ),
    ),
    Stage(
        "career-moment",
        "Career moment",
        "Understand at which moment of their career the person is and for how long they have "
        "worked in the field. Listen with interest, without judging or advising.",
        "Now about your career: are you starting, growing, changing fields or leading?",
        (
            Question(
                "moment",
                Kind.CHOICE,
                True,
                "Which of these describes your moment best?",
                ("Starting", "Growing", "Changing fields", "Leading"),
            ),
            Question("years", Kind.NUMBER, False, "For how many years have you worked in it?"),
        ),
    ),
    Stage(
        "expectations",
        "Expectations",
        "Find out what the person expects of the event and whether they have been to an earlier "
        "one. Where an answer is vague, ask for an example.",
        "What do you hope to take home from this event?",
        (
            Question("expectation", Kind.TEXT, True, "What do you hope to take home from it?"),
            Question("been_before", Kind.YES_NO, True, "Have you been to an earlier one?"),
        ),
    ),
    Stage(
        "main-goal",
        "Main goal",
        "Help the person say their main goal in one sentence, and by when they want to reach it. "
        "A date is welcome, but do not insist.",
        "If all goes well, which goal will this event help you reach?",
        (
            Question("goal", Kind.TEXT, True, "What is your main goal?"),
            Question("deadline", Kind.DATE, False, "By when? (day/month/year)"),
        ),
    ),
    Stage(
        "closing",
        "Closing",
        "Say thank you, confirm that all has been noted and take a message for the organisers, if "
        "there is one. Say that we write again after the event and that writing STOP ends our "
        "messages. Do not open new subjects.",
        "Thank you for sharing! After the event we write to hear how it was; if you would rather "
        "not get messages any more, write STOP. Is there anything you want to tell the organisers?",
        (Question("message", Kind.TEXT, False, "Anything you want to tell the organisers?"),),
    ),
    Stage(
        "day-after",
        "24 hours after",
        "Ask how the event was, with a mark from 0 to 10 and what stood out. Be thankful for "
        "criticism.",
        "So, how was the event for you? From 0 to 10, how would you rate it?",
        (
            Question("rating", Kind.NUMBER, True, "From 0 to 10, how would you rate the event?"),
            Question("highlight", Kind.TEXT, False, "What stood out for you?"),
        ),
        DAY,
    ),
    Stage(
        "week-after",
        "7 days after",
        "Ask what the person has put into practice of what they saw, and what keeps them from it, "
        "where that is so.",
        "A week has passed! What have you put into practice of what you saw at the event?",
        (
            Question("practice", Kind.TEXT, True, "What have you put into practice?"),
            Question("obstacle", Kind.TEXT, False, "What makes it difficult?"),
        ),
        WEEK,
    ),
    Stage(
        "month-after",
        "30 days after",
        "Come back to the main goal: is the person closer to it? Would they recommend the event? "
        "Close with gratitude.",
        "A month after the event: are you closer to your goal?",
        (
            Question("closer", Kind.YES_NO, True, "Are you closer to your goal?"),
            Question("recommends", Kind.YES_NO, True, "Would you recommend it to a friend?"),
        ),
        MONTH,
    ),
)
