"""That something was taken out of the product leaves a trace."""

from typing import Any

from ..database import transaction
from ..models import Action, Subject, User
from . import record


def exported(actor: User, which: dict[str, Any], subject: Subject = Subject.AUDIT) -> None:
    """Write down that `actor` exports of `subject` what `which` says, before any of it is given.

    Raises OperationalError where that cannot be written down: then nothing is exported.
    """
    with transaction():
        record(actor, Action.EXPORTED, subject, after=which or None)
