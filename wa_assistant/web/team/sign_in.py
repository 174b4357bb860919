"""Signing in by a one-time link, and signing out."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from ...accounts import attempts, sessions
from ...accounts import sign_in as links
from ...accounts.authority import Act
from .. import access, respond
from . import entrance

blueprint = Blueprint("auth", __name__)


@blueprint.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("overview.index"))
    return render_template("team/sign_in.html", ended=access.ENDED in session)


@blueprint.get("/sign-in/<token>")
@access.public
def link(token: str) -> ResponseReturnValue:
    """Shows the button only: the preview of a link must not use it up."""
    found = links.open_link(token)
    if found is not None:
        return render_template("team/link.html", token=token, email=found.email)
    try:
        attempts.begin(attempts.by_address(entrance.address()))
    except attempts.TooMany as refused:
        return entrance.wait(refused)
    return render_template("team/spent.html"), 410


@blueprint.post("/sign-in/<token>")
@access.public
def redeem(token: str) -> ResponseReturnValue:
    email = links.whose(token)
    by_person = [attempts.by_email(email)] if email else []
    try:
        attempt = attempts.begin(attempts.by_address(entrance.address()), *by_person)
    except attempts.TooMany as refused:
        return entrance.wait(refused)
    user = links.redeem(token)
    if user is None:
        return render_template("team/spent.html"), 410
    attempts.forget(attempt)
    return entrance.enter(user)


@blueprint.post("/sign-out")
@access.may(Act.KEEP_PREFERENCES)
def sign_out() -> ResponseReturnValue:
    sessions.end(session[access.SESSION], current_user)
    logout_user()
    session.clear()
    return respond.done(url_for("auth.sign_in"))
