"""Sending a message that did not arrive once more."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...delivery import resend
from .. import access
from .takeover import done, told
from .views import load

blueprint = Blueprint("resend", __name__, url_prefix="/conversations/<id:participant_id>")


@blueprint.post("/messages/<id:message_id>/again")
@access.may(Act.WRITE_MESSAGES)
def send_again(participant_id: int, message_id: int) -> ResponseReturnValue:
    load(participant_id)
    try:
        resend.send_again(participant_id, message_id, current_user)
    except resend.SentAgainError as error:
        if error.sender.id == current_user.id:
            return done(participant_id)  # a double click
        name = error.sender.label
        return told(participant_id, _("%(name)s has sent it again already.", name=name))
    except resend.NotAgainError:
        return told(participant_id, _("This message cannot be sent again."))
    return done(participant_id)
