"""Where an action without JavaScript leads back to."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue


def back_to(participant_id: int) -> ResponseReturnValue:
    """The page whose form was sent: the conversation, or the team's side of the simulator."""
    if request.form.get("place") == "simulator":
        page = url_for("simulator.show", participant_id=participant_id, side="team")
    else:
        page = url_for("conversations.show", participant_id=participant_id)
    return redirect(page, code=303)
