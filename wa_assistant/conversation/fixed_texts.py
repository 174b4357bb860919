"""What is said to a participant by code, word for word, in their language."""

from datetime import datetime
from enum import StrEnum

from ..database import db
from ..models import Consent, ConsentMode, JourneyVersion, Participant
from ..models.participant import speaks_portuguese
from ..privacy import consent
from . import hours

PORTUGUESE, ENGLISH = "pt", "en"


class FixedText(StrEnum):
    ASK_CONSENT = "ask consent"
    ASK_AGAIN = "ask again"
    NOTIFY = "notify"
    REFUSED = "refused"
    STOPPED = "stopped"
    WELCOME_BACK = "welcome back"
    GO_ON = "go on"
    WHERE_WE_WERE = "where we were"
    HOW_TO_HELP = "how to help"
    WHETHER_TO_STOP = "whether to stop"
    PERSON_SOON = "person soon"
    THANKS = "thanks"
    NOTED = "noted"
    GO_AHEAD = "go ahead"
    PLEASED = "pleased"
    PASSED_ON = "passed on"
    NOT_UNDERSTOOD = "not understood"
    PERSON_LATER = "person later"
    OFFERS_WANTED = "offers wanted"
    NO_OFFERS = "no offers"


FIXED_TEXTS = {
    PORTUGUESE: {
        FixedText.ASK_CONSENT: (
            "Olá! Quem responde aqui é o assistente virtual de {company}, uma inteligência "
            "artificial. Sobre as suas mensagens:\n"
            "Para quê: {purpose}\n"
            "Onde são processadas: {countries}\n"
            "Saiba mais: {link}\n\n"
            "Para parar a qualquer momento, escreva SAIR; para falar com uma pessoa, ATENDENTE.\n\n"
            "Podemos começar? Responda *sim* ou *não*."
        ),
        FixedText.ASK_AGAIN: (
            "Desculpe, não entendi se você concorda. Podemos usar suas mensagens como explicado "
            "acima? Responda *sim* ou *não*."
        ),
        FixedText.NOTIFY: (
            "_Quem responde é o assistente virtual (IA) de {company}. Para parar, escreva SAIR; "
            "para falar com uma pessoa, ATENDENTE._ {link}"
        ),
        FixedText.REFUSED: (
            "Tudo bem, não vamos continuar e não vamos mais escrever. Se mudar de ideia, "
            "escreva VOLTAR."
        ),
        FixedText.STOPPED: (
            "Pronto, você não vai mais receber mensagens nossas. Para voltar, escreva VOLTAR."
        ),
        FixedText.WELCOME_BACK: "Que bom ter você de volta! {then}",
        FixedText.GO_ON: "Certo, então você continua recebendo. {then}",
        FixedText.WHERE_WE_WERE: "Continuamos de onde paramos.",
        FixedText.HOW_TO_HELP: "Em que posso ajudar?",
        FixedText.WHETHER_TO_STOP: (
            "Você quer parar de receber mensagens nossas? Escreva SAIR para parar. Se for outra "
            "coisa que quer cancelar, conte para mim o que é."
        ),
        FixedText.THANKS: "Obrigado!",
        FixedText.NOTED: "Obrigado! Anotei tudo por aqui.",
        FixedText.GO_AHEAD: "Pode escrever por aqui!",
        FixedText.PLEASED: "Prazer, {name}!",
        FixedText.PASSED_ON: "Uma pessoa da nossa equipe vai responder à sua pergunta por aqui.",
        FixedText.NOT_UNDERSTOOD: "Desculpe, não entendi a resposta.",
        FixedText.PERSON_SOON: "Certo! Uma pessoa da nossa equipe vai continuar por aqui.",
        FixedText.PERSON_LATER: (
            "Certo! Uma pessoa da nossa equipe vai continuar por aqui. Voltamos {when}."
        ),
        FixedText.OFFERS_WANTED: (
            "Combinado, você aceita receber nossas ofertas por aqui. Se mudar de ideia, escreva "
            "NÃO QUERO OFERTAS."
        ),
        FixedText.NO_OFFERS: (
            "Pronto, você não vai receber ofertas nossas. Se mudar de ideia, escreva ACEITO "
            "OFERTAS; para não receber mais nenhuma mensagem, SAIR."
        ),
    },
    ENGLISH: {
        FixedText.ASK_CONSENT: (
            "Hello! The one who answers here is the virtual assistant of {company}, an artificial "
            "intelligence. About your messages:\n"
            "What for: {purpose}\n"
            "Where they are processed: {countries}\n"
            "Learn more: {link}\n\n"
            "To stop at any time, write STOP; to talk to a person, AGENT.\n\n"
            "May we begin? Please answer *yes* or *no*."
        ),
        FixedText.ASK_AGAIN: (
            "Sorry, I did not understand whether you agree. May we use your messages as explained "
            "above? Please answer *yes* or *no*."
        ),
        FixedText.NOTIFY: (
            "_The one who answers is the virtual assistant (AI) of {company}. To stop, write STOP; "
            "to talk to a person, AGENT._ {link}"
        ),
        FixedText.REFUSED: (
            "All right, we will not go on, and not write to you any more. Should you change your "
            "mind, write RETURN."
        ),
        FixedText.STOPPED: (
            "Done: you will get no more messages from us. To come back, write RETURN."
        ),
        FixedText.WELCOME_BACK: "It is good to have you back! {then}",
        FixedText.GO_ON: "All right, you will go on getting them. {then}",
        FixedText.WHERE_WE_WERE: "We go on where we were.",
        FixedText.HOW_TO_HELP: "How can I help?",
        FixedText.WHETHER_TO_STOP: (
            "Would you like to stop getting messages from us? Write STOP to stop. If it is "
            "something else you want to cancel, tell me what it is."
        ),
        FixedText.THANKS: "Thank you!",
        FixedText.NOTED: "Thank you! I have noted it all.",
        FixedText.GO_AHEAD: "Please go ahead and write it here!",
        FixedText.PLEASED: "Nice to meet you, {name}!",
        FixedText.PASSED_ON: "Someone from our team will answer your question here.",
        FixedText.NOT_UNDERSTOOD: "Sorry, I did not understand the answer.",
        FixedText.PERSON_SOON: "All right! Someone from our team will go on here.",
        FixedText.PERSON_LATER: (
            "All right! Someone from our team will go on here. The team is back {when}."
        ),
        FixedText.OFFERS_WANTED: (
            "All right, you agree to get our offers here. Should you change your mind, write NO "
            "OFFERS."
        ),
        FixedText.NO_OFFERS: (
            "Done: you will get no offers from us. Should you change your mind, write I ACCEPT "
            "OFFERS; to get no more messages at all, STOP."
        ),
    },
}

