"""What every page stands in: frame, language, errors, notices, live updates."""

from flask import Flask

from . import (
    assets,
    components,
    errors,
    labels,
    locale,
    marks,
    notices,
    preferences,
    sessions,
    stream,
    theme,
)


def register(app: Flask) -> None:
    """The routes of the shell, and the language that all pages speak."""
    for module in (assets, notices, preferences, sessions, stream):
        app.register_blueprint(module.blueprint)
    if app.debug:
        app.register_blueprint(components.blueprint)
    locale.init_app(app)


def init_app(app: Flask) -> None:
    """What is done around each request and what templates can use; after access."""
    for module in (assets, errors, theme, labels, marks):
        module.init_app(app)
