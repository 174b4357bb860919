"""What is searched: of each source its index, and the words of its rows as they are now."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from ...database import db
from ...models import Media, Message, Note, Participant


class Text(NamedTuple):
    """The words of one row, each of its texts by itself; and whether a participant who is pretended
    is meant."""

    said: tuple[str, ...]
    simulated: bool


@dataclass(frozen=True)
class Source:
    """Where words stand. `texts` gives those of the rows with these ids, as far as they are there;
    `index` is the table that a migration makes for it."""

    name: str
    index: str
    model: type[Message] | type[Note]
    texts: Callable[[Collection[int]], dict[int, Text]]

    @property
    def key(self) -> ColumnElement[int]:
        return self.model.metadata.tables[self.model.__tablename__].c.id


def _of_messages(ids: Collection[int]) -> dict[int, Text]:
    rows = select(Message.id, Message.body, Participant.simulated).join(
        Participant, Participant.id == Message.participant_id
    )
    spoken = select(Media.message_id, Media.transcript).where(
        Media.message_id.in_(ids), Media.transcript.is_not(None)
    )
    heard = defaultdict[int, list[str]](list)
    for message_id, transcript in db.session.execute(spoken.order_by(Media.position)):
        heard[message_id].append(transcript or "")
    found: Any = db.session.execute(rows.where(Message.id.in_(ids)))
    return {id_: Text((body, *heard[id_]), simulated) for id_, body, simulated in found}


def _of_notes(ids: Collection[int]) -> dict[int, Text]:
    rows = (
        select(Note.id, Note.body, Participant.simulated)
        .join(Participant, Participant.id == Note.participant_id)
        .where(Note.id.in_(ids))
    )
    return {id_: Text((body,), simulated) for id_, body, simulated in db.session.execute(rows)}


MESSAGES = Source("message", "index_said", Message, _of_messages)
NOTES = Source("note", "index_notes", Note, _of_notes)
SOURCES = (MESSAGES, NOTES)
