"""Who is pretended is deleted: one of them, or all."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...operations import simulated
from .. import access, respond

blueprint = Blueprint("pretended", __name__, url_prefix="/simulator")


@blueprint.post("/deletion")
@access.may(Act.DELETE_SIMULATED)
def delete_all() -> ResponseReturnValue:
    return _deleted(simulated.delete_all(current_user))


@blueprint.post("/<id:participant_id>/deletion")
@access.may(Act.DELETE_SIMULATED)
def delete(participant_id: int) -> ResponseReturnValue:
    return _deleted(int(simulated.delete_one(participant_id, current_user)))


def _deleted(number: int) -> ResponseReturnValue:
    """On to who is left: no page of theirs is there any more."""
    page = url_for("conversations.index", show="simulated")
    if request.form.get("place") == "simulator":
        page = url_for("simulator.index")
    if not number:
        return respond.told(page, _("There is nobody to delete."))
    words = ngettext(
        "%(number)s pretended participant was deleted.",
        "%(number)s pretended participants were deleted.",
        number,
        number=format_decimal(number),
    )
    return respond.done(page, words)
