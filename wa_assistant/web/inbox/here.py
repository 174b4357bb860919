"""Who else is in a conversation, and who holds it: said in its head and beside the composer."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import presence
from ...models import Participant
from .. import access
from .views import head_context, load

blueprint = Blueprint("here", __name__, url_prefix="/conversations/<id:participant_id>")


@blueprint.get("/writing")
@access.may(Act.WRITE_MESSAGES)
def show(participant_id: int) -> ResponseReturnValue:
    """What stands above the composer."""
    return render_template("inbox/_writing.html", **head_context(participant_id))


@blueprint.post("/writing")
@access.may(Act.WRITE_MESSAGES)
def write(participant_id: int) -> ResponseReturnValue:
    """Said by a page in which somebody types, once they have ceased, and once it is left."""
    load(participant_id)
    if "leaves" in request.form:
        presence.leaves(participant_id, current_user)
    else:
        presence.writes(participant_id, current_user, request.form.get("writes") == "yes")
    return "", 204


def _colleagues_here(participant: Participant) -> list[presence.Colleague]:
    opened = request.endpoint == "conversations.show"
    return presence.of(participant.id, current_user, opened=opened)


@blueprint.app_context_processor
def _here() -> dict[str, Any]:
    return {"colleagues_here": _colleagues_here}
