"""Where a conversation is acted in: on its own page, or beside the simulator's phone."""

from flask import request, url_for


def of(participant_id: int) -> str:
    """The address of the page whose form was sent."""
    if request.form.get("place") == "simulator":
        return url_for("simulator.show", participant_id=participant_id, side="team")
    return url_for("conversations.show", participant_id=participant_id)
