"""What a participant takes back or agrees to counts whoever answers them, also when nobody does."""

from ..conversation import awaiting_consent
from ..database import utcnow
from ..models import Consent, Message, Participant, Purpose
from ..privacy import consent
from ..understanding.commands import Command


def about_offers(participant: Participant, message: Message, kind: Consent) -> None:
    consent.record(participant, kind, message.provider_sid, purpose=Purpose.MARKETING)


def of_who_is_blocked(participant: Participant, message: Message, command: Command | None) -> None:
    """What they take back; nothing that came with the message is fetched."""
    if command == Command.STOP:
        participant.stopped_at = participant.stopped_at or utcnow()
        consent.take_back_all(participant, message.provider_sid)
    elif command == Command.REFUSE_OFFERS:
        about_offers(participant, message, Consent.WITHDRAWN)
    awaiting_consent.fetch_nothing(message)
