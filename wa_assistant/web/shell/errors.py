"""What goes wrong, said in a sentence, on a page that leads back."""

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_limiter import RateLimitExceeded
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import Forbidden, HTTPException, ServiceUnavailable

from ... import logs
from ...database import db
from .. import access, headers, rate_limits, respond
from .locale import language
from .theme import theme

log = logs.get(__name__)

SENTENCES = {
    400: _l("This request could not be understood."),
    403: _l("Your role does not allow this."),
    404: _l("There is nothing here (any more)."),
    405: _l("This address is not meant to be called that way."),
    413: _l("This is too large."),
    500: _l("Something went wrong on our side. Nothing you typed elsewhere is lost."),
    503: _l("The database cannot be reached at the moment. Please try again shortly."),
}
STALE = _l("This form is out of date. Load the page again and repeat what you did.")


class Unframed(AnonymousUserMixin):
    """Whoever reads a page without the frame, which is most of what a page costs."""

    def __init__(self, language: str, theme: str | None) -> None:
        self.language, self.theme = language, theme


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    for away in (OperationalError, InterfaceError, NoConnection):
        app.register_error_handler(away, _database_away)


def _page(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code >= 500:
        # The transaction may be broken, and the page would ask the database who is signed in.
        db.session.rollback()
        g._login_user = AnonymousUserMixin()
    if isinstance(error, RateLimitExceeded):
        return _too_often(code)
    stale = isinstance(error, CSRFError)
    other = SENTENCES[500 if code >= 500 else 400]
    sentence = str(STALE if stale else SENTENCES.get(code, other))
    if request.blueprint == "webhooks":
        words = error.description if code == Forbidden.code else sentence
        return words or sentence, code, {"Content-Type": "text/plain; charset=utf-8"}
    return _told(code, sentence)


def _told(code: int, sentence: str, kept: str = "") -> ResponseReturnValue:
    if headers.by_program():
        return jsonify(error=sentence), code
    page = render_template("shell/error.html", code=code, sentence=sentence, kept=kept)
    return page, code


def _too_often(code: int) -> ResponseReturnValue:
    """A page that is open stays as it is, and what was typed with it."""
    seconds = rate_limits.seconds_left()
    sentence = ngettext(
        "That was too much in a short time. Please try again in %(num)d second.",
        "That was too much in a short time. Please try again in %(num)d seconds.",
        seconds,
    )
    if not respond.by_htmx():
        kept = access.keep_what_was_typed()
        g._login_user = Unframed(language(), theme())
        return _told(code, sentence, kept)
    if access.BY_ITSELF in request.headers:
        return "", code  # nobody did anything: the page asks again
    return respond.to_script("toast", {"value": sentence}, code)


def _database_away(error: Exception) -> ResponseReturnValue:
    log.error("the database cannot be used", reason=getattr(error, "orig", error))
    return _page(ServiceUnavailable())
