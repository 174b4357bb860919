"""Signing in by a one-time link, and signing out."""

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from ...accounts import admission, attempts, sessions, team
from ...accounts import sign_in as links
from ...accounts.authority import Act
from ...models.user import ADDRESS_CHARACTERS
from ...notify import email
from .. import access, respond, visitor
from ..shell.locale import language
from . import entrance

blueprint = Blueprint("auth", __name__)


@blueprint.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("overview.index"))
    return render_template("team/sign_in.html", ended=access.ENDED in session)


@blueprint.post("/sign-in/link")
@access.public
def ask_for_link() -> ResponseReturnValue:
    """By e-mail. The answer is the same whoever asks, so that nobody learns who is of the team."""
    if not current_app.config["SMTP_CONNECTED"]:
        abort(404)
    typed = admission.folded(request.form.get("email", ""))[:ADDRESS_CHARACTERS]
    if not admission.ADDRESS.fullmatch(typed):
        page = render_template("team/sign_in.html", typed=typed, problem=team.NO_ADDRESS)
        return respond.refused(page)
    try:
        attempts.begin(attempts.by_address(visitor.address()), attempts.by_asking_for(typed))
    except attempts.TooMany as refused:
        return entrance.wait(refused)
    email.ask_for_link(typed, language())
    return render_template("team/asked.html", email=typed)


@blueprint.get("/sign-in/<token>")
@access.public
def link(token: str) -> ResponseReturnValue:
    """Shows the button only: the preview of a link must not use it up."""
    found = links.open_link(token)
    if found is not None:
        return render_template("team/link.html", token=token, email=found.email)
    try:
        attempts.begin(attempts.by_address(visitor.address()))
    except attempts.TooMany as refused:
        return entrance.wait(refused)
    return render_template("team/spent.html"), 410


@blueprint.post("/sign-in/<token>")
@access.public
def redeem(token: str) -> ResponseReturnValue:
    address = links.whose(token)
    by_person = [attempts.by_email(address)] if address else []
    try:
        attempt = attempts.begin(attempts.by_address(visitor.address()), *by_person)
    except attempts.TooMany as refused:
        return entrance.wait(refused)
    signed_in = links.redeem(token, entrance.browser())
    if signed_in is None:
        return render_template("team/spent.html"), 410
    attempts.forget(attempt)
    return entrance.enter(signed_in)


@blueprint.post("/sign-out")
@access.may(Act.KEEP_PREFERENCES)
def sign_out() -> ResponseReturnValue:
    sessions.end(session[access.SESSION], current_user)
    logout_user()
    session.clear()
    return respond.done(url_for("auth.sign_in"))
