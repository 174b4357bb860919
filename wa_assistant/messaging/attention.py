"""Calls a person to a conversation. It does not silence the assistant."""

from ..database import utcnow
from ..models import Attention, Participant


def call(participant: Participant, reason: Attention) -> None:
    """Mark that `participant` needs a person; the first call's time stands."""
    participant.attention_at = participant.attention_at or utcnow()
    participant.attention = reason
