"""The search over everything: a page, and what the field that opens on any page shows."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from ...conversation import search as people
from ...conversation.full_text import finding, query
from ...conversation.full_text.sources import MESSAGES
from .. import access, respond
from ..access import row_id
from . import places

blueprint = Blueprint("search", __name__)

PEOPLE = 6
FEW = 8  # messages, in the field


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
    before = request.args.get("before", type=row_id)
    asked = query.read(words)
    found = finding.NOTHING
    if asked:
        found = finding.find(MESSAGES, asked, simulated=simulated, before=before, limit=limit)
    on_first = () if before else people.people(words, PEOPLE, simulated=simulated)
    return {
        "words": words,
        "simulated": simulated,
        "before": before,
        "people": on_first,
        "places": [] if before or simulated else places.called(words),
        "hits": found.hits,
        "older": found.older,
        "messages": finding.of([each.id for each in found.hits]),
        "is_behind": bool(asked) and finding.is_behind(MESSAGES),
    }
