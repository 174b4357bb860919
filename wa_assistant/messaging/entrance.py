"""Which journey somebody enters who writes for the first time."""

from sqlalchemy import select

from .. import settings
from ..database import db
from ..models import Journey, JourneyVersion, Participant, VersionState

SUPPORT_DESK = "support-desk"  # until an owner chooses


def enter(participant: Participant) -> None:
    """Unless they have been put into one already."""
    if participant.journey_version_id is not None:
        return
    version = newcomers()
    participant.journey_version_id = None if version is None else version.id


def newcomers() -> JourneyVersion | None:
    """The newest published version of the journey that newcomers enter."""
    chosen = settings.current().newcomers_journey
    which = Journey.id == chosen if chosen else Journey.starter == SUPPORT_DESK
    return db.session.scalar(
        select(JourneyVersion)
        .join(Journey)
        .where(which, JourneyVersion.state == VersionState.PUBLISHED)
        .order_by(JourneyVersion.number.desc())
        .limit(1)
    )
