"""Applications that tests take turns with: to make one costs more than most tests do.

Its templates and its SQL are compiled as they are first needed, and stay so for the next test.
"""

import contextvars
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Config
from wa_assistant import create_app, live
from wa_assistant.extensions import db
from wa_assistant.live import bells
from wa_assistant.work import counters

from .tidy import tidy
from .work import forget_what_was_read

MOST_IDLE = 8  # of different configurations; each holds some megabytes
HOOKS = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "template_context_processors",
    "url_value_preprocessors",
    "url_default_functions",
)
EVENTS = ("before_cursor_execute", "after_cursor_execute", "begin", "commit", "rollback")


class Client(FlaskClient):
    """Each request gets a context of its own even when the test has one open.

    Flask would share it, and with it the session and who is signed in.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.response_wrapper = tidy(self.response_wrapper)

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        response = contextvars.Context().run(super().open, *arguments, **options)
        forget_what_was_read()
        return response


class Made:
    """An application as `create_app` left it, to which it comes back after each use."""

    def __init__(self, config: Config) -> None:
        self.app = create_app(config)
        self.app.test_client_class = Client
        self._config = dict(self.app.config)
        self._extensions = dict(self.app.extensions)
        self._parts = _parts(self.app)

    @contextmanager
    def used(self, config: Config) -> Iterator[Flask]:
        """Nothing of it is open before or after, and it remembers nothing."""
        self._forget(config)
        left = [engine.pool.status() for engine in self._engines() if engine.pool.checkedin()]
        assert left == [], "Somebody used the database of a test that had ended."
        try:
            yield self.app
        finally:
            for engine in self._engines():
                engine.dispose()
            self.app.extensions["live"].close()
            self.app.extensions["bells"].close()

    def is_as_made(self) -> bool:
        """Whether nobody has added to it, taken from it or listens to it."""
        now = _parts(self.app)
        return len(now) == len(self._parts) and all(
            one is other for one, other in zip(now, self._parts, strict=True)
        )

    def _forget(self, config: Config) -> None:
        self.app.config.clear()
        self.app.config.update(self._config, SECRET_KEY=config.SECRET_KEY, TESTING=True)
        self.app.extensions.clear()
        self.app.extensions.update(self._extensions)
        logging.getLogger().setLevel(config.LOG_LEVEL)
        bells.init_app(self.app)
        counters.init_app(self.app)
        live.init_app(self.app)

    def _engines(self) -> list[Any]:
        with self.app.app_context():
            return list(db.engines.values())


class Applications:
    """Lends applications; each is used by one test at a time."""

    def __init__(self) -> None:
        self._idle: dict[Config, Made] = {}

    @contextmanager
    def lend(self, config: Config) -> Iterator[Flask]:
        """One that was made for this configuration, now or for an earlier test."""
        key = replace(config, SECRET_KEY="")  # each test's database has a key of its own
        made = self._idle.pop(key, None) or Made(config)
        with made.used(config) as app:
            yield app
        if made.is_as_made():
            self._idle[key] = made
            for oldest in list(self._idle)[:-MOST_IDLE]:
                del self._idle[oldest]


def _parts(app: Flask) -> list[object]:
    """All that is registered with it or listens to it, in order."""
    hooks = [each for name in HOOKS for found in getattr(app, name).values() for each in found]
    handlers = (
        handler
        for codes in app.error_handler_spec.values()
        for kinds in codes.values()
        for handler in kinds.values()
    )
    jinja = app.jinja_env
    with app.app_context():
        dispatches = [engine.dispatch for engine in db.engines.values()]
    return [
        *app.url_map.iter_rules(),
        *app.view_functions.values(),
        *hooks,
        *handlers,
        *app.teardown_appcontext_funcs,
        *jinja.filters.values(),
        *jinja.globals.values(),
        *(each for found in dispatches for name in EVENTS for each in getattr(found, name)),
    ]
