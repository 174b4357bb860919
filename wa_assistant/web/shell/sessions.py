"""Where one is signed in, and signing out there. Nobody sees or ends another's."""

from flask import Blueprint, abort, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts import sessions
from ...accounts.authority import Act
from ...models import Session, User
from .. import access, respond

blueprint = Blueprint("sessions", __name__)


@blueprint.post("/preferences/sessions/<id:session_id>/end")
@access.may(Act.END_SESSIONS)
def end(session_id: int) -> ResponseReturnValue:
    if not sessions.end_one(session_id, current_user, current_user):
        abort(404)
    return respond.done(url_for("preferences.show"), _("That browser is signed out."))


@blueprint.post("/preferences/sessions/end")
@access.may(Act.END_SESSIONS)
def end_others() -> ResponseReturnValue:
    key = session[access.SESSION]
    count = sessions.end_others(key, current_user, current_user)
    words = ngettext(
        "%(num)d other browser is signed out.", "%(num)d other browsers are signed out.", count
    )
    page = url_for("preferences.show")
    return respond.done(page, words if count else _("There was no other."))


def listed(user: User) -> list[tuple[Session, bool]]:
    """Where `user` is signed in: each with whether it is here, which comes first."""
    key = session[access.SESSION]
    found = [(each, sessions.is_of(each, key)) for each in sessions.of(user)]
    return sorted(found, key=lambda pair: not pair[1])
