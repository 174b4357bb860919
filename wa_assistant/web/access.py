"""What a request may do and bring.

A route says what is done there, and accounts/authority.py who may do it. One that says nothing
stops the start, and is closed should it come later. A request brings row numbers
that a database can hold, and little of anything else unless its route says that it takes more.
That somebody was shown a conversation is told to the audit.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    abort,
    after_this_request,
    current_app,
    g,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from ..accounts import authority, sessions
from ..accounts.authority import Act
from ..audit import openings
from ..extensions import login
from ..models import User
from . import respond, unsent

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
LONGEST_PATH = 200
LONGEST_NEXT = 600  # with its query
SESSION = "key"  # in the cookie: of the session that stands on the server
BY_ITSELF = "X-By-Itself"  # says static/js/live.js
ENDED = "ended"  # in a session: a page was open when it ended
HEALTH = ("health.", "api_health.")
NOT_COUNTED = ("webhooks.", "assets.", "stream.events", "static")
READS = ("GET", "HEAD", "OPTIONS")
SHOWN = (200, 206, 304)
LARGEST_ID = 2**31 - 1
MOST_IN_MEMORY = 16 * 1024 * 1024
HTMX_CONFIG = {
    "allowEval": False,
    "allowScriptTags": False,
    "attributesToSettle": [],  # it would carry styles over, which the policy forbids
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
}


def public(view: View) -> View:
    """Open to everybody."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def may(act: Act) -> Callable[[View], View]:
    """Open to whoever is signed in and may do `act`."""

    def mark(view: View) -> View:
        view.access = act  # type: ignore[attr-defined]
        return view

    return mark


def takes(size: int, *, often: bool = False) -> Callable[[View], View]:
    """The route takes bodies of up to `size` bytes; files in them are put on the disk.

    `often`: most bring words alone, and count as what somebody does, not as an upload.
    """

    def mark(view: View) -> View:
        view.takes, view.often = size, often  # type: ignore[attr-defined]
        return view

    return mark


class SilentRouteError(Exception):
    """Of a route that does not say who may call it."""


def of(endpoint: str | None) -> Act | str | None:
    """What the route `endpoint` is: an act, PUBLIC, or None where it says neither."""
    if endpoint == "static":
        return PUBLIC
    said = getattr(current_app.view_functions.get(endpoint or ""), "access", None)
    return said if said == PUBLIC or isinstance(said, Act) else None


def opens(endpoint: str | None) -> bool:
    """Whether the route is open to whoever asks; False where there is none."""
    said = of(endpoint)
    return said == PUBLIC or (isinstance(said, Act) and allows(said))


def group() -> str:
    """Of the requests that rate_limits.py counts together; "" where it is not counted."""
    if "group" not in g:
        g.group = _found_group()
    found: str = g.group
    return found


def allows(*acts: Act) -> bool:
    """Whether whoever asks may do one of `acts`."""
    known = current_user.is_authenticated
    return known and any(authority.may(current_user, act) for act in acts)


def _may(*names: str) -> bool:
    """The same for templates. Raises KeyError where an act has another name."""
    return allows(*(Act[name] for name in names))


class RowId(IntegerConverter):
    """`<id:...>` in an address; a larger one is nobody's, and found nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def row_id(text: str) -> int:
    """For `request.args.get(name, type=row_id)`: None where there is no such number."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number


def row_place(text: str) -> int:
    """The same where it may be 0, before all rows."""
    return 0 if int(text) == 0 else row_id(text)


