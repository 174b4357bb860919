"""The journeys that come with the product, in Brazilian Portuguese and English."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ...database import db, one_at_a_time, transaction, utcnow
from ...models import ConsentMode, Journey, JourneyVersion, VersionState
from ..definition import Stage, written
from . import event_interview, support_desk


@dataclass(frozen=True)
class Starter:
    """`key` and a language name it in the database; `publishes`: it needs nothing of anybody to
    be published."""

    key: str
    names: dict[str, str]
    stages: dict[str, Sequence[Stage]]
    consent: ConsentMode
    publishes: bool


STARTERS = (
    Starter(
        "support-desk",
        {"pt": "Atendimento", "en": "Support desk"},
        {"pt": support_desk.PORTUGUESE, "en": support_desk.ENGLISH},
        ConsentMode.NOTIFY,
        publishes=True,
    ),
    Starter(
        "event-interview",
        {"pt": "Entrevista de evento", "en": "Event interview"},
        {"pt": event_interview.PORTUGUESE, "en": event_interview.ENGLISH},
        ConsentMode.ASK,
        publishes=False,  # without the event's date
    ),
)


def install() -> list[str]:
    """Put each into the database in each language, once and for all; the names of the new ones.

    One that was renamed is still there, and so is one of which nothing is listed any more.
    """
    with transaction():
        one_at_a_time("starters")
        known = set(db.session.scalars(select(Journey.starter).where(Journey.starter.is_not(None))))
        missing = [
            (starter, language)
            for starter in STARTERS
            for language in starter.names
            if f"{starter.key}:{language}" not in known
        ]
        for starter, language in missing:
            key = f"{starter.key}:{language}"
            journey = Journey(name=starter.names[language], starter=key)
            db.session.add(journey)
            db.session.flush()
            db.session.add(_first_version(journey, starter, language))
        return [starter.names[language] for starter, language in missing]


def _first_version(journey: Journey, starter: Starter, language: str) -> JourneyVersion:
    return JourneyVersion(
        journey_id=journey.id,
        number=1,
        state=VersionState.PUBLISHED if starter.publishes else VersionState.DRAFT,
        published_at=utcnow() if starter.publishes else None,
        language=language,
        consent=starter.consent,
        stages=written(starter.stages[language]),
    )
