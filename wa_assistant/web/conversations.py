"""The team's view: who wrote, and each conversation as it is said."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from .. import live
from ..database import utcnow
from ..messaging import conversations
from ..models import Participant, Role
from . import access, composer
from .ids import row_id

blueprint = Blueprint("conversations", __name__)


@blueprint.get("/")
@access.needs(Role.VIEWER)
def index() -> ResponseReturnValue:
    return render_template("conversations/index.html", **list_context())


@blueprint.get("/conversations")
@access.needs(Role.VIEWER)
def listing() -> ResponseReturnValue:
    return render_template("conversations/_list.html", **list_context())


@blueprint.get("/conversations/<id:participant_id>")
@access.needs(Role.VIEWER)
def show(participant_id: int) -> ResponseReturnValue:
    context = thread_context(participant_id)
    if Role(current_user.role).covers(Role.EDITOR):
        conversations.mark_read(participant_id)
    return render_template(
        "conversations/show.html",
        **list_context(participant_id),
        **context,
        **composer.context(participant_id),
    )


@blueprint.get("/conversations/<id:participant_id>/thread")
@access.needs(Role.VIEWER)
def thread(participant_id: int) -> ResponseReturnValue:
    return render_template("conversations/_thread.html", **thread_context(participant_id))


@blueprint.get("/conversations/<id:participant_id>/head")
@access.needs(Role.VIEWER)
def head(participant_id: int) -> ResponseReturnValue:
    return render_template("conversations/_head.html", **head_context(participant_id))


@blueprint.post("/conversations/<id:participant_id>/reading")
@access.needs(Role.EDITOR)
def read(participant_id: int) -> ResponseReturnValue:
    """Said by a page that is really before somebody's eyes."""
    conversations.mark_read(participant_id)
    return "", 204


def list_context(open_id: int | None = None) -> dict[str, Any]:
    """What the list shows, for the page and for its live update; `open_id` is the one read."""
    show = request.args.get("show", "all")
    show = show if show in conversations.FILTERS else "all"
    search = request.args.get("q", "").strip()
    open_id = open_id or request.args.get("open", type=row_id)
    found = conversations.listing(
        current_user, show=show, search=search, before=request.args.get("before", type=row_id)
    )
    ids = [participant.id for participant in found.participants]
    return {
        "listing": found,
        "last_messages": conversations.last_messages(ids),
        "show": show,
        "search": search,
        "open_id": open_id,
        "now": utcnow(),
    }


def head_context(participant_id: int) -> dict[str, Any]:
    """What a conversation's head shows: who it is, who holds it, what one may do."""
    return {
        "participant": load(participant_id),
        "head_fragment": f"head-{participant_id}",
        "now": utcnow(),
    }


def thread_context(participant_id: int) -> dict[str, Any]:
    """What a thread shows, for the page and for its live update."""
    messages, older = conversations.thread(participant_id, request.args.get("before", type=row_id))
    return {
        **head_context(participant_id),
        "fragment": live.thread(participant_id),
        "messages": messages,
        "older_messages": older,
    }


def load(participant_id: int) -> Participant:
    found = conversations.participant(participant_id)
    if found is None:
        abort(404)
    return found
