"""What goes wrong, said in a sentence, on a page that leads back."""

import logging

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import Forbidden, HTTPException, ServiceUnavailable

from ...database import db

log = logging.getLogger(__name__)

SENTENCES = {
    400: _l("This request could not be understood."),
    403: _l("Your role does not allow this."),
    404: _l("There is nothing here (any more)."),
    405: _l("This address is not meant to be called that way."),
    413: _l("This is too large."),
    429: _l("Too many attempts. Please wait a moment."),
    500: _l("Something went wrong on our side. Nothing you typed elsewhere is lost."),
    503: _l("The database cannot be reached at the moment. Please try again shortly."),
}
STALE = _l("This form is out of date. Load the page again and repeat what you did.")


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
    stale = isinstance(error, CSRFError)
    other = SENTENCES[500 if code >= 500 else 400]
    sentence = str(STALE if stale else SENTENCES.get(code, other))
    if request.blueprint == "webhooks":
        words = error.description if code == Forbidden.code else sentence
        return words or sentence, code, {"Content-Type": "text/plain; charset=utf-8"}
    return render_template("shell/error.html", code=code, sentence=sentence), code


def _database_away(error: Exception) -> ResponseReturnValue:
    log.error("the database cannot be used: %s", getattr(error, "orig", error))
    return _page(ServiceUnavailable())
