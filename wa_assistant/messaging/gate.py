"""What an inbound message does before anybody answers it: stop, call a person, consent.

Decided by code from the whole message, so that it works without a model, Redis or a budget.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..database import utcnow
from ..models import (
    UNTIL_RESUMED,
    Attention,
    Author,
    Consent,
    JourneyVersion,
    Media,
    MediaStatus,
    Message,
    Participant,
    Settlement,
    Status,
)
from ..privacy import consent, phrases
from ..privacy.phrases import Command
from ..queue import later
from . import attention, hours, outbox, sayings, silence
from .sayings import Saying

MOST_QUESTIONS = 2  # for consent, and then a person is called


def settles(session: Session, participant: Participant, message: Message) -> bool:
    """Whether the message has been dealt with here; otherwise it is for the assistant."""
    version = session.get(JourneyVersion, participant.journey_version_id or 0)
    command = phrases.command(message.body)
    gate = _Gate(session, participant, message, version)
    if command == Command.STOP:
        gate.stop()
    elif participant.stopped_at is not None:
        return gate.come_back() if command == Command.RETURN else gate.leave_alone()
    elif command == Command.PERSON:
        gate.call_person()
    elif command == Command.ASK_WHETHER_TO_STOP:
        gate.answer(Saying.WHETHER_TO_STOP)
    elif gate.needs_consent:
        gate.ask_or_hear()
    else:
        return False
    return True


class _Gate:
    """One message at the gate, in the writing unit that stores it."""

    def __init__(
        self,
        session: Session,
        participant: Participant,
        message: Message,
        version: JourneyVersion | None,
    ) -> None:
        self.session = session
        self.participant = participant
        self.message = message
        self.language = sayings.language(participant, version)
        self.version = version

    @property
    def needs_consent(self) -> bool:
        return consent.is_awaited(self.participant, self.version)

    def stop(self) -> None:
        """One confirmation, and then nothing."""
        before = self.participant.stopped_at
        self.participant.stopped_at = before or utcnow()
        consent.record(self.participant, Consent.WITHDRAWN, self.message.provider_sid)
        silence.stop(self.session, self.participant.id)
        self.settle_held(Settlement.STOPPED)
        if before is None:
            self.say(Saying.STOPPED)
        self.settle(Settlement.STOPPED)

    def come_back(self) -> bool:
        participant = self.participant
        participant.stopped_at, participant.consent, participant.consent_asked = None, None, 0
        if self.needs_consent:
            self.ask_or_hear()
        else:
            self.answer(Saying.WELCOME_BACK)
        return True

    def leave_alone(self) -> bool:
        """They stopped, and write all the same: a person may answer."""
        attention.call(self.participant, Attention.WROTE_AFTER_STOPPING)
        self.settle(Settlement.WITH_A_PERSON)
        return True

    def call_person(self) -> None:
        """The assistant is paused until a colleague hands back or resolves."""
        participant = self.participant
        participant.asked_for_person_at = participant.asked_for_person_at or utcnow()
        participant.paused_until = UNTIL_RESUMED
        silence.cancel(self.session, Message.participant_id == participant.id)
        attention.call(participant, Attention.ASKED_FOR_A_PERSON)
        self.settle_held(Settlement.WITH_A_PERSON)
        when = hours.words(self.language)
        if hours.is_open(participant.now()) or not when:
            self.say(Saying.PERSON_SOON)
        else:
            self.say(Saying.PERSON_LATER, hours=when)
        self.settle(Settlement.WITH_A_PERSON)

    def ask_or_hear(self) -> None:
        """Before a typed yes nothing begins; what they write meanwhile is held."""
        if self.participant.consent != Consent.ASKED:
            self.hold()
            self.ask(Saying.ASK_CONSENT)
            return
        heard = phrases.consent(self.message.body)
        if heard == phrases.Consent.YES:
            self.agree()
        elif heard == phrases.Consent.NO:
            self.refuse()
        elif self.participant.consent_asked < MOST_QUESTIONS:
            self.hold()
            self.ask(Saying.ASK_AGAIN)
        else:
            self.hold()
            self.settle_held(Settlement.WITH_A_PERSON)
            attention.call(self.participant, Attention.CONSENT_UNCLEAR)

    def ask(self, saying: Saying) -> None:
        self.participant.consent_asked += 1
        words = sayings.say(saying, self.language, **consent.facts(self.language))
        notice = consent.version_of(words) if saying == Saying.ASK_CONSENT else None
        consent.record(self.participant, Consent.ASKED, self.message.provider_sid, notice)
        outbox.put(self.session, self.participant, words, Author.SYSTEM)

    def agree(self) -> None:
        """What they wrote before is now answered, together with the yes."""
        consent.record(self.participant, Consent.GIVEN, self.message.provider_sid)
        held = self.held()
        released = {"settlement": None, "settled_at": None}
        self.session.execute(update(Message).where(Message.id.in_(held)).values(**released))
        self.session.execute(
            update(Media)
            .where(Media.message_id.in_(held), Media.status == MediaStatus.WAITING)
            .values(next_attempt_at=utcnow())
        )
        later("jobs.reply.answer", self.participant.id)

    def refuse(self) -> None:
        self.participant.stopped_at = utcnow()
        consent.record(self.participant, Consent.REFUSED, self.message.provider_sid)
        self.settle_held(Settlement.STOPPED)
        self.say(Saying.REFUSED)
        self.settle(Settlement.STOPPED)

    def hold(self) -> None:
        """Neither unsettled nor lost; and nothing that came with it is fetched."""
        self.settle(Settlement.HELD)
        self.session.execute(
            update(Media).where(Media.message_id == self.message.id).values(next_attempt_at=None)
        )

    def held(self) -> list[int]:
        return list(
            self.session.scalars(
                select(Message.id).where(
                    Message.participant_id == self.participant.id,
                    Message.settlement == Settlement.HELD,
                )
            )
        )

    def settle_held(self, settlement: Settlement) -> None:
        """All that was held, and what nobody has answered yet."""
        values = {"settlement": settlement, "settled_at": utcnow()}
        left = Message.settled_at.is_(None) | (Message.settlement == Settlement.HELD)
        mine = (Message.participant_id == self.participant.id, Message.direction == "inbound")
        self.session.execute(update(Message).where(*mine, left).values(**values))

    def settle(self, settlement: Settlement, answer: Message | None = None) -> None:
        self.message.settlement, self.message.settled_at = settlement, utcnow()
        self.message.answered_by_id = None if answer is None else answer.id

    def answer(self, saying: Saying) -> None:
        self.settle(Settlement.ANSWERED, self.say(saying))

    def say(self, saying: Saying, **facts: str) -> Message:
        words = sayings.say(saying, self.language, **facts)
        return outbox.put(
            self.session, self.participant, words, Author.SYSTEM, status=Status.WAITING
        )
