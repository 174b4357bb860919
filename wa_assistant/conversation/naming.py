"""What the team says of who a participant is: how they are called, and what they speak."""

from flask_babel import lazy_gettext as _l

from .. import audit, live
from ..audit import Actor
from ..database import db, transaction
from ..models import Action, Participant, Subject
from ..models.characters import seen_in_a_line
from ..settings.problem import Problem
from . import fixed_texts
from .fields import ChangedMeanwhile

NAME_CHARACTERS = 100

TOO_LONG = _l("At most %(num)d characters.", num=NAME_CHARACTERS)
NO_LANGUAGE = _l("Choose one of the languages.")
NAME, LANGUAGE = "name", "language"
ACTIONS = {NAME: Action.NAMED, LANGUAGE: Action.CHANGED}


def call(actor: Actor, participant_id: int, name: str, seen: str | None = None) -> None:
    """They are called `name` by the team; by their own where that is empty.

    `seen` is what they were called when `actor` began to write, None where nobody looked. Raises
    Problem, and ChangedMeanwhile where they are called something else by now.
    """
    name = seen_in_a_line(name)
    if len(name) > NAME_CHARACTERS:
        raise Problem({"": TOO_LONG})
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        now = participant.known_as
        if now == name:
            return
        _check(participant_id, NAME, now, seen)
        participant.known_as = name
        _changed(actor, participant_id, NAME)


def speaks(actor: Actor, participant_id: int, language: str, seen: str | None = None) -> None:
    """They speak `language` ("pt", "en"), whatever their number says; "": as that says.

    `seen`, and what is raised, are as of `call`.
    """
    if language and language not in fixed_texts.FIXED_TEXTS:
        raise Problem({"": NO_LANGUAGE})
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        now = participant.language or ""
        if now == language:
            return
        _check(participant_id, LANGUAGE, now, seen)
        participant.language = language or None
        _changed(actor, participant_id, LANGUAGE)


def _check(participant_id: int, what: str, now: str, seen: str | None) -> None:
    if seen is not None and seen != now:
        entry = audit.latest(ACTIONS[what], Subject.PARTICIPANT, participant_id)
        raise ChangedMeanwhile(now, entry.actor if entry else "")


def _changed(actor: Actor, participant_id: int, what: str) -> None:
    audit.record(actor, ACTIONS[what], Subject.PARTICIPANT, participant_id, after={"part": what})
    live.conversation_changed(participant_id)
