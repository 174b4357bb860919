"""The line that opens the first answer where a journey does not ask, but notifies."""

from sqlalchemy.orm import Session

from ..models import Consent, ConsentMode, JourneyVersion, Participant
from ..privacy import consent
from . import fixed_texts
from .fixed_texts import Saying


def line_for(session: Session, participant: Participant) -> str:
    """What their first answer opens with, which is then on record; "" for all that follow."""
    version = session.get(JourneyVersion, participant.journey_version_id or 0)
    if version is None or version.consent != ConsentMode.NOTIFY or participant.consent is not None:
        return ""
    language = fixed_texts.language(participant, version)
    line = fixed_texts.say(Saying.NOTIFY, language, **consent.facts(language))
    consent.record(participant, Consent.NOTIFIED, None, consent.version_of(line))
    return f"{line}\n\n"
