"""What stands in braces in a prepared text, and is filled in for the participant it is said to.

"{name}" or "{nome}": both languages are read, without regard to case and accents. An answer and a
field are named after a colon: "{answer: city}".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from ..conversation import fixed_texts, hours
from ..database import db, folded
from ..journey.given import theirs
from ..models import Answer, Field, FieldValue, JourneyVersion, Participant, User

IN_BRACES = re.compile(r"\{([^{}\n]{1,100})\}")


class Kind(StrEnum):
    """What a placeholder stands for."""

    NAME = "name"
    FIRST_NAME = "first name"
    MY_NAME = "my name"
    HOURS = "hours"
    ANSWER = "answer"
    FIELD = "field"


# The English name first, as the enumeration has it; then the Portuguese one.
NAMES = {
    Kind.NAME: ("name", "nome"),
    Kind.FIRST_NAME: ("first name", "primeiro nome"),
    Kind.MY_NAME: ("my name", "meu nome"),
    Kind.HOURS: ("hours", "horário"),
    Kind.ANSWER: ("answer", "resposta"),
    Kind.FIELD: ("field", "campo"),
}
KINDS = {folded(name): kind for kind, names in NAMES.items() for name in names}
OF_MANY = (Kind.ANSWER, Kind.FIELD)  # which one, is said after a colon


@dataclass(frozen=True)
class Placeholder:
    """`written` as it stands in the text; `which` of many, "" of what there is one of."""

    written: str
    kind: Kind
    which: str = ""


@dataclass(frozen=True)
class Filled:
    """A text for somebody. `missing`: what is not known of them, and stands in braces still."""

    text: str
    missing: list[str]


def unknown(text: str) -> list[str]:
    """What stands in braces in `text` and is no placeholder, as it is written."""
    return [each[0] for each in IN_BRACES.finditer(text) if _read(each) is None]


def left_in(text: str) -> list[str]:
    """The placeholders in `text`, as they are written."""
    return [each.written for each in _placeholders(text)]


def filled(text: str, participant: Participant, actor: User) -> Filled:
    """`text` as `actor` says it to `participant`; what is not known of them is left as it is."""
    values = {each.written: _value(each, participant, actor) for each in _placeholders(text)}
    known = {written: value for written, value in values.items() if value}
    said = IN_BRACES.sub(lambda each: known.get(each[0], each[0]), text)
    return Filled(said, [written for written in values if written not in known])


def _placeholders(text: str) -> Iterator[Placeholder]:
    for each in IN_BRACES.finditer(text):
        if (found := _read(each)) is not None:
            yield found


def _read(written: re.Match[str]) -> Placeholder | None:
    name, _, which = written[1].partition(":")
    kind = KINDS.get(folded(name))
    if kind is None or bool(which.strip()) != (kind in OF_MANY):
        return None
    return Placeholder(written[0], kind, which.strip())


def _value(placeholder: Placeholder, participant: Participant, actor: User) -> str:
    """ "" where it is not known."""
    match placeholder.kind:
        case Kind.NAME:
            return _name(participant)
        case Kind.FIRST_NAME:
            return _name(participant).partition(" ")[0]
        case Kind.MY_NAME:
            return actor.label
        case Kind.HOURS:
            return hours.words(_language(participant))
        case Kind.ANSWER:
            return _answer(participant, placeholder.which)
        case Kind.FIELD:
            return _field(participant, placeholder.which)


def _name(participant: Participant) -> str:
    return participant.known_as.strip() or participant.name.strip()


def _language(participant: Participant) -> str:
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    return participant.language or fixed_texts.language(participant, version)


def _answer(participant: Participant, name: str) -> str:
    """The newest of this name in their journey, whatever its stage is."""
    answers = theirs(participant.id).order_by(Answer.id.desc())
    wanted = folded(name)
    found = (each.value for each in db.session.scalars(answers) if folded(each.name) == wanted)
    return next(found, "")


def _field(participant: Participant, name: str) -> str:
    value = (
        select(FieldValue.value)
        .join(Field, Field.id == FieldValue.field_id)
        .where(FieldValue.participant_id == participant.id, Field.name_folded == folded(name))
    )
    return db.session.scalar(value) or ""
