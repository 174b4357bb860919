"""Which language and time zone a page speaks."""

from flask import Flask, request
from flask_login import current_user

from config import ROOT

from ... import settings
from ...extensions import babel

LANGUAGES = {"en": "English", "pt_BR": "Português (Brasil)"}


def init_app(app: Flask) -> None:
    app.config.update(
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        BABEL_DEFAULT_LOCALE="en",
    )
    babel.init_app(app, locale_selector=language, timezone_selector=time_zone)
    app.context_processor(lambda: {"html_language": language().replace("_", "-")})


def language() -> str:
    """The user's own choice, else the best the browser asks for, else English.

    The address of a page for participants may ask for a language, over all of these.
    """
    may_ask = request.blueprint == "privacy"
    asked = request.args.get("language") if may_ask else None
    chosen = asked if asked in LANGUAGES else getattr(current_user, "language", None)
    if chosen in LANGUAGES:
        return str(chosen)
    for tag, _quality in request.accept_languages:
        spoken = tag.partition("-")[0].lower()
        if spoken == "pt":
            return "pt_BR"
        if spoken == "en":
            return "en"
    return "en"


def time_zone() -> str:
    """The team's own, in which every moment is shown; asked for once a page that shows one."""
    return settings.current().time_zone
