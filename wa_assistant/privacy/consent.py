"""What a participant agreed to: an event for each step, of which nothing is ever changed."""

import hashlib

from flask import current_app

from .. import settings
from ..database import db
from ..models import Consent, ConsentEvent, ConsentMode, JourneyVersion, Participant

NEUTRAL = {
    "pt": {
        "company": "nossa empresa",
        "purpose": "responder a você",
        "countries": "servidores no Brasil e no exterior",
    },
    "en": {
        "company": "our company",
        "purpose": "answering you",
        "countries": "servers in Brazil and abroad",
    },
}


def is_awaited(participant: Participant, version: JourneyVersion | None) -> bool:
    """Whether their journey asks for it, and they have not said yes."""
    asks = version is not None and version.consent == ConsentMode.ASK
    return asks and participant.consent != Consent.GIVEN


def record(
    participant: Participant, kind: Consent, message_sid: str | None, notice: str | None = None
) -> None:
    """Where they stand now, and the event; inside the caller's writing unit."""
    participant.consent = kind
    db.session.add(
        ConsentEvent(
            participant_id=participant.id,
            kind=kind,
            notice_version=notice,
            message_sid=message_sid,
        )
    )


def facts(language: str) -> dict[str, str]:
    """What a notice says of us: from the settings, in neutral words while they are empty."""
    chosen, neutral = settings.current(), NEUTRAL[language]
    found = {name: getattr(chosen, name) or words for name, words in neutral.items()}
    return {**found, "link": f"{current_app.config['PUBLIC_URL']}/privacy"}


def version_of(notice: str) -> str:
    """Which wording of the notice it was."""
    return hashlib.sha256(notice.encode()).hexdigest()[:16]
