"""A working day at a language school: a dozen conversations as they come, for eyes and browsers."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    AiCall,
    Attention,
    Author,
    Direction,
    Message,
    Outcome,
    Participant,
    Role,
    Settlement,
    Status,
    User,
)

# name, number, minutes since the last message, messages: (who, words, how it ended or its kind)
PEOPLE = [
    (
        "Ana Beatriz Souza",
        "+5511987654321",
        2,
        [
            ("p", "Oi! Boa tarde 😊", ""),
            ("p", "Vocês têm turma de inglês à noite?", ""),
            (
                "a",
                "Boa tarde, Ana! Temos, sim: terças e quintas, das 19h às 20h30. Posso te contar "
                "sobre os níveis?",
                "read",
            ),
            ("p", "Pode! Eu estudei até o intermediário, mas faz uns cinco anos.", ""),
            (
                "a",
                "Que bom! Nesse caso sugiro o teste de nivelamento: é gratuito, leva 20 minutos e "
                "pode ser feito em https://escola.example.com/nivel.\n\nDepois dele a gente "
                "indica a turma certa para você.",
                "read",
            ),
            ("p", "Fiz agora, deu B1", ""),
            ("p", "image", "Este é o resultado"),
            (
                "u",
                "Parabéns, Ana! Com B1 você entra na turma de terça. Separei uma vaga até sexta.",
                "read",
            ),
            ("p", "Perfeito, obrigada! Como faço para pagar a matrícula?", ""),
        ],
    ),
    (
        "João Pedro",
        "+5521998765432",
        7,
        [
            ("p", "Quero falar com uma pessoa por favor", ""),
            ("a", "Claro, João. Uma pessoa da nossa equipe já vai falar com você.", "delivered"),
            ("p", "audio", ""),
            ("p", "alguém aí?", ""),
        ],
    ),
    (
        "Marina Lopes de Albuquerque Cavalcanti",
        "+5581999112233",
        31,
        [
            ("p", "Bom dia! O boleto de outubro não chegou", ""),
            ("a", "Bom dia, Marina! Vou pedir à secretaria que reenvie o boleto.", "failed"),
        ],
    ),
    (
        "",
        "+5531988001122",
        44,
        [
            ("p", "location", ""),
            ("p", "É aqui que fica a escola?", ""),
            ("a", "Isso mesmo! Fica ao lado da padaria, segundo andar.", "delivered"),
        ],
    ),
    (
        "Rafael",
        "+5541991234567",
        63,
        [
            ("p", "posso remarcar a aula de amanhã?", ""),
            ("u", "Pode sim, Rafael. Quinta às 18h serve?", "delivered"),
            ("p", "serve!!", ""),
        ],
    ),
    (
        "Camila Ferreira",
        "+5511955554444",
        95,
        [
            ("p", "Obrigada pela ajuda ontem 🙏", ""),
            ("a", "Imagina, Camila! Qualquer coisa é só chamar.", "read"),
        ],
    ),
    (
        "Thiago Nunes",
        "+5551987001100",
        180,
        [
            ("p", "Qual o valor do intensivo?", ""),
            (
                "a",
                "O valor do intensivo eu não tenho aqui. Uma pessoa da equipe pode te passar.",
                "sent",
            ),
        ],
    ),
    (
        "Emily Carter",
        "+14155550123",
        26 * 60,
        [
            ("p", "Hi! Do you teach Portuguese to foreigners?", ""),
            ("a", "Hi Emily! Yes, we do: one-to-one lessons, online or in São Paulo.", "read"),
        ],
    ),
    (
        "Luiz Henrique",
        "+5561998877665",
        30 * 60,
        [("p", "document", "contrato.pdf"), ("u", "Recebido, Luiz. Obrigado!", "read")],
    ),
    (
        "Dona Zuleica",
        "+5571991239876",
        52 * 60,
        [
            ("p", "Minha neta vai gostar das aulas", ""),
            ("a", "Que alegria, Dona Zuleica! Quantos anos ela tem?", "delivered"),
        ],
    ),
    ("Bruno 🚀", "+5585988776655", 4 * 24 * 60, [("p", "sticker", ""), ("p", "kkkk", "")]),
    (
        "Sofia Martins",
        "+5511944443333",
        12 * 24 * 60,
        [("p", "Até a próxima turma!", ""), ("a", "Até breve, Sofia!", "read")],
    ),
]
KINDS = ("image", "audio", "location", "document", "sticker")


def open_for_business() -> dict[str, int]:
    """Make the day up; the ids of the participants by name. Bia and Caio are of the team."""
    with transaction():
        bia, caio = (
            _user(*each)
            for each in (
                ("bia@example.com", "Bia Ramos", Role.EDITOR),
                ("caio@example.com", "Caio", Role.OWNER),
            )
        )
        ids = {}
        for name, number, minutes, said in PEOPLE:
            at = utcnow() - timedelta(minutes=minutes)
            person = Participant(
                address=f"whatsapp:{number}",
                phone=number,
                name=name,
                last_activity_at=at,
                last_inbound_at=at,
            )
            db.session.add(person)
            db.session.flush()
            for place, (who, words, state) in enumerate(said):
                moment = at - timedelta(minutes=3 * (len(said) - place - 1))
                _say(person, who, words, state, moment, bia)
            ids[name or number] = person.id
        _states(ids, bia, caio)
    return ids


def _user(email, name, role):
    user = db.session.scalar(select(User).where(User.email == email))
    if user is None:
        user = User(email=email, role=role)
        db.session.add(user)
    user.name = name
    db.session.flush()
    return user


def _say(person, who, words, state, moment, colleague):
    message = Message(participant_id=person.id, created_at=moment, body=words)
    if who == "p":
        message.direction, message.author = Direction.INBOUND, Author.PARTICIPANT
        message.status, message.settlement = Status.RECEIVED, Settlement.ANSWERED
        message.settled_at = moment
        message.provider_sid = f"SM{uuid4().hex}"
        if words in KINDS:
            message.kind, message.body = words, state
        if words == "location":
            message.media = [{"latitude": "-19.9", "longitude": "-43.9", "label": "Savassi"}]
    else:
        message.direction, message.status = Direction.OUTBOUND, Status(state)
        message.author = Author.USER if who == "u" else Author.ASSISTANT
        message.user_id = colleague.id if who == "u" else None
        if state == "failed":
            message.error, message.error_code = "Channel could not deliver", 63016
    db.session.add(message)
    db.session.flush()
    if who == "a":
        message.ai_call_id = _call(person, moment).id


def _call(person, moment):
    call = AiCall(
        participant_id=person.id,
        created_at=moment,
        model="gpt-6-luna",
        prompt_version="4f1c9a2e",
        input_tokens=1184,
        cached_tokens=1024,
        output_tokens=57,
        cost=55,
        latency=1830,
        outcome=Outcome.ANSWERED,
    )
    db.session.add(call)
    db.session.flush()
    return call


def _states(ids, bia, caio):
    def person(name):
        return db.session.get_one(Participant, ids[name])

    now = utcnow()
    person("Ana Beatriz Souza").taken_over_by_id, person("Ana Beatriz Souza").unread = bia.id, 1
    joao = person("João Pedro")
    joao.attention, joao.unread = Attention.ASKED_FOR, 2
    joao.attention_at, joao.assigned_to_id = now - timedelta(minutes=7), caio.id
    marina = person("Marina Lopes de Albuquerque Cavalcanti")
    marina.attention, marina.attention_at = Attention.NOT_DELIVERED, now - timedelta(minutes=31)
    joao.called_at, marina.called_at = joao.attention_at, marina.attention_at
    person("+5531988001122").unread = 2
    person("Rafael").taken_over_by_id = caio.id
    person("Thiago Nunes").paused_until = now + timedelta(minutes=48)
    person("Sofia Martins").simulated = True
