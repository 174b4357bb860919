"""Which fields participants have: the team's own list, in an order of its own."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from .. import audit
from ..database import db, folded, one_at_a_time, transaction
from ..models import Action, Field, FieldKind, FieldValue, Subject, User
from ..models.about import FIELD_CHARACTERS, VALUE_CHARACTERS
from ..models.characters import seen_in_a_line
from ..settings.problem import MEANWHILE, Problem, Words
from .fields import all_fields

T = TypeVar("T")
MOST = 50
MOST_OPTIONS = 100
FIELDS = "fields"

EMPTY = _l("Write a name first.")
TOO_LONG = _l("At most %(num)d characters.", num=FIELD_CHARACTERS)
TAKEN = _l("There is a field of this name already.")
TOO_MANY = _l("There are %(num)d fields: remove one first.", num=MOST)
NO_KIND = _l("Choose what the field holds.")
NO_OPTIONS = _l("Write at least one option, each in a line of its own.")
MANY_OPTIONS = _l("At most %(num)d options.", num=MOST_OPTIONS)
LONG_OPTION = _l("An option has at most %(num)d characters.", num=VALUE_CHARACTERS)


class Seen(NamedTuple):
    """What a form was opened with."""

    name: str
    options: Sequence[str]


def add(name: str, kind: str, options: Iterable[str], actor: User) -> Field:
    """A new one, after all others. Raises Problem, by "name", "kind" and "options"."""
    with transaction():
        one_at_a_time(FIELDS)
        problems: dict[str, Words] = {}
        name = _name(name, problems)
        chosen = [] if kind != FieldKind.CHOICE else _options(options, problems)
        if kind not in list(FieldKind):
            problems["kind"] = NO_KIND
        known = all_fields()
        if len(known) >= MOST:
            problems["name"] = TOO_MANY
        if problems:
            raise Problem(problems)
        last = max((each.position for each in known), default=-1)
        field = Field(name=name, kind=kind, options=chosen, position=last + 1)
        db.session.add(field)
        db.session.flush()
        audit.record(actor, Action.ADDED, Subject.FIELD, field.id, after=_said(field))
        return field


def change(
    field_id: int, name: str, options: Iterable[str], actor: User, seen: Seen | None = None
) -> bool:
    """Its name and its options from now on; what participants have keeps its words, also where no
    option has them any more. False where there is no such field. Raises Problem.

    What `actor` left as they had `seen` it stays as it is, whoever has changed it since; what both
    changed is refused. None: nobody looked.
    """
    with transaction():
        one_at_a_time(FIELDS)
        field = db.session.get(Field, field_id)
        if field is None:
            return False
        problems: dict[str, Words] = {}
        name, chosen = seen_in_a_line(name), list(options)
        if seen is not None:
            name = _merged("name", name, seen.name, field.name, problems)
            chosen = _merged("options", chosen, list(seen.options), field.options, problems)
        name = _name(name, problems, field_id)
        is_choice = field.kind == FieldKind.CHOICE
        chosen = _options(chosen, problems) if is_choice else []
        if problems:
            raise Problem(problems)
        before = _said(field)
        field.name, field.options = name, chosen
        if (after := _said(field)) != before:
            audit.record(actor, Action.CHANGED, Subject.FIELD, field_id, before=before, after=after)
        return True


def _merged(place: str, typed: T, seen: T, now: T, problems: dict[str, Words]) -> T:
    if typed == seen:
        return now
    if now not in (seen, typed):
        problems[place] = MEANWHILE
    return typed


def move(field_id: int, by: int, actor: User) -> bool:
    """So many places down the list, or up it; False where there is no such field."""
    with transaction():
        one_at_a_time(FIELDS)
        order = list(all_fields())
        was = next((place for place, each in enumerate(order) if each.id == field_id), None)
        if was is None:
            return False
        place = min(max(was + by, 0), len(order) - 1)
        order.insert(place, order.pop(was))
        for number, each in enumerate(order):
            each.position = number
        if place != was:
            moved = ({"place": was + 1}, {"place": place + 1})
            audit.record(
                actor, Action.CHANGED, Subject.FIELD, field_id, before=moved[0], after=moved[1]
            )
        return True


def remove(field_id: int, actor: User) -> int | None:
    """With what it says of participants: of how many; None where there is no such field."""
    with transaction():
        one_at_a_time(FIELDS)
        # Who fills it in has it before they have the row of what it says.
        field = db.session.get(Field, field_id, with_for_update=True)
        if field is None:
            return None
        gone = db.session.execute(delete(FieldValue).where(FieldValue.field_id == field_id))
        number = int(gone.rowcount)  # type: ignore[attr-defined]
        was = {**_said(field), "participants": number}
        audit.record(actor, Action.REMOVED, Subject.FIELD, field_id, before=was)
        db.session.delete(field)
        return number


def says_of(field_id: int) -> int:
    """Of how many participants it says something."""
    number = select(func.count()).where(FieldValue.field_id == field_id)
    return db.session.scalars(number).one()


def _said(field: Field) -> dict[str, object]:
    return {"name": field.name, "kind": field.kind, "options": list(field.options)}


def _name(typed: str, problems: dict[str, Words], of: int | None = None) -> str:
    """As it is kept; `of`: the field that may have this name already."""
    name = seen_in_a_line(typed)
    same = Field.name_folded == folded(name)[:FIELD_CHARACTERS]
    if not folded(name):
        problems["name"] = EMPTY
    elif len(name) > FIELD_CHARACTERS:
        problems["name"] = TOO_LONG
    elif db.session.scalar(select(Field.id).where(same, Field.id != of)) is not None:
        problems["name"] = TAKEN
    return name


def _options(typed: Iterable[str], problems: dict[str, Words]) -> list[str]:
    """Each once, as they are kept."""
    kept: dict[str, str] = {}
    for each in filter(None, map(seen_in_a_line, typed)):
        kept.setdefault(folded(each), each)
    if not kept:
        problems["options"] = NO_OPTIONS
    elif len(kept) > MOST_OPTIONS:
        problems["options"] = MANY_OPTIONS
    elif any(len(each) > VALUE_CHARACTERS for each in kept.values()):
        problems["options"] = LONG_OPTION
    return list(kept.values())
