"""Views of the list of participants: kept, renamed, changed and deleted.

Whoever sees the list keeps views of their own; those of everybody take who may keep participants.
"""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import views
from ...models import View
from ...settings.problem import Problem
from .. import access, respond
from . import people

blueprint = Blueprint("views", __name__, url_prefix="/participants/views")


@blueprint.post("")
@access.may(Act.READ_PARTICIPANTS)
def save() -> ResponseReturnValue:
    look = people.asked_look(request.form)
    try:
        view = views.save(_name(), look, current_user, shared=_is_shared())
    except Problem as problem:
        return respond.told(url_for("participants.index", **look), str(problem.words))
    return respond.done(_place(view), _("The view is saved."))


@blueprint.post("/<id:view_id>/look")
@access.may(Act.READ_PARTICIPANTS)
def replace(view_id: int) -> ResponseReturnValue:
    _load(view_id)
    view = views.replace(view_id, people.asked_look(request.form), current_user)
    return respond.done(_place(view or abort(404)), _("The view is saved."))


@blueprint.post("/<id:view_id>")
@access.may(Act.READ_PARTICIPANTS)
def rename(view_id: int) -> ResponseReturnValue:
    view = _load(view_id)
    try:
        view = views.rename(view_id, _name(), current_user, shared=_is_shared()) or abort(404)
    except Problem as problem:
        return respond.told(_place(view), str(problem.words))
    return respond.done(_place(view), _("Saved."))


@blueprint.post("/<id:view_id>/deletion")
@access.may(Act.READ_PARTICIPANTS)
def delete(view_id: int) -> ResponseReturnValue:
    _load(view_id)
    if not views.delete(view_id, current_user):
        abort(404)
    return respond.done(url_for("participants.index"), _("The view is deleted."))


def _load(view_id: int) -> View:
    """One that who asks may change."""
    view = views.load(view_id, current_user) or abort(404)
    if view.user_id is None and not access.allows(Act.KEEP_PARTICIPANTS):
        abort(403)
    return view


def _name() -> str:
    return request.form.get("name", "")


def _is_shared() -> bool:
    return request.form.get("shared") == "1" and access.allows(Act.KEEP_PARTICIPANTS)


def _place(view: View) -> str:
    return url_for("participants.index", view=view.id)
