"""What users noted of a participant, for the model: only where a setting lets it have that."""

from sqlalchemy import select

from ..database import db
from ..models import Note
from . import rules

MOST = 10
MOST_CHARACTERS = 500  # of one


def told(participant_id: int) -> str:
    """A section of the prompt with the last notes, the oldest first; "" where there is none."""
    newest = select(Note.body).where(Note.participant_id == participant_id)
    found = db.session.scalars(newest.order_by(Note.id.desc()).limit(MOST)).all()
    lines = [f"- {' '.join(each.split())[:MOST_CHARACTERS]}" for each in reversed(found)]
    return "\n".join([rules.OF_NOTES, *lines]) if lines else ""
