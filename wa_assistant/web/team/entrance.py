"""What both ways in end with: a session on the server, and the page one wanted to see."""

from datetime import datetime

from flask import Response, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user, login_user

from ...accounts import sessions
from ...accounts.attempts import TooMany
from ...accounts.sessions import Browser, SignedIn
from ...database import utcnow
from .. import access, respond, unsent, visitor


def browser() -> Browser:
    """The one that asks."""
    return Browser(request.headers.get("User-Agent", ""), visitor.address())


def enter(signed_in: SignedIn) -> ResponseReturnValue:
    """In the new session; what there was before, whosever it was, ends."""
    if current_user.is_authenticated:
        sessions.end(session[access.SESSION], current_user)
    back, typed = session.get("next", ""), session.get(unsent.NAME)
    session.clear()
    session[access.SESSION] = signed_in.key
    login_user(signed_in.user)
    unsent.carry_over(typed, signed_in.user.get_id())
    return respond.done(back or url_for("overview.index"))


def wait(refused: TooMany) -> Response:
    """They have tried too often."""
    wait_for = minutes(refused.until)
    words = ngettext(
        "There were too many attempts to sign in. Please try again in %(num)d minute.",
        "There were too many attempts to sign in. Please try again in %(num)d minutes.",
        wait_for,
    )
    response = make_response(render_template("team/refused.html", words=words), 429)
    response.headers["Retry-After"] = str(wait_for * 60)
    return response


def minutes(until: datetime) -> int:
    return max(1, -int(-(until - utcnow()).total_seconds() // 60))
