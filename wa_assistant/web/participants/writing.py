"""Where one begins to write to somebody: their conversation, or why that cannot be now."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from .. import access, respond
from .people import load

blueprint = Blueprint("writing", __name__, url_prefix="/participants/<id:participant_id>/writing")


@blueprint.get("")
@access.may(Act.WRITE_MESSAGES)
def begin(participant_id: int) -> ResponseReturnValue:
    participant = load(participant_id)
    if participant.window_left():
        return respond.leave(url_for("conversations.show", participant_id=participant_id))
    return render_template("participants/closed.html", participant=participant)
