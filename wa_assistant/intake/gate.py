"""What an inbound message does before anybody answers it: stop, call a person, consent, offers.

Decided by code from the whole message, so that it works without a model, Redis or a budget.
"""

from sqlalchemy import select

from ..conversation import (
    attention,
    awaiting_consent,
    fixed_texts,
    outbox,
    prompts,
    silence,
    unsettled,
)
from ..conversation.fixed_texts import FixedText
from ..database import db, utcnow
from ..models import (
    UNTIL_RESUMED,
    Attention,
    Author,
    Consent,
    JourneyVersion,
    Message,
    Participant,
    Prompt,
    Settlement,
)
from ..privacy import consent
from ..understanding import commands, questions
from ..understanding.commands import Command, YesNo
from ..work.queue import later
from . import on_record

REACTION = "reaction"
# Kinds of messages, as Twilio calls them, that want no answer: who reacts, or changes their number.
ASK_NOTHING = (REACTION, "system")
MOST_QUESTIONS = 2  # for consent, and then a person is called
# What may be misheard decides nothing else.
SPOKEN = (Command.STOP, Command.PERSON)


def settles(participant: Participant, message: Message, *, late: bool = False) -> bool:
    """Whether the message has been dealt with here; otherwise it is for the assistant.

    Who is with a person is heard by that person: only a stop counts, and a return from one. What
    seems to be a stop and comes before the answer to something else is asked about in its turn.
    `late`: it was written hours ago, and is answered with no prompt any more.
    """
    gate = _Gate(participant, message)
    command = commands.command(message.body)
    if participant.blocked_at is not None:
        on_record.of_who_is_blocked(participant, message, command)
        gate.settle(Settlement.BLOCKED)
    elif message.kind in ASK_NOTHING and not gate.is_shown_reply():
        gate.settle(Settlement.NOTHING_ASKED)
    elif command == Command.STOP:
        gate.stop()
    elif participant.stopped_at is not None:
        gate.come_back() if command == Command.RETURN else gate.leave_alone()
    elif command == Command.REFUSE_OFFERS:
        gate.hear_of_offers(Consent.WITHDRAWN, FixedText.NO_OFFERS)
    elif command == Command.ACCEPT_OFFERS and not gate.needs_consent:
        gate.hear_of_offers(Consent.GIVEN, FixedText.OFFERS_WANTED)
    elif command == Command.PERSON and not gate.has_a_person:
        gate.call_person()
    elif not participant.assistant_may_speak(utcnow()):
        gate.leave_to_person()
    elif late:
        return False
    elif gate.decides_whether_to_stop():
        pass
    elif command == Command.ASK_WHETHER_TO_STOP and not gate.has_unanswered():
        gate.answer(ask_whether_to_stop(participant))
    elif gate.needs_consent:
        gate.ask_or_hear()
    else:
        return False
    return True


def obeys(participant: Participant, message: Message, spoken: str) -> bool:
    """Whether `spoken`, the words of a voice message, is a command and has been obeyed."""
    command = commands.command(spoken)
    if command not in SPOKEN:
        return False
    gate = _Gate(participant, message)
    gate.stop() if command == Command.STOP else gate.call_person()
    return True


def ask_whether_to_stop(participant: Participant) -> Message:
    """Put the question, of which nobody but they themselves decides the answer."""
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    words = fixed_texts.say(FixedText.WHETHER_TO_STOP, fixed_texts.language(participant, version))
    message = outbox.put(participant, words, Author.SYSTEM)
    message.prompt = Prompt.WHETHER_TO_STOP
    return message


