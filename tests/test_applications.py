"""An application serves many tests, and none of them hears of another."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

import config as configuration
from config import Config
from tests.support.applications import Applications
from wa_assistant.extensions import db

Change = Callable[[Flask], object]


@pytest.fixture
def settings(data_dir) -> Config:
    return configuration.load({"DATA_DIR": str(data_dir)}, dotenv=None)


@pytest.fixture
def applications() -> Applications:
    return Applications()


def lent(applications: Applications, settings: Config, change: Change = lambda _: None) -> Flask:
    """The application that a test was given, which has done something to it."""
    with applications.lend(settings) as app:
        change(app)
    return app


def listen(app: Flask) -> None:
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_: None)


def test_it_is_the_same_for_the_next_test_with_this_configuration(applications, settings):
    assert lent(applications, settings) is lent(applications, settings)


def test_it_is_another_with_another_configuration(applications, settings, data_dir):
    other = configuration.load({"DATA_DIR": str(data_dir), "PORT": "9000"}, dotenv=None)
    assert lent(applications, settings) is not lent(applications, other)


def test_two_at_once_are_two(applications, settings):
    with applications.lend(settings) as one, applications.lend(settings) as other:
        assert one is not other


def test_what_a_test_has_set_is_forgotten(applications, settings):
    def change(app: Flask) -> None:
        app.testing = False
        app.config.update(OPENAI_MODEL="another", NEW=1)
        app.extensions["new"] = 1

    first = lent(applications, settings, change)
    with applications.lend(settings) as app:
        assert app is first
        assert app.testing
        assert app.config["OPENAI_MODEL"] == settings.OPENAI_MODEL
        assert not {"NEW", "new"} & {*app.config, *app.extensions}


def test_nobody_is_signed_in_by_the_cookie_of_an_earlier_test(applications, settings, data_dir):
    first = lent(applications, settings)
    assert first.secret_key == settings.SECRET_KEY
    (data_dir / "secret_key").unlink()
    later = configuration.load({"DATA_DIR": str(data_dir)}, dotenv=None)
    with applications.lend(later) as app:
        assert app is first
        assert app.secret_key == later.SECRET_KEY != settings.SECRET_KEY


@pytest.mark.parametrize(
    "change",
    [
        lambda app: app.view_functions.update(static=lambda: ""),
        lambda app: app.before_request(lambda: None),
        lambda app: app.register_error_handler(LookupError, lambda _: ""),
        lambda app: app.context_processor(dict),
        lambda app: app.jinja_env.filters.update(length=str),
        lambda app: app.add_url_rule("/new", "new", lambda: ""),
        listen,
    ],
    ids=["view", "hook", "handler", "context", "filter", "route", "listener"],
)
def test_one_that_was_changed_for_good_is_not_lent_again(applications, settings, change):
    assert lent(applications, settings, change) is not lent(applications, settings)
