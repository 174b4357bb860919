"""Signing in with GitHub: there, and back.

`state` and PKCE's verifier wait in the visitor's own session, each for one return: a code that
somebody else was given, or one that was used, signs nobody in.
"""

import secrets
import time

from flask import Blueprint, abort, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ... import logs
from ...accounts import admission, attempts, pictures
from ...accounts.admission import Refusal
from ...clients import github
from .. import access, visitor
from . import entrance

log = logs.get(__name__)
blueprint = Blueprint("github", __name__)

STATES = "github"  # in a session: the sign-ins that are under way, [state, verifier, since] each
MOST_STATES = 3  # of several tabs; a cookie holds no more of everything
STATE_SECONDS = 600

CANCELLED = _l("The sign-in was cancelled at GitHub.")
STALE = _l("This sign-in was used already, is too old or was begun elsewhere. Begin it anew.")
AWAY = _l("GitHub does not answer as it should at the moment. Please try again shortly.")
NOT_OURS = _l(
    "GitHub did not accept this assistant. Whoever runs it should look at GITHUB_CLIENT_ID, "
    "GITHUB_CLIENT_SECRET and the callback address at GitHub."
)
FAILURES: dict[type[github.GitHubError], tuple[int, LazyString]] = {
    github.Spent: (400, STALE),
    github.NoAddresses: (
        403,
        _l(
            "GitHub did not let us see your e-mail addresses, by which we know who is of the team. "
            "Begin anew and allow it."
        ),
    ),
    github.RateLimited: (
        503,
        _l("GitHub takes no more questions from us for a while. Please try again later."),
    ),
    github.Misconfigured: (502, NOT_OURS),
    github.Unavailable: (502, AWAY),
}
REFUSALS = {
    Refusal.NO_ADDRESS: _l(
        "Your GitHub account has no verified e-mail address. Verify one there, and begin anew."
    ),
    Refusal.NOT_INVITED: _l(
        "None of the verified e-mail addresses of your GitHub account is of this team. Ask an "
        "owner to invite you."
    ),
    Refusal.TAKEN: _l(
        "%(address)s already belongs to somebody who signs in with another GitHub account. Ask an "
        "owner, or sign in with that account."
    ),
    Refusal.DEACTIVATED: _l("You are no longer of this team. An owner can change that."),
}


@blueprint.get("/sign-in/github")
@access.public
def leave() -> ResponseReturnValue:
    """To GitHub. By a link, as the policy lets no form lead to another site."""
    _check_connected()
    state = secrets.token_urlsafe(24)
    url, verifier = github.way(state, _back())
    waiting = session.get(STATES, [])[-MOST_STATES + 1 :]
    session[STATES] = [*waiting, [state, verifier, int(time.time())]]
    return redirect(url)


@blueprint.get("/sign-in/github/callback")
@access.public
def come_back() -> ResponseReturnValue:
    _check_connected()
    verifier = _take(request.args.get("state", ""))
    try:
        attempt = attempts.begin(attempts.by_address(visitor.address()))
        return _come_back(verifier, attempt)
    except attempts.TooMany as refused:
        return entrance.wait(refused)


def _come_back(verifier: str | None, attempt: list[int]) -> ResponseReturnValue:
    if verifier is None:
        return _refused(400, STALE)
    if error := request.args.get("error"):
        if error != "access_denied":
            return _refused(502, NOT_OURS)
        return _refused(403, CANCELLED)
    try:
        person = github.person(request.args.get("code", ""), verifier, _back())
    except github.GitHubError as failure:
        if isinstance(failure, github.Unavailable | github.RateLimited | github.Misconfigured):
            attempts.forget(attempt)  # by no fault of theirs
        return _refused(*FAILURES[type(failure)])
    attempt += attempts.begin(attempts.by_github_id(person.id))
    try:
        signed_in = admission.admit(person, entrance.browser())
    except admission.Refused as refused:
        log.info("not let in from GitHub", id=person.id, why=refused.why)
        return _refused(403, REFUSALS[refused.why] % {"address": refused.address})
    attempts.forget(attempt)
    pictures.keep(signed_in.user, person.picture_url)
    return entrance.enter(signed_in)


def _take(state: str) -> str | None:
    """The verifier that was kept with `state`, for this once; None where there is none."""
    waiting = session.get(STATES, [])
    found = [each for each in waiting if each[0] == state]
    if not found:
        return None
    session[STATES] = [each for each in waiting if each not in found]
    _, verifier, since = found[0]
    return str(verifier) if time.time() - since < STATE_SECONDS else None


def _back() -> str:
    """Where GitHub sends people back to, as it is registered there."""
    return f"{current_app.config['PUBLIC_URL']}/sign-in/github/callback"


def _check_connected() -> None:
    if not current_app.config["GITHUB_CONNECTED"]:
        abort(404)


def _refused(code: int, words: object) -> ResponseReturnValue:
    return render_template("team/refused.html", words=words), code
