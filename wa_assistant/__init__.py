"""The application factory: extensions, blueprints, commands."""

from typing import Any

from flask import Flask, request

import config as configuration
from config import ROOT, Config, ConfigError

from . import live, logs
from . import models as models
from .database import engine_options
from .extensions import csrf, db, login
from .live import bells
from .work import counters

__all__ = ["create_app"]

MIB = 1024 * 1024


class Product(Flask):
    def log_exception(self, exc_info: Any) -> None:
        # Flask would name the address, which for a sign-in link is a secret.
        logs.get(__name__).error("error in a page", endpoint=request.endpoint, exc_info=exc_info)


def create_app(config: Config | None = None) -> Flask:
    config = config or _load()
    app = Product(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.from_mapping({name: getattr(config, name) for name in vars(config)})
    app.config.update(
        SQLALCHEMY_DATABASE_URI=config.DATABASE_URL,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config),
        SESSION_COOKIE_NAME=f"wa_assistant_{config.PORT}",  # cookies do not know of ports
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.PUBLIC_URL.startswith("https:"),
        MAX_CONTENT_LENGTH=1 * MIB,
        WTF_CSRF_TIME_LIMIT=None,
        IS_PRODUCTION=config.is_production,
        TWILIO_CONNECTED=config.twilio_connected,
        OPENAI_CONNECTED=config.openai_connected,
        GITHUB_CONNECTED=config.github_connected,
        SMTP_CONNECTED=config.smtp_connected,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    logs.set_up(config.LOG_LEVEL, config.LOG_FORMAT, config.secrets)
    db.init_app(app)
    bells.init_app(app)
    login.init_app(app)
    live.init_app(app)
    counters.init_app(app)
    _register(app)
    csrf.init_app(app)  # after access: who is not signed in is told that, not of a stale form
    return app


def _load() -> Config:
    try:
        return configuration.load()
    except ConfigError as error:
        raise SystemExit(str(error)) from None


def _register(app: Flask) -> None:
    from . import cli, web

    cli.init_app(app)
    web.init_app(app)
