"""Signing in by a one-time link, and signing out."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from ...accounts import sessions
from ...accounts import sign_in as links
from ...models import Role
from .. import access, respond, unsent

blueprint = Blueprint("auth", __name__)


@blueprint.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("conversations.index"))
    return render_template("team/sign_in.html", ended=access.ENDED in session)


@blueprint.get("/sign-in/<token>")
@access.public
def link(token: str) -> ResponseReturnValue:
    """Shows the button only: the preview of a link must not use it up."""
    found = links.open_link(token)
    if found is None:
        return render_template("team/spent.html"), 410
    return render_template("team/link.html", token=token, email=found.email)


@blueprint.post("/sign-in/<token>")
@access.public
def redeem(token: str) -> ResponseReturnValue:
    user = links.redeem(token)
    if user is None:
        return render_template("team/spent.html"), 410
    if current_user.is_authenticated:
        sessions.end(session[access.SESSION], current_user)
    back, typed = session.get("next", ""), session.get(unsent.NAME)
    session.clear()  # a session begun by somebody else ends here
    session[access.SESSION] = sessions.begin(user)
    login_user(user)
    unsent.carry_over(typed, user.get_id())
    return respond.done(back or url_for("conversations.index"))


@blueprint.post("/sign-out")
@access.needs(Role.VIEWER)
def sign_out() -> ResponseReturnValue:
    sessions.end(session[access.SESSION], current_user)
    logout_user()
    session.clear()
    return respond.done(url_for("auth.sign_in"))
