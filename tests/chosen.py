"""An owner chooses settings, as by a page's form."""

from sqlalchemy import select

from tests.cast import CAIO
from wa_assistant import settings
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, User


def choose(**given: str) -> None:
    owner = select(User).where(User.email == CAIO)
    if db.session.scalar(owner) is None:
        with transaction():
            db.session.add(User(email=CAIO, role=Role.OWNER))
    actor = db.session.scalars(owner).one()
    settings.change(given, settings.marks(settings.current()), actor)
