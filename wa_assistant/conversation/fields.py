"""What the team's own fields say of participants. Which fields there are, field_list.py says.

A value is kept as text, in one way of writing: 1234.5, 2026-12-05, the option as the field has it.
"""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from .. import audit, live
from ..audit import Actor
from ..database import db, transaction
from ..models import Action, Field, FieldKind, FieldValue, Participant, Subject
from ..models.about import VALUE_CHARACTERS
from ..models.characters import seen_in_a_line
from ..settings.problem import Words
from ..understanding import written

NO_NUMBER = _l("This is no number.")
NO_DATE = _l("This is no date.")
NO_OPTION = _l("This is none of the options.")
TOO_LONG = _l("At most %(num)d characters.", num=VALUE_CHARACTERS)


class DoesNotFit(Exception):
    """What was typed is nothing that the field holds, as `words` say."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since: `value` stands there now ("": nothing), by `who`."""

    def __init__(self, value: str, who: str) -> None:
        super().__init__()
        self.value, self.who = value, who


def all_fields() -> Sequence[Field]:
    """In their order."""
    return db.session.scalars(select(Field).order_by(Field.position, Field.id)).all()


def kept() -> set[int]:
    """The ids of all, of which none is removed until the writing unit ends."""
    some = select(Field.id).order_by(Field.id)
    return set(db.session.scalars(some.with_for_update(read=True, key_share=True)))


def of(participant_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """What is known of each of them, by the field's id; an empty one where nothing is."""
    found: dict[int, dict[int, str]] = {each: {} for each in participant_ids}
    rows = select(FieldValue).where(FieldValue.participant_id.in_(found))
    for each in db.session.scalars(rows):
        found[each.participant_id][each.field_id] = each.value
    return found


def put(
    actor: Actor, participant_id: int, field_id: int, typed: str, seen: str | None = None
) -> None:
    """The field says `typed` from now on; nothing where that is empty.

    `seen` is what stood there when `actor` began to write ("": nothing), None where nobody looked.
    Raises DoesNotFit; ChangedMeanwhile where something else stands there now; LookupError where
    there is no such field any more.
    """
    with transaction():
        db.session.get_one(Participant, participant_id, with_for_update=True)
        # Until the end nobody removes it, with what it says of participants.
        until = {"read": True, "key_share": True}
        field = db.session.get(Field, field_id, with_for_update=until)
        if field is None:
            raise LookupError(field_id)
        value, now = read(field, typed), of([participant_id])[participant_id].get(field_id, "")
        if now == value:
            return
        if seen is not None and seen != now:
            raise ChangedMeanwhile(now, _who(participant_id, field_id))
        write(actor, participant_id, field_id, value)


def write(actor: Actor, participant_id: int, field_id: int, value: str) -> None:
    """The same of a value that was read, in the writing unit under way."""
    key = {"participant_id": participant_id, "field_id": field_id}
    row = db.session.get(FieldValue, key)
    if value:
        db.session.merge(FieldValue(**key, value=value))
    elif row is not None:
        db.session.delete(row)
    # What is known of somebody never stands in the audit.
    which = {"field": field_id, "empty": not value}
    audit.record(actor, Action.FILLED_IN, Subject.PARTICIPANT, participant_id, after=which)
    live.conversation_changed(participant_id)


def read(field: Field, typed: str) -> str:
    """`typed` as the field keeps it; "" where nothing is typed. Raises DoesNotFit."""
    said = seen_in_a_line(typed)
    if not said:
        return ""
    if len(said) > VALUE_CHARACTERS:
        raise DoesNotFit(TOO_LONG)
    match field.kind:
        case FieldKind.NUMBER:
            value, problem = written.number(said), NO_NUMBER
        case FieldKind.DATE:
            value, problem = written.day(said), NO_DATE
        case FieldKind.CHOICE:
            value, problem = _option(field, said), NO_OPTION
        case _:
            return said
    if value is None:
        raise DoesNotFit(problem)
    return value


def _option(field: Field, said: str) -> str | None:
    """By its words, whatever their case and accents."""
    wanted = written.plain(said)
    return next((each for each in field.options if written.plain(each) == wanted), None)


def _who(participant_id: int, field_id: int) -> str:
    """Who changed it last, as the audit names them."""
    entry = audit.latest(Action.FILLED_IN, Subject.PARTICIPANT, participant_id, field=field_id)
    return entry.actor if entry else ""
