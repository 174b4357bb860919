"""What users noted of a participant, for the model: only where a setting lets it have that."""

from sqlalchemy import select

from ..database import db
from ..models import Note
from . import rules

MOST = 10
MOST_CHARACTERS = 500  # of one


def beside(told: str, participant_id: int) -> str:
    """`told` with the last notes after it, the oldest first, where there are any."""
    newest = select(Note.body).where(Note.participant_id == participant_id)
    found = db.session.scalars(newest.order_by(Note.id.desc()).limit(MOST)).all()
    lines = [f"- {' '.join(each.split())[:MOST_CHARACTERS]}" for each in reversed(found)]
    section = "\n".join([rules.OF_NOTES, *lines]) if lines else ""
    return "\n\n".join(filter(None, (told, section)))
