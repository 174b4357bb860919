"""The journey that some of the invented people are led through: an interview around an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ...journey.definition import Question, Stage, written
from ...journey.starters import event_interview
from ...models import Consent, ConsentMode, JourneyVersion, Source, VersionState
from . import words
from .plan import Exchange, Person

NAME = "Encontro de conversação"
GREETING = "Oi! Me inscrevi no encontro de conversação"
YES = "Sim"
THANKS = "Obrigado por compartilhar! Até o encontro."
BEFORE_QUESTIONS = 2  # exchanges: they greet, and they agree

Row = dict[str, Any]


class Asked(NamedTuple):
    stage: str
    question: Question


class Told(NamedTuple):
    """What an exchange is about: their words, ours, and what they answered with which value."""

    asked: str
    said: str
    question: Asked | None = None
    value: str = ""


@dataclass(frozen=True)
class Interview:
    version_id: int
    questions: Sequence[Asked]

    def told(self, exchange: Exchange) -> Told | None:
        """None for what is said past the interview's last question."""
        place = exchange.number - BEFORE_QUESTIONS
        if exchange.number == 0:
            return Told(GREETING, words.ASKS_CONSENT)
        if place < 0:
            return Told(YES, self.questions[0].question.wording)
        if place >= len(self.questions):
            return None
        value = self._value(exchange.person, place)
        following = self.questions[place + 1 : place + 2]
        said = following[0].question.wording if following else THANKS
        return Told(words.SPOKEN.get(value, value), said, self.questions[place], value)

    def _value(self, person: Person, place: int) -> str:
        name = self.questions[place].question.name
        pool = words.ANSWERS.get(name) or (person.name.partition(" ")[0] or "Pode ser só Lu",)
        return pool[(person.id + place) % len(pool)]

    def standing(self, person: Person) -> Row:
        """What tells of it in the participant's row."""
        answered = len(person.exchanges) - BEFORE_QUESTIONS
        agreed = answered >= 0
        is_asked = agreed and answered < len(self.questions)
        return {
            "journey_version_id": self.version_id,
            "stage": self.questions[answered].stage if is_asked else None,
            "progress": min(100, 100 * max(0, answered) // len(self.questions)),
            "consent": Consent.GIVEN if agreed else Consent.ASKED,
        }

    def answers(self, exchange: Exchange, message_id: int) -> list[Row]:
        """What they answered in this exchange, by their message of that id."""
        told = self.told(exchange)
        if told is None or told.question is None:
            return []
        answer = {
            "participant_id": exchange.person.id,
            "version_id": self.version_id,
            "stage": told.question.stage,
            "name": told.question.question.name,
            "kind": told.question.question.kind,
            "value": told.value,
            "quote": told.asked,
            "message_id": message_id,
            "confidence": 0.9,
            "source": Source.MODEL,
            "created_at": exchange.said_at(exchange.count),
        }
        return [answer]

    def visits(self, person: Person) -> list[Row]:
        """The stages they have been in, and since when."""
        begun: dict[str, datetime] = {}
        for exchange in person.exchanges[1:]:
            place = exchange.number - BEFORE_QUESTIONS + 1
            if place < len(self.questions):
                begun.setdefault(self.questions[place].stage, exchange.said_at(exchange.count))
        moments = [*begun.values()]
        return [
            {
                "participant_id": person.id,
                "version_id": self.version_id,
                "stage": stage,
                "begun_at": moment,
                "completed_at": moments[number + 1] if number + 1 < len(moments) else None,
            }
            for number, (stage, moment) in enumerate(begun.items())
        ]


def consent_events(person: Person) -> list[Row]:
    """What was asked of them and what they agreed to."""
    kinds = [Consent.ASKED, Consent.GIVEN] if person.interviewed else [Consent.NOTIFIED]
    told = zip(kinds, person.exchanges, strict=False)
    return [
        {
            "participant_id": person.id,
            "kind": kind,
            "created_at": each.said_at(each.count),
            "notice_version": None,
            "message_sid": None,
        }
        for kind, each in told
    ]


def version(number: int, journey_id: int, until: datetime) -> JourneyVersion:
    """The published version they enter."""
    return JourneyVersion(
        journey_id=journey_id,
        number=number,
        state=VersionState.PUBLISHED,
        published_at=until,
        updated_at=until,
        language="pt",
        event_date=until.date(),
        consent=ConsentMode.ASK,
        stages=written(event_interview.PORTUGUESE),
    )


def questions(stages: Sequence[Stage] = event_interview.PORTUGUESE) -> list[Asked]:
    """What is asked before the event, in order."""
    before = [stage for stage in stages if not stage.begins.is_timed]
    return [Asked(stage.key, each) for stage in before for each in stage.answers]
