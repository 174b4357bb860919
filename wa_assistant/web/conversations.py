"""The team's view: who wrote, and each conversation as it is said."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from .. import live
from ..messaging import conversations
from ..models import Participant, Role
from . import access
from .ids import row_id

blueprint = Blueprint("conversations", __name__)


@blueprint.get("/")
@access.needs(Role.VIEWER)
def index() -> ResponseReturnValue:
    return render_template("conversations/index.html", **_list())


@blueprint.get("/conversations")
@access.needs(Role.VIEWER)
def listing() -> ResponseReturnValue:
    return render_template("conversations/_list.html", **_list())


@blueprint.get("/conversations/<id:participant_id>")
@access.needs(Role.VIEWER)
def show(participant_id: int) -> ResponseReturnValue:
    return render_template("conversations/show.html", **thread_context(participant_id))


@blueprint.get("/conversations/<id:participant_id>/thread")
@access.needs(Role.VIEWER)
def thread(participant_id: int) -> ResponseReturnValue:
    return render_template("conversations/_thread.html", **thread_context(participant_id))


def thread_context(participant_id: int) -> dict[str, Any]:
    """What a thread shows, for the page and for its live update."""
    participant = conversations.participant(participant_id)
    if participant is None:
        abort(404)
    messages, older = conversations.thread(participant_id, request.args.get("before", type=row_id))
    return {
        "participant": participant,
        "fragment": live.thread(participant.id),
        "messages": messages,
        "older": older,
    }


def _list() -> dict[str, Any]:
    found, older = conversations.listing(request.args.get("before", type=row_id))
    last_words = conversations.last_messages([participant.id for participant in found])
    rows: list[tuple[Participant, Any]] = [(row, last_words.get(row.id)) for row in found]
    return {"rows": rows, "older": older}
