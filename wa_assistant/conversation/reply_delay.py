"""How long to wait for the next message of a burst before it is answered."""

from typing import Any

from flask import current_app
from sqlalchemy import Row, select

from .. import settings
from ..database import db
from ..settings import Settings

NAMES = ("reply_delay",)
COLUMNS = settings.columns(NAMES)


def now() -> float:
    """Seconds, as they are at this moment."""
    return of_row(db.session.execute(select(*COLUMNS)).one())


def of_row(row: Row[*tuple[Any, ...]]) -> float:
    """The same, read along with a statement that has COLUMNS."""
    return of(settings.of_row(NAMES, row))


def of(chosen: Settings) -> float:
    return default() if chosen.reply_delay is None else chosen.reply_delay


def default() -> float:
    """As the environment says it."""
    return float(current_app.config["REPLY_DELAY_SECONDS"])