# Said in turn, before what is asked next.
RECOGNISED = {
    PORTUGUESE: ("Anotado!", "Entendi!", "Certo, anotei.", "Perfeito!"),
    ENGLISH: ("Noted!", "I see!", "Got it.", "Perfect!"),
}


def recognised(language: str, turn: int) -> str:
    """A word that an answer was heard, another one each turn."""
    words = RECOGNISED[language]
    return words[turn % len(words)]


def language(participant: Participant, version: JourneyVersion | None) -> str:
    """ "pt" or "en": what the team says they speak, else their journey's, else that of their
    number's country."""
    if participant.language in FIXED_TEXTS:
        return participant.language
    if version is not None:
        return version.language
    return PORTUGUESE if speaks_portuguese(participant.phone) else ENGLISH


def say(fixed_text: FixedText, language: str, **facts: str) -> str:
    return FIXED_TEXTS[language][fixed_text].format(**facts).strip()


def person_comes(language: str, at: datetime) -> str:
    """That a person goes on; while nobody is there in the owner's words, or with when one is."""
    if own := hours.away_text(language, at):
        return own
    when = hours.when_open(language, at)
    return say(FixedText.PERSON_LATER if when else FixedText.PERSON_SOON, language, when=when)


def notice(participant: Participant) -> str:
    """What their first answer opens with, which is then on record; "" for all that follow."""
    if participant.consent is not None:
        return ""
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    if version is None or version.consent != ConsentMode.NOTIFY:
        return ""
    spoken, published = language(participant, version), consent.current()
    line = say(FixedText.NOTIFY, spoken, **consent.facts(spoken, published))
    consent.record(participant, Consent.NOTIFIED, None, consent.as_shown(line, published))
    return f"{line}\n\n"
