"""The tags of participants: words that the team tells them apart by.

A tag is made by giving it to somebody, and is one however it is spelt. One that nobody has any
more keeps its row, so that what names it can be taken back, and is offered no longer.
"""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from .. import audit, live
from ..audit import Actor
from ..database import db, folded, insert_once, one_at_a_time, transaction, writing
from ..models import Action, Participant, ParticipantTag, Subject, Tag
from ..models.about import TAG_CHARACTERS
from ..models.characters import seen_in_a_line
from ..settings.problem import Problem

MOST = 1000
MOST_OF_ONE = 30

EMPTY = _l("Write a tag first.")
TOO_LONG = _l("A tag has at most %(num)d characters.", num=TAG_CHARACTERS)
TOO_MANY = _l("There are %(num)d tags: use one of them.", num=MOST)
ENOUGH = _l("They have %(num)d tags: remove one first.", num=MOST_OF_ONE)


def add(actor: Actor, participant_id: int, name: str) -> Tag:
    """They have the tag of that name from now on, which is made where there is none.

    Raises Problem where the name is none, or is one too many.
    """
    with transaction():
        db.session.get_one(Participant, participant_id, with_for_update=True)
        tag = find_or_make(name)
        number = select(func.count()).where(ParticipantTag.participant_id == participant_id)
        if tag not in of([participant_id])[participant_id]:
            if db.session.scalars(number).one() >= MOST_OF_ONE:
                raise Problem({"": ENOUGH})
            give(actor, participant_id, tag.id)
        return tag


def remove(actor: Actor, participant_id: int, tag_id: int) -> bool:
    """They have it no more; False where they had it no more already."""
    with transaction():
        return take(actor, participant_id, tag_id)


def find_or_make(name: str) -> Tag:
    """The tag of that name, in the writing unit under way. Raises Problem."""
    name = checked(name)
    one_at_a_time("tags")
    known = db.session.scalar(select(Tag).where(Tag.name_folded == _key(name)))
    if known is not None:
        return known
    if db.session.scalars(select(func.count()).select_from(Tag)).one() >= MOST:
        raise Problem({"": TOO_MANY})
    tag = Tag(name=name)
    writing().add(tag)
    db.session.flush()
    return tag


def give(actor: Actor, participant_id: int, tag_id: int, **told: str) -> bool:
    """They have it from now on, in the writing unit under way; False where they had it already.
    The audit is `told` this besides."""
    which = {"participant_id": participant_id, "tag_id": tag_id}
    if insert_once(ParticipantTag, **which) is None:
        return False
    _changed(actor, participant_id, {"added": tag_id, **told})
    return True


def take(actor: Actor, participant_id: int, tag_id: int, **told: str) -> bool:
    """The contrary of `give`."""
    theirs = ParticipantTag.participant_id == participant_id
    found = writing().scalar(
        delete(ParticipantTag)
        .where(theirs, ParticipantTag.tag_id == tag_id)
        .returning(ParticipantTag.tag_id)
    )
    if found is None:
        return False
    _changed(actor, participant_id, {"removed": tag_id, **told})
    return True


def of(participant_ids: Collection[int]) -> dict[int, list[Tag]]:
    """The tags of each of them, by name; an empty list for who has none."""
    found: dict[int, list[Tag]] = {each: [] for each in participant_ids}
    rows = db.session.execute(
        select(ParticipantTag.participant_id, Tag)
        .join(Tag, Tag.id == ParticipantTag.tag_id)
        .where(ParticipantTag.participant_id.in_(found))
        .order_by(Tag.name_folded)
    )
    for participant_id, tag in rows:
        found[participant_id].append(tag)
    return found


def all_tags() -> Sequence[Tag]:
    """Those that somebody has, by name."""
    used = select(ParticipantTag.tag_id).where(ParticipantTag.tag_id == Tag.id).exists()
    return db.session.scalars(select(Tag).where(used).order_by(Tag.name_folded)).all()


def checked(name: str) -> str:
    """`name` as a tag is kept. Raises Problem."""
    name = seen_in_a_line(name)
    if not folded(name):
        raise Problem({"": EMPTY})
    if len(name) > TAG_CHARACTERS:
        raise Problem({"": TOO_LONG})
    return name


def _key(name: str) -> str:
    return folded(name)[:TAG_CHARACTERS]


def _changed(actor: Actor, participant_id: int, what: dict[str, int | str]) -> None:
    audit.record(actor, Action.CHANGED_TAGS, Subject.PARTICIPANT, participant_id, after=what)
    live.conversation_changed(participant_id)
