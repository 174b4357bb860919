"""What the lines of the first day go by."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import exists, select

from ...database import db
from ...models import Direction, Document, Message, Participant, User
from ...models.participant import IS_SIMULATED
from ...money import caps
from ...money.caps import Cap
from ...settings import Settings

SPENDING = (Cap.DAY, Cap.MONTH, Cap.MODEL_DAY, Cap.MODEL_MONTH)


@dataclass(frozen=True)
class Facts:
    """`tried`: somebody pretended was answered. `documents`: something is found in one. `team`:
    more than one person may sign in. The last three are connected.
    """

    settings: Settings
    tried: bool
    documents: bool
    team: bool
    model: bool
    whatsapp: bool
    github: bool

    @property
    def capped(self) -> bool:
        return any(caps.limit(self.settings, each) is not None for each in SPENDING)

    @property
    def has_hours(self) -> bool:
        chosen, usual = self.settings, Settings()
        names = ("hours", "closed_dates", "holidays")
        return any(getattr(chosen, each) != getattr(usual, each) for each in names)


def look(now: Settings) -> Facts:
    """All of them, in one statement."""
    # By those who are pretended: there may be a million messages.
    replies = select(Message.id).where(
        Message.participant_id == Participant.id, Message.direction == Direction.OUTBOUND
    )
    answered = select(Participant.id).where(IS_SIMULATED, replies.exists())
    another = select(User.id).where(User.active).order_by(User.id).offset(1).limit(1)
    found = db.session.execute(
        select(
            exists(answered).label("tried"),
            exists(select(Document.id).where(Document.passages > 0)).label("documents"),
            exists(another).label("team"),
        )
    ).one()
    config = current_app.config
    return Facts(
        settings=now,
        tried=bool(found.tried),
        documents=bool(found.documents),
        team=bool(found.team),
        model=config["OPENAI_CONNECTED"],
        whatsapp=config["TWILIO_CONNECTED"],
        github=config["GITHUB_CONNECTED"],
    )
