"""To the first message of a day."""

from datetime import date

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...accounts.authority import Act
from ...conversation import jumps
from .. import access, respond
from . import place
from .views import load

blueprint = Blueprint("days", __name__)


@blueprint.get("/conversations/<id:participant_id>/day")
@access.may(Act.READ_CONVERSATIONS)
def show(participant_id: int) -> ResponseReturnValue:
    """Leads to the page with it; to the newest where nothing was said since, and says so."""
    participant = load(participant_id)
    here = place.in_list() | {"participant_id": participant_id}
    page = url_for("conversations.show", **here)
    try:
        day = date.fromisoformat(request.args.get("day", ""))
        found = jumps.first_on(participant, day)
    except (ValueError, OverflowError):  # no day, or the first of all, east of Greenwich
        return respond.told(page, _("Choose a day."))
    if found is None:
        return respond.told(page, _("Nothing was said on that day or later."))
    page = url_for("conversations.show", at=found, **here)
    return respond.done(f"{page}#message-{found}")
