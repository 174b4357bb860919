"""The words that lead into journeys. Each leads to one, however it is spelt.

Only a whole message counts, and after whatever a participant may command: a word that is heard as a
stop, a yes or the like can be none.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from .. import audit, live
from ..database import db, one_at_a_time, transaction
from ..models import Action, Journey, Keyword, Origin, Participant, Prompt, Subject, User
from ..models.characters import seen_in_a_line
from ..models.journey import KEYWORD_CHARACTERS
from ..understanding import commands
from ..understanding.commands import YesNo
from . import placing
from .progress import keyword_of

MOST = 20  # of one journey
DIGITS = re.compile(r"\d{1,2}")  # by which an option of a question is chosen

EMPTY = _l("Write a word first.")
TOO_LONG = _l("A keyword has at most %(num)d characters.", num=KEYWORD_CHARACTERS)
TOO_MANY = _l("A journey has at most %(num)d keywords.", num=MOST)
HEARD = _l("This is heard as something else already: as a stop, a yes, a no, or a number.")


class Refused(Exception):
    """It can be no keyword of the journey, as `words` say."""

    def __init__(self, words: LazyString, other: str = "") -> None:
        super().__init__(other)
        self.words = words


def of(journey_id: int) -> Sequence[Keyword]:
    """Those of the journey, the oldest first."""
    found = select(Keyword).where(Keyword.journey_id == journey_id)
    return db.session.scalars(found.order_by(Keyword.id)).all()


def by_journey() -> set[int]:
    """The ids of the journeys that a keyword leads into."""
    return set(db.session.scalars(select(Keyword.journey_id).distinct()))


def add(actor: User, journey_id: int, word: str) -> Keyword:
    """From now on `word` leads into the journey. Raises Refused."""
    word = _checked(word)
    with transaction():
        one_at_a_time("keywords")
        db.session.get_one(Journey, journey_id)
        known = db.session.scalar(
            select(Keyword)
            .where(Keyword.word_folded == keyword_of(word))
            .options(joinedload(Keyword.journey))
        )
        if known is not None:
            _told_of(known, journey_id)
            return known
        count = select(func.count()).where(Keyword.journey_id == journey_id)
        if db.session.scalars(count).one() >= MOST:
            raise Refused(TOO_MANY)
        made = Keyword(journey_id=journey_id, word=word)
        made.word_folded = keyword_of(word)
        db.session.add(made)
        db.session.flush()
        _changed(actor, made, {"added": made.id})
        return made


def remove(actor: User, journey_id: int, keyword_id: int) -> str | None:
    """It leads nowhere any more; the word, or None where it did so already."""
    with transaction():
        found = db.session.get(Keyword, keyword_id, with_for_update=True)
        if found is None or found.journey_id != journey_id:
            return None
        word = found.word
        _changed(actor, found, {"removed": found.id})
        db.session.delete(found)
        return word


def obey(participant: Participant, journey_id: int) -> None:
    """They have written the journey's keyword, and enter it with the answer to that; inside the
    writing unit that stores it. Whoever has stopped, or is blocked, is heard no further."""
    version = placing.published(journey_id)
    if version is None or participant.stopped_at or participant.blocked_at:
        return
    before = placing.standing(participant)
    begins = placing.place(participant, version, writes=True)
    placing.note(Origin.ENGINE, Action.PUT_INTO_JOURNEY, participant, before, begins)


def link(number: str, word: str) -> str:
    """What opens WhatsApp with the word to be sent to `number` ("+5511...")."""
    return f"https://wa.me/{number.lstrip('+')}?text={quote(word)}"


def _checked(word: str) -> str:
    word = seen_in_a_line(word)
    key = keyword_of(word)
    if not key:
        raise Refused(EMPTY)
    if max(len(word), len(key)) > KEYWORD_CHARACTERS:
        raise Refused(TOO_LONG)
    prompts = (commands.heard(word, to=prompt) for prompt in Prompt)
    is_heard = any(heard != YesNo.UNCLEAR for heard in prompts)
    if is_heard or commands.command(word) is not None or DIGITS.fullmatch(key):
        raise Refused(HEARD)
    return word


def _told_of(known: Keyword, journey_id: int) -> None:
    """One that leads to another journey stays with that."""
    if known.journey_id != journey_id:
        name = known.journey.name
        raise Refused(_l("This leads into the journey “%(name)s” already.", name=name), name)


def _changed(actor: User, keyword: Keyword, what: dict[str, int]) -> None:
    audit.record(
        actor, Action.CHANGED, Subject.JOURNEY, keyword.journey_id, after={"keywords": what}
    )
    live.changed("journeys")
