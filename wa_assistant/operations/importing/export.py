"""Participants as a table: exactly those that a selection means, as they are at one moment."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, Any, NamedTuple
from zoneinfo import ZoneInfo

import phonenumbers
from sqlalchemy import select

from ... import audit, settings
from ...conversation import fields, tags
from ...conversation.selection import Selection
from ...database import db, transaction
from ...models import (
    Action,
    Consent,
    ConsentEvent,
    Field,
    FieldKind,
    Participant,
    Purpose,
    Subject,
    User,
)
from ..sheets import COMMA, SEMICOLON, Cell, csv_parts, of_one_moment, written, xlsx_parts
from . import columns, line

SOME = 500  # participants that are loaded together
TITLE = {columns.ENGLISH: "Participants", columns.PORTUGUESE: "Participantes"}
# What else is told, and an import leaves alone.
THEIR_NAME = {columns.ENGLISH: "Name on WhatsApp", columns.PORTUGUESE: "Nome no WhatsApp"}
SINCE = {columns.ENGLISH: "Here since", columns.PORTUGUESE: "Aqui desde"}
ACTIVE = {columns.ENGLISH: "Last activity", columns.PORTUGUESE: "Última atividade"}
KINDS = {
    Consent.GIVEN: {columns.ENGLISH: "given", columns.PORTUGUESE: "dado"},
    Consent.WITHDRAWN: {columns.ENGLISH: "withdrawn", columns.PORTUGUESE: "retirado"},
    Consent.REFUSED: {columns.ENGLISH: "refused", columns.PORTUGUESE: "recusado"},
}
PURPOSES = (Purpose.SERVICE, Purpose.MARKETING)


class Known(NamedTuple):
    """What is asked of all participants of a part at once."""

    tags: dict[int, list[Any]]
    values: dict[int, dict[int, str]]
    consents: dict[tuple[int, str], ConsentEvent]


class Table:
    """In `language`; a number's decimal mark is that of it, where it is written as a text."""

    def __init__(self, language: str, *, typed: bool) -> None:
        self._language = language
        self._typed = typed
        self._fields = fields.all_fields()
        self._zone = ZoneInfo(settings.current().time_zone)

    def rows(self, which: Selection) -> Iterator[list[Cell]]:
        """Its head, and a row for each; within one snapshot."""
        yield self._head()
        conditions, last = which.conditions(), 0
        while True:
            query = select(Participant).where(*conditions, Participant.id > last)
            people = db.session.scalars(query.order_by(Participant.id).limit(SOME)).all()
            if not people:
                return
            last = people[-1].id
            known = _known([each.id for each in people])
            yield from [self._row(each, known) for each in people]
            db.session.expunge_all()

    def _head(self) -> list[Cell]:
        ours = [words[self._language] for words in columns.HEADERS.values()]
        theirs = [columns.header_of(each, self._language) for each in self._fields]
        return [*ours, *theirs, *(each[self._language] for each in (THEIR_NAME, SINCE, ACTIVE))]

    def _row(self, each: Participant, known: Known) -> list[Cell]:
        values = known.values[each.id]
        return [
            number(each),
            each.known_as,
            line.joined([tag.name for tag in known.tags[each.id]]),
            each.language or "",
            *(cell for purpose in PURPOSES for cell in self._consent(each, purpose, known)),
            *(self._value(field, values.get(field.id, "")) for field in self._fields),
            each.name,
            self._moment(each.created_at),
            self._moment(each.last_activity_at),
        ]

    def _consent(self, each: Participant, purpose: Purpose, known: Known) -> list[Cell]:
        """Where they stand, since when, and how it is known."""
        marketing = purpose == Purpose.MARKETING
        stands = each.marketing_consent if marketing else each.consent
        words = KINDS.get(Consent(stands)) if stands else None
        event = known.consents.get((each.id, purpose))
        if words is None or event is None or event.kind != stands:
            return [words[self._language] if words else "", "", ""]
        on = event.said_at.astimezone(self._zone).date().isoformat()
        return [words[self._language], on, event.proof or event.source]

    def _value(self, field: Field, value: str) -> Cell:
        if field.kind != FieldKind.NUMBER or not value:
            return value
        if self._typed:
            return Decimal(value)
        return written(Decimal(value), "," if self._language == columns.PORTUGUESE else ".")

    def _moment(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(" ", "minutes")[:16]


def write(actor: User, which: Selection, format_: str, language: str) -> IO[bytes]:
    """The file, from its beginning, which goes when it is closed. That it is taken is on record,
    without whom it means. Raises OperationalError where that cannot be written down."""
    with transaction():
        asked = {"format": format_, "by": sorted(which.args())}
        audit.record(actor, Action.EXPORTED, Subject.PARTICIPANTS, after=asked)
    return of_one_moment(lambda: parts(which, format_, language))


def parts(which: Selection, format_: str, language: str) -> Iterable[bytes]:
    """Within one snapshot."""
    rows = Table(language, typed=format_ == "xlsx").rows(which)
    if format_ == "xlsx":
        return xlsx_parts(rows, TITLE[language])
    # As a spreadsheet of that language asks for it.
    return csv_parts(rows, SEMICOLON if language == columns.PORTUGUESE else COMMA)


def number(participant: Participant) -> str:
    """As people write it, and no spreadsheet takes for a formula or rounds: "(+55) 11 98765-4321".
    Who has none is called by their address."""
    if not participant.phone or participant.simulated:
        return participant.address
    try:
        parsed = phonenumbers.parse(participant.phone)
    except phonenumbers.NumberParseException:
        return f"({participant.phone})"
    if not phonenumbers.is_possible_number(parsed):
        return f"({participant.phone})"
    international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    code, _, rest = phonenumbers.format_number(parsed, international).partition(" ")
    return f"({code}) {rest}" if rest else f"({participant.phone})"


def _known(ids: Sequence[int]) -> Known:
    kinds = (Consent.GIVEN, Consent.WITHDRAWN, Consent.REFUSED)
    query = select(ConsentEvent).where(ConsentEvent.participant_id.in_(ids))
    events = db.session.scalars(query.where(ConsentEvent.kind.in_(kinds)).order_by(ConsentEvent.id))
    consents = {(each.participant_id, each.purpose): each for each in events}
    return Known(tags.of(ids), fields.of(ids), consents)
