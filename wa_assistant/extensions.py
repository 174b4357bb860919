"""The extensions, unbound; create_app binds them."""

from flask import Flask, current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .database import db

__all__ = ["babel", "bells", "csrf", "db", "login", "migrate"]

login = LoginManager()
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()

BELL_TIMEOUT_SECONDS = 0.3
MOST_CONNECTIONS = 1024  # more than there are threads


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
