"""The extensions, unbound; create_app binds them."""

from flask import Flask, current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import ROOT

from .database import db

__all__ = ["babel", "bells", "csrf", "db", "login", "with_migrations"]

login = LoginManager()
babel = Babel()
csrf = CSRFProtect()

BELL_TIMEOUT_SECONDS = 0.3
MOST_CONNECTIONS = 1024  # more than there are threads


def with_migrations(app: Flask) -> Flask:
    """The application as `flask db` and a start that migrates need it.

    No other does: what belongs to it takes 11 MB of each process.
    """
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    return app


class Bells:
    """The Redis that rings bells; the truth is in the database.

    A dead Redis may cost a request a fraction of a second, never more: no retries, short
    time-outs. Whoever rings is prepared to find nobody home.
    """

    def init_app(self, app: Flask) -> None:
        app.extensions["bells"] = Redis.from_url(
            app.config["REDIS_URL"],
            socket_timeout=BELL_TIMEOUT_SECONDS,
            socket_connect_timeout=BELL_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
            max_connections=MOST_CONNECTIONS,
        )

    @property
    def redis(self) -> Redis:
        client: Redis = current_app.extensions["bells"]
        return client


bells = Bells()
