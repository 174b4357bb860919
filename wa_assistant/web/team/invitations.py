"""Inviting somebody, and the ways in that owners make for colleagues: a link that is shown once,
or an e-mail."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts import attempts, sign_in, team
from ...accounts.authority import Act
from ...models import Role, User
from ...notify import email
from ...settings.problem import Refused
from .. import access, respond
from ..shell.locale import language
from . import entrance, people
from .managing import manages

blueprint = Blueprint("invitations", __name__, url_prefix="/team")


@blueprint.get("/invitation")
@access.may(Act.MANAGE_TEAM)
def form() -> ResponseReturnValue:
    return _page({"email": "", "name": "", "sector": "", "role": Role.EDITOR}, {})


@blueprint.post("/invitation")
@access.may(Act.MANAGE_TEAM)
def invite() -> ResponseReturnValue:
    given = people.given_in(request.form)
    try:
        with manages():
            user = team.invite(given, current_user)
    except Refused as refused:
        return respond.refused(_page(given, refused.problems))
    if not current_app.config["SMTP_CONNECTED"]:
        return _link(user)
    email.invite(user, language(), current_user)
    words = _("%(name)s is invited; the e-mail is on its way.", name=user.label)
    return respond.done(url_for("people.show", user_id=user.id), words)


@blueprint.post("/<id:user_id>/link")
@access.may(Act.MANAGE_TEAM)
def make_link(user_id: int) -> ResponseReturnValue:
    """Answered with the link itself, which no address leads back to."""
    return _link(_active(user_id))


@blueprint.post("/<id:user_id>/email")
@access.may(Act.MANAGE_TEAM)
def write(user_id: int) -> ResponseReturnValue:
    """The invitation to who has never been here, a link to everybody else."""
    user = _active(user_id)
    if not current_app.config["SMTP_CONNECTED"]:
        abort(404)
    try:
        attempts.begin(attempts.by_link_for(user.email))
    except attempts.TooMany as refused:
        return _too_many(user, refused)
    send = email.send_link if user.last_sign_in_at else email.invite
    send(user, language(), current_user)
    return respond.done(url_for("people.show", user_id=user.id), _("The e-mail is on its way."))


def _link(user: User) -> ResponseReturnValue:
    try:
        with manages():
            url = team.make_link(user.id, current_user) or abort(404)
    except attempts.TooMany as refused:
        return _too_many(user, refused)
    made = sign_in.open_links(user.email)[0]
    return render_template("team/link_made.html", user=user, url=url, made=made)


def _too_many(user: User, refused: attempts.TooMany) -> ResponseReturnValue:
    words = ngettext(
        "Too many links were made for them. Please try again in %(num)d minute.",
        "Too many links were made for them. Please try again in %(num)d minutes.",
        entrance.minutes(refused.until),
    )
    return respond.told(url_for("people.show", user_id=user.id), words)


def _active(user_id: int) -> User:
    user = people.load(user_id)
    return user if user.active else abort(404)


def _page(values: dict[str, str], problems: dict[str, Any]) -> str:
    fields = dict.fromkeys((*team.FIELDS, "email"), "") | values
    return render_template(
        "team/invitation.html", values=fields, problems=problems, **people.choices()
    )
