"""The search over everything: a page, and what the field that opens on any page shows."""

from typing import Any, NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from ...conversation import search as people
from ...conversation.full_text import finding, query
from ...conversation.full_text.finding import NOTHING, Found
from ...conversation.full_text.query import Piece
from ...conversation.full_text.sources import MESSAGES, NOTES, Source
from ...models import Message, Note, Participant
from .. import access, respond
from ..access import row_id
from . import places

blueprint = Blueprint("search", __name__)

PEOPLE = 6
FEW = 8  # messages, in the field
FEW_NOTES = 3  # on the first page


class Shown(NamedTuple):
    """A message or a note that was found, and what of it is shown."""

    row: Message | Note
    participant: Participant
    excerpt: list[Piece]


@blueprint.get("/search")
@access.may(Act.READ_CONVERSATIONS)
def index() -> ResponseReturnValue:
    """The page; for the field that opens on any page, what was found alone."""
    in_the_field = respond.by_htmx()
    context = _context(FEW if in_the_field else finding.PAGE)
    return render_template("search/few.html" if in_the_field else "search/index.html", **context)


def _context(limit: int) -> dict[str, Any]:
    words = request.args.get("q", "").strip()[: query.LONGEST]
    simulated = request.args.get("simulated") == "yes"
    before, before_note = (request.args.get(name, type=row_id) for name in ("before", "note"))
    asked = query.read(words)
    is_first = not (before or before_note)

    def found(source: Source, before: int | None, limit: int) -> Found:
        if not asked:
            return NOTHING
        return finding.find(source, asked, simulated=simulated, before=before, limit=limit)

    messages = NOTHING if before_note else found(MESSAGES, before, limit)
    notes = NOTHING if before else found(NOTES, before_note, limit if before_note else FEW_NOTES)
    called = people.people(words, PEOPLE + 1, simulated=simulated) if is_first else ()
    return {
        "words": words,
        "simulated": simulated,
        "is_first": is_first,
        "people": called[:PEOPLE],
        "more_people": len(called) > PEOPLE,
        "places": places.called(words) if is_first and not simulated else [],
        "hits": _rows(MESSAGES, messages),
        "older": messages.older,
        "notes": _rows(NOTES, notes),
        "older_notes": notes.older,
        "is_behind": bool(asked) and finding.is_behind(MESSAGES),
    }


def _rows(source: Source, found: Found) -> list[Shown]:
    """Each with its conversation; what has gone meanwhile is left out."""
    known = finding.with_people(source, [each.id for each in found.hits])
    return [Shown(*known[each.id], each.excerpt) for each in found.hits if each.id in known]
