"""Taking over, handing back, pausing; calling for, assigning and resolving attention."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import attention, takeover
from .. import access, respond
from ..access import row_id
from . import place
from .views import head_context, load

blueprint = Blueprint("takeover", __name__, url_prefix="/conversations/<id:participant_id>")


@blueprint.post("/takeover")
@access.may(Act.HOLD_CONVERSATIONS)
def take_over(participant_id: int) -> ResponseReturnValue:
    return _hold(participant_id, takeover.take_over)


@blueprint.post("/takeover/end")
@access.may(Act.HOLD_CONVERSATIONS)
def hand_back(participant_id: int) -> ResponseReturnValue:
    return _hold(participant_id, takeover.hand_back)


@blueprint.post("/pause")
@access.may(Act.HOLD_CONVERSATIONS)
def pause(participant_id: int) -> ResponseReturnValue:
    length = request.form.get("length", "")
    if length not in takeover.PAUSES:
        abort(400)
    return _do(participant_id, takeover.pause, takeover.PAUSES[length])


@blueprint.post("/attention")
@access.may(Act.SEE_TO_ATTENTION)
def call(participant_id: int) -> ResponseReturnValue:
    return _do(participant_id, attention.raise_by_hand)


@blueprint.post("/attention/end")
@access.may(Act.SEE_TO_ATTENTION)
def resolve(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    attention.resolve(participant_id, current_user)
    undo = respond.Undo(_("Reopen"), url_for(".reopen", participant_id=participant_id))
    return done(participant_id, _("Marked as resolved."), undo)


@blueprint.post("/attention/again")
@access.may(Act.SEE_TO_ATTENTION)
def reopen(participant_id: int) -> ResponseReturnValue:
    return _do(participant_id, attention.reopen)


@blueprint.post("/assignment")
@access.may(Act.SEE_TO_ATTENTION)
def assign(participant_id: int) -> ResponseReturnValue:
    """To the colleague whose id is given; to nobody where it is empty."""
    asked = request.form.get("user_id", "")
    user_id = request.form.get("user_id", type=row_id)
    if asked and user_id is None:
        abort(400)
    try:
        return _do(participant_id, attention.assign, user_id)
    except attention.NotAssignableError:
        abort(400)


def _hold(participant_id: int, verb: Callable[..., None]) -> ResponseReturnValue:
    try:
        return _do(participant_id, verb, request.form.get("instead_of", type=row_id))
    except takeover.TakenOverByAnotherError as error:
        return told(participant_id, taken_over(error))
    except takeover.NotAllowedError:
        abort(403)


def taken_over(error: takeover.TakenOverByAnotherError) -> str:
    return str(_("%(name)s has taken it over meanwhile.", name=error.holder.label))


def _do(participant_id: int, verb: Callable[..., None], *arguments: Any) -> ResponseReturnValue:
    load(participant_id)
    verb(participant_id, current_user, *arguments)
    return done(participant_id)


def done(
    participant_id: int, words: str = "", undo: respond.Undo | None = None
) -> ResponseReturnValue:
    """The conversation's head as it is now, with what there is to say about it and a way back."""
    head = partial(_head, participant_id)
    return respond.done(place.of(participant_id), words, fragment=head, undo=undo)


def told(participant_id: int, words: str) -> ResponseReturnValue:
    """The same, where nothing was done."""
    head = partial(_head, participant_id)
    return respond.told(place.of(participant_id), words, fragment=head)


def _head(participant_id: int) -> str:
    return render_template("inbox/_head.html", **head_context(participant_id))