class _Gate:
    """One message at the gate, in the writing unit that stores it."""

    def __init__(self, participant: Participant, message: Message) -> None:
        self.participant = participant
        self.message = message
        self.version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
        self.language = fixed_texts.language(participant, self.version)

    @property
    def needs_consent(self) -> bool:
        return consent.is_missing(self.participant, self.version)

    @property
    def has_a_person(self) -> bool:
        """Whether somebody holds it, or was asked for and has not come yet."""
        participant = self.participant
        called = participant.asked_for_person_at is not None and participant.is_paused(utcnow())
        return called or participant.taken_over_by_id is not None

    def is_shown_reply(self) -> bool:
        """Whether it is a reaction that says yes or no to what we asked last."""
        if self.message.kind != REACTION or not self.participant.assistant_may_speak(utcnow()):
            return False
        latest = prompts.latest(self.participant)
        if latest is None or prompts.is_to_another(self.message, latest):
            return False
        if latest.prompt is None and not questions.marked(latest.body):
            return False
        prompt = Prompt(latest.prompt or Prompt.CONSENT)
        return commands.heard(self.message.body, to=prompt) != YesNo.UNCLEAR

    def stop(self) -> None:
        """One confirmation, and then nothing."""
        before = self.participant.stopped_at
        self.participant.stopped_at = before or utcnow()
        consent.take_back_all(self.participant, self.message.provider_sid)
        silence.stop(self.participant.id)
        awaiting_consent.settle_all(self.participant, Settlement.STOPPED)
        self.clear_up()
        if before is None:
            self.say(FixedText.STOPPED)
        self.settle(Settlement.STOPPED)

    def hear_of_offers(self, said: Consent, words: FixedText) -> None:
        """It is on record, whoever answers; where the assistant may, it says so."""
        on_record.about_offers(self.participant, self.message, said)
        if not self.participant.assistant_may_speak(utcnow()):
            return self.leave_to_person()
        return self.answer(self.say(words))

    def come_back(self) -> None:
        """They begin again; also the assistant, unless a colleague has silenced it."""
        participant = self.participant
        consent.record(participant, Consent.RETURNED, self.message.provider_sid)
        participant.stopped_at, participant.consent, participant.consent_asked = None, None, 0
        if participant.asked_for_person_at is not None and participant.taken_over_by_id is None:
            participant.asked_for_person_at = participant.paused_until = None
        if not participant.assistant_may_speak(utcnow()):
            self.say(FixedText.WELCOME_BACK, then="")
            self.leave_to_person()
        elif self.needs_consent:
            self.ask_or_hear()
        else:
            self.go_on(FixedText.WELCOME_BACK)

    def leave_alone(self) -> None:
        """They stopped, and write all the same: a person may answer."""
        attention.call(self.participant, Attention.WROTE_AFTER_STOPPING)
        self.settle(Settlement.WITH_A_PERSON)

    def leave_to_person(self) -> None:
        if not self.has_a_person:
            attention.call(self.participant, Attention.WROTE_DURING_PAUSE)
        self.settle(Settlement.WITH_A_PERSON)

    def call_person(self) -> None:
        """The assistant is paused until a colleague hands back or resolves."""
        participant = self.participant
        participant.asked_for_person_at = utcnow()
        participant.paused_until = UNTIL_RESUMED
        silence.cancel(Message.participant_id == participant.id)
        attention.call(participant, Attention.ASKED_FOR_A_PERSON)
        awaiting_consent.hand_over(participant)
        awaiting_consent.settle_all(participant, Settlement.WITH_A_PERSON)
        words = fixed_texts.person_comes(self.language, participant.now())
        outbox.put(participant, words, Author.SYSTEM)
        self.settle(Settlement.WITH_A_PERSON)

    def decides_whether_to_stop(self) -> bool:
        """Whether it is a plain yes or no to that question, and has been acted upon.

        A no that comes before the answer to something else is answered in its turn.
        """
        heard = commands.heard(self.message.body, to=Prompt.WHETHER_TO_STOP)
        if heard == YesNo.UNCLEAR or not self.replies_to(Prompt.WHETHER_TO_STOP):
            return False
        if heard == YesNo.YES:
            self.stop()
        elif self.has_unanswered():
            return False
        elif self.needs_consent:
            self.answer(self.ask(FixedText.ASK_CONSENT))
        else:
            self.go_on(FixedText.GO_ON)
        return True

    def go_on(self, fixed_text: FixedText) -> None:
        """Where they were: with the words of the stage that is under way, if one is."""
        opening = self.opening()
        then = FixedText.WHERE_WE_WERE if opening else FixedText.HOW_TO_HELP
        self.answer(self.say(fixed_text, then=fixed_texts.say(then, self.language)))
        if opening:
            stage = self.participant.stage
            outbox.put(self.participant, opening, Author.SYSTEM, opens=stage)

    def opening(self) -> str:
        stages = self.version.stages if self.version else []
        here = (each["opening"] for each in stages if each["key"] == self.participant.stage)
        return next(here, "")

    def ask_or_hear(self) -> None:
        """Before a typed yes nothing begins; what they write meanwhile waits.

        Only what they write once they can have read the prompt is heard as its reply.
        """
        latest = prompts.latest(self.participant)
        heard = commands.heard(self.message.body, to=Prompt.CONSENT)
        if latest is not None and prompts.is_to_another(self.message, latest):
            heard = YesNo.UNCLEAR
        if latest is None or latest.prompt != Prompt.CONSENT:
            awaiting_consent.wait(self.message)
            self.ask(FixedText.ASK_CONSENT)
        elif not prompts.could_be_read(latest, self.message):
            awaiting_consent.wait(self.message)
        elif heard == YesNo.YES:
            self.agree()
        elif heard == YesNo.NO:
            self.refuse()
        elif self.participant.consent_asked < MOST_QUESTIONS:
            awaiting_consent.wait(self.message)
            self.ask(FixedText.ASK_AGAIN)
        else:
            awaiting_consent.wait(self.message)
            awaiting_consent.hand_over(self.participant)
            attention.call(self.participant, Attention.CONSENT_UNCLEAR)

    def ask(self, fixed_text: FixedText) -> Message:
        anew = fixed_text == FixedText.ASK_CONSENT
        self.participant.consent_asked = 1 if anew else self.participant.consent_asked + 1
        published = consent.current()
        facts = consent.facts(self.language, published)
        words = fixed_texts.say(fixed_text, self.language, **facts)
        shown = consent.as_shown(words, published) if anew else None
        consent.record(self.participant, Consent.ASKED, self.message.provider_sid, shown)
        message = outbox.put(self.participant, words, Author.SYSTEM)
        message.prompt = Prompt.CONSENT
        return message

    def agree(self) -> None:
        """What they wrote before is now answered, together with the yes."""
        consent.record(self.participant, Consent.GIVEN, self.message.provider_sid)
        awaiting_consent.release(self.participant)
        self.clear_up()
        later("jobs.reply.answer", self.participant.id)

    def refuse(self) -> None:
        self.participant.stopped_at, self.participant.waiting_since = utcnow(), None
        if self.participant.marketing_consent == Consent.GIVEN:
            on_record.about_offers(self.participant, self.message, Consent.WITHDRAWN)
        consent.record(self.participant, Consent.REFUSED, self.message.provider_sid)
        awaiting_consent.settle_all(self.participant, Settlement.STOPPED)
        self.clear_up()
        self.say(FixedText.REFUSED)
        self.settle(Settlement.STOPPED)

    def clear_up(self) -> None:
        """Whether they consent is clear now, and nobody is called any more because it was not."""
        attention.call_off(self.participant, Attention.CONSENT_UNCLEAR)

    def replies_to(self, prompt: Prompt) -> bool:
        latest = prompts.latest(self.participant)
        return prompts.replies_to(self.message, latest, prompt)

    def has_unanswered(self) -> bool:
        """Whether something they wrote before this waits for its answer."""
        others = (*unsettled.of(self.participant.id), Message.id != self.message.id)
        return db.session.scalar(select(Message.id).where(*others).limit(1)) is not None

    def answer(self, with_: Message) -> None:
        self.settle(Settlement.ANSWERED, with_)

    def settle(self, settlement: Settlement, answer: Message | None = None) -> None:
        self.message.settlement, self.message.settled_at = settlement, utcnow()
        self.message.answered_by_id = None if answer is None else answer.id

    def say(self, fixed_text: FixedText, **facts: str) -> Message:
        words = fixed_texts.say(fixed_text, self.language, **facts)
        return outbox.put(self.participant, words, Author.SYSTEM)
