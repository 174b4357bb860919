"""Puts a participant into a journey or a stage by hand, from their card."""

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import NoResultFound

from ...accounts.authority import Act
from ...journey import placing
from ...journey.placing import Begins
from .. import access
from ..access import row_id
from ..inbox.views import load
from . import shown

blueprint = Blueprint("placing", __name__, url_prefix="/conversations/<id:participant_id>")

SAID = {
    Begins.NOW: _l("Done: it begins now."),
    Begins.WRITING: _l("Done: it begins with the next answer."),
    Begins.WINDOW_CLOSED: _l("Done: its words go out once they write, for the window is closed."),
    Begins.QUIET: _l("Done: it begins when the quiet hours end."),
    Begins.NOT_TOLD: _l(
        "Done: it begins once they have written, and read what becomes of their data."
    ),
    Begins.CONSENT: _l("Done: it begins once they have agreed."),
    Begins.SILENCED: _l("Done: it begins once they write and the assistant may speak again."),
    Begins.STOPPED: _l("Done: it begins once they come back, for they want no messages."),
    Begins.BLOCKED: _l("Done: it begins once they are blocked no more, and write."),
    Begins.NEVER: _l("They are in no journey now."),
}


@blueprint.post("/journey")
@access.may(Act.PLACE_PARTICIPANTS)
def put_into(participant_id: int) -> ResponseReturnValue:
    """Into the version of that id; out of all where it is empty."""
    if not request.form.get("version_id", ""):
        return _do(participant_id, lambda: placing.take_out(current_user, participant_id))
    version_id = request.form.get("version_id", type=row_id) or 0
    return _do(participant_id, lambda: placing.put_into(current_user, participant_id, version_id))


@blueprint.post("/journey/stage")
@access.may(Act.PLACE_PARTICIPANTS)
def into_stage(participant_id: int) -> ResponseReturnValue:
    stage = request.form.get("stage", "")
    return _do(participant_id, lambda: placing.into_stage(current_user, participant_id, stage))


@blueprint.post("/journey/again")
@access.may(Act.PLACE_PARTICIPANTS)
def restart(participant_id: int) -> ResponseReturnValue:
    return _do(participant_id, lambda: placing.restart(current_user, participant_id))


def _do(participant_id: int, verb: Callable[[], Begins | None]) -> ResponseReturnValue:
    load(participant_id)
    try:
        begins = verb() or Begins.NEVER
    except (LookupError, NoResultFound, placing.NotPublished):
        return shown.told(participant_id, _("This is not there any more."))
    return shown.done(participant_id, str(SAID[begins]))
