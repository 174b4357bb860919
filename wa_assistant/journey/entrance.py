"""Which journey somebody enters who is in none."""

from sqlalchemy import select

from .. import settings
from ..conversation import languages
from ..conversation.fixed_texts import ENGLISH, PORTUGUESE
from ..database import db
from ..models import Journey, JourneyVersion, Participant, VersionState, spelling

# Until an owner chooses: each enters the one in their language, if it is published.
SUPPORT_DESKS = {language: f"support-desk:{language}" for language in (PORTUGUESE, ENGLISH)}


def enter(participant: Participant, text: str) -> None:
    """Unless they have been put into one already; `text` is what they write."""
    if participant.journey_version_id is not None:
        return
    portuguese = spelling.speaks_portuguese(participant.phone)
    language = PORTUGUESE if portuguese else languages.language(text, ENGLISH)
    version = newcomers(language)
    participant.journey_version_id = None if version is None else version.id


def newcomers(language: str) -> JourneyVersion | None:
    """The newest published version of the journey that newcomers of this language enter."""
    chosen = settings.current().newcomers_journey
    desks = Journey.starter.in_(SUPPORT_DESKS.values())
    theirs = Journey.starter == SUPPORT_DESKS[language]
    return db.session.scalar(
        select(JourneyVersion)
        .join(Journey)
        .where(
            Journey.id == chosen if chosen else desks,
            JourneyVersion.state == VersionState.PUBLISHED,
        )
        .order_by(theirs.desc(), JourneyVersion.number.desc())
        .limit(1)
    )


def entered() -> set[int]:
    """The ids of the journeys that newcomers enter, whatever their language."""
    found = (newcomers(language) for language in SUPPORT_DESKS)
    return {version.journey_id for version in found if version is not None}
