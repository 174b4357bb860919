"""Who may call which route: each says so itself, and what says nothing is closed."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ..database import db
from ..extensions import login
from ..models import Role, User
from . import respond, unsent

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
LONGEST_PATH = 200
ENDED = "ended"  # in a session: a page was open when it ended


def public(view: View) -> View:
    """Open to everybody."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def needs(role: Role) -> Callable[[View], View]:
    """Open to signed-in users whose role covers `role`."""

    def mark(view: View) -> View:
        view.access = role  # type: ignore[attr-defined]
        return view

    return mark


def of(endpoint: str | None) -> str | Role | None:
    """What the route `endpoint` asks for: PUBLIC, a role, or None where it says nothing."""
    if endpoint == "static":
        return PUBLIC
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "access", None)


def init_app(app: Flask) -> None:
    app.before_request(_enforce)
    login.user_loader(_load)


def sign_in_page() -> ResponseReturnValue:
    """Sends to the sign-in page, which leads back to the page that was open."""
    _keep_what_was_typed()
    if respond.by_htmx():
        session[ENDED] = True
        path = urlsplit(request.headers.get("HX-Current-URL", "")).path
        if path.startswith("/") and path[1:2] not in ("/", "\\"):
            session["next"] = path[:LONGEST_PATH]
    # Only what a person opened is worth coming back to: no form's target, and not the event
    # stream, which an open page goes on asking for when its session is over.
    elif request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        session["next"] = request.full_path.rstrip("?")
    return respond.leave(url_for("auth.sign_in"))


def _keep_what_was_typed() -> None:
    """A message that was written when the session had expired waits for its writer."""
    if request.method == "POST" and request.endpoint == "composer.send" and unsent.is_ours():
        participant_id = (request.view_args or {})["participant_id"]
        unsent.keep(participant_id, request.form.get("body", ""), request.form.get("author", ""))
        session["next"] = url_for("conversations.show", participant_id=participant_id)
        session[ENDED] = True


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such route: 404 says nothing worth hiding
    needed = of(request.endpoint)
    if needed == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return sign_in_page()
    if not isinstance(needed, Role) or not Role(current_user.role).covers(needed):
        abort(403)
    return None


def _load(user_id: str) -> User | None:
    user = db.session.get(User, int(user_id)) if user_id.isdigit() else None
    return user if user and user.active else None
