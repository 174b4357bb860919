"""Putting a colleague out and taking them back; their conversations; where they are signed in."""

from collections.abc import Callable

from flask import Blueprint, abort, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts import sessions, team
from ...accounts.authority import Act
from ...conversation import leaving
from ...models import User
from .. import access, respond
from ..access import row_id
from .managing import manages
from .people import load

blueprint = Blueprint("membership", __name__, url_prefix="/team/<id:user_id>")


@blueprint.post("/deactivation")
@access.may(Act.MANAGE_TEAM)
def deactivate(user_id: int) -> ResponseReturnValue:
    return _leave(user_id, leaving.leave)


@blueprint.post("/deactivation/end")
@access.may(Act.MANAGE_TEAM)
def reactivate(user_id: int) -> ResponseReturnValue:
    user = load(user_id)
    with manages():
        team.reactivate(user_id, current_user)
    words = _("%(name)s may sign in again.", name=user.label)
    return respond.done(_page(user_id), words)


@blueprint.post("/conversations")
@access.may(Act.MANAGE_TEAM)
def pass_on(user_id: int) -> ResponseReturnValue:
    """To the colleague whose id is given; to nobody where it is empty."""
    return _leave(user_id, leaving.pass_on)


@blueprint.post("/sessions/<id:session_id>/end")
@access.may(Act.MANAGE_TEAM)
def end(user_id: int, session_id: int) -> ResponseReturnValue:
    if not sessions.end_one(session_id, load(user_id), current_user):
        abort(404)
    return respond.done(_page(user_id), _("That browser is signed out."))


@blueprint.post("/sessions/end")
@access.may(Act.MANAGE_TEAM)
def end_all(user_id: int) -> ResponseReturnValue:
    """All but the one before which it is asked for, where that is theirs."""
    number = sessions.end_others(session[access.SESSION], load(user_id), current_user)
    words = ngettext("%(num)d browser is signed out.", "%(num)d browsers are signed out.", number)
    return respond.done(_page(user_id), words if number else _("There was none."))


def _leave(user_id: int, verb: Callable[[int, int | None, User], int]) -> ResponseReturnValue:
    load(user_id)
    asked = request.form.get("successor", "")
    successor_id = request.form.get("successor", type=row_id) if asked else None
    if asked and successor_id is None:
        abort(400)
    try:
        with manages():
            number = verb(user_id, successor_id, current_user)
    except team.NeededError:
        return respond.told(_page(user_id), str(team.NEEDED))
    except leaving.NoSuccessorError:
        words = _("Whom you chose cannot look after conversations any more. Nothing was changed.")
        return respond.told(_page(user_id), words)
    return respond.done(_page(user_id), _words(load(user_id), number))


def _words(user: User, number: int) -> str:
    out = "" if user.active else _("%(name)s is out of the team.", name=user.label)
    passed = ngettext(
        "%(num)d conversation was passed on.", "%(num)d conversations were passed on.", number
    )
    return " ".join(filter(None, (str(out), str(passed) if number else "")))


def _page(user_id: int) -> str:
    return url_for("people.show", user_id=user_id)