class Sessions(SecureCookieSessionInterface):
    """No session goes along with what is the same for all: neither a cookie nor `Vary: Cookie`."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not response.cache_control.immutable:
            super().save_session(app, session, response)


def register(app: Flask) -> None:
    """Before the routes, which speak of row numbers."""
    app.url_map.converters["id"] = RowId
    app.before_request(_note_the_time)


def check(app: Flask) -> None:
    """After all routes. Raises SilentRouteError for those that do not say who may call them."""
    with app.app_context():
        silent = {rule.endpoint for rule in app.url_map.iter_rules() if of(rule.endpoint) is None}
    if silent:
        raise SilentRouteError(*sorted(silent))


def init_app(app: Flask) -> None:
    """Only who may upload has so much read; and that is said before the form is read, which
    happens where its token is looked for.
    """
    app.before_request(_enforce)
    app.before_request(_allow)
    app.context_processor(lambda: {"htmx_config": HTMX_CONFIG})
    # In macros, too, which are given no context.
    app.jinja_env.globals.update(may=_may, opens=opens)
    app.session_interface = Sessions()
    login.user_loader(_load)


def sign_in_page() -> ResponseReturnValue:
    """Sends to the sign-in page, which leads back to the page that was open."""
    conversation = keep_what_was_typed()
    if conversation:
        session["next"] = conversation
        session[ENDED] = True
    if respond.by_htmx():
        session[ENDED] = True
        path = urlsplit(request.headers.get("HX-Current-URL", "")).path
        if path.startswith("/") and path[1:2] not in ("/", "\\"):
            session["next"] = path[:LONGEST_PATH]
    # Only what a person opened is worth coming back to: no form's target, and not the event
    # stream, which an open page goes on asking for when its session is over.
    elif request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        address = request.full_path.rstrip("?")
        # A browser drops a cookie that is too large, and with it whatever else it holds.
        session["next"] = address if len(address) <= LONGEST_NEXT else request.path[:LONGEST_PATH]
    return respond.leave(url_for("auth.sign_in"))


def keep_what_was_typed() -> str:
    """A message that is refused before anybody reads it waits for its writer in the conversation
    whose address this is; "" where the request brings none."""
    if request.method != "POST" or request.endpoint != "composer.send" or not unsent.is_ours():
        return ""
    participant_id = (request.view_args or {})["participant_id"]
    typed, quote = request.form.get("body", ""), request.form.get("quote", type=row_id)
    unsent.keep(participant_id, typed, request.form.get("author", ""), quote)
    return url_for("conversations.show", participant_id=participant_id)


def _note_the_time() -> None:
    """Before anything is read: what changes from now on is told by name."""
    g.asked_at = time.time()


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such route: 404 says nothing worth hiding
    if of(request.endpoint) == PUBLIC:  # said before the database is asked who this is
        return None
    if not current_user.is_authenticated:
        return sign_in_page()
    if not opens(request.endpoint):
        if BY_ITSELF in request.headers and request.method in READS:
            return "", 204  # from a page opened before a role was changed: no one did wrong
        abort(403)
    if respond.by_htmx() and (page := _page_no_longer_open()):
        return respond.leave(page)  # and there they are told
    if of(request.endpoint) is Act.READ_CONVERSATIONS:
        after_this_request(_opened)
    return None


def _opened(response: Response) -> Response:
    """The audit is told that somebody has opened a conversation, by whichever route shows one."""
    participant_id = (request.view_args or {}).get("participant_id")
    if participant_id and response.status_code in SHOWN:
        openings.opened(current_user, participant_id)
    return response


def _found_group() -> str:
    endpoint = request.endpoint or ""
    if endpoint.startswith(NOT_COUNTED):
        return ""
    if endpoint.startswith(HEALTH):
        return "health"
    if of(endpoint) == PUBLIC or not current_user.is_authenticated:
        return "strangers"
    if request.method not in READS:
        return "uploads" if _uploads(endpoint) else "acts"
    return "live" if BY_ITSELF in request.headers else "pages"


def _uploads(endpoint: str) -> bool:
    is_large = (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]
    often = getattr(current_app.view_functions.get(endpoint), "often", False)
    return bool(takes_more(endpoint)) and (is_large or not often)


def takes_more(endpoint: str | None) -> int | None:
    """How many bytes the route takes, where it says so itself."""
    view = current_app.view_functions.get(endpoint or "")
    size: int | None = getattr(view, "takes", None)
    return size


def _page_no_longer_open() -> str | None:
    """The page that asks, where they might open it once and may not now: their role is another."""
    path = urlsplit(request.headers.get("HX-Current-URL", "")).path
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return None
    return None if opens(endpoint) else path


def _allow() -> None:
    size = takes_more(request.endpoint)
    if size is not None:
        request.max_content_length = size
        # Of what is no file, held in memory: a long text that was pasted.
        request.max_form_memory_size = min(size, MOST_IN_MEMORY)


def _load(user_id: str) -> User | None:
    key = session.get(SESSION)
    if not isinstance(key, str) or not user_id.isdecimal():
        return None
    return sessions.user(int(user_id), key, uses=_is_by_hand())


def _is_by_hand() -> bool:
    """Whether a person asks, and not an open page that hears of something."""
    return request.endpoint != "stream.events" and BY_ITSELF not in request.headers
