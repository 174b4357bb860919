"""Writing as a person. What was typed is never lost: not by a reload, not by an expired session."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ..messaging import conversations, takeover
from ..models import Role
from . import access, unsent

blueprint = Blueprint("composer", __name__)

MOST_CHARACTERS = 1500  # what Twilio takes in one message, with room


@blueprint.post("/conversations/<id:participant_id>/messages")
@access.needs(Role.EDITOR)
def send(participant_id: int) -> ResponseReturnValue:
    if conversations.participant(participant_id) is None:
        abort(404)
    body, form_key = request.form.get("body", "").strip(), request.form.get("form_key", "")
    problem = _problem(body, form_key)
    if problem is None:
        try:
            takeover.write(participant_id, current_user, body, form_key)
        except takeover.HeldByAnotherError as error:
            holder = error.holder.label
            problem = _("%(name)s holds this conversation. Take it over first.", name=holder)
    if problem:
        unsent.keep(participant_id, body)
    if request.headers.get("HX-Request") == "true":
        page = render_template(
            "conversations/_composer.html", problem=problem, **context(participant_id)
        )
        return page, 422 if problem else 200
    if problem:
        flash(problem)
    return redirect(url_for("conversations.show", participant_id=participant_id), code=303)


def context(participant_id: int) -> dict[str, Any]:
    """What a composer shows: a key of its own, and what was typed but not sent."""
    return {
        "participant": conversations.participant(participant_id),
        "form_key": secrets.token_urlsafe(16),
        "unsent": unsent.take(participant_id),
        "most_characters": MOST_CHARACTERS,
    }


def _problem(body: str, form_key: str) -> str | None:
    if not body:
        return str(_("Write something first."))
    if len(body) > MOST_CHARACTERS:
        most = _("A message may have %(number)d characters at most.", number=MOST_CHARACTERS)
        return str(most)
    if not 8 <= len(form_key) <= 64:
        return str(_("This form is out of date. Load the page again; your text is kept."))
    return None
