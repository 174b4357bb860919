"""What every page stands in: frame, language, errors, notices, live updates."""

from flask import Flask

from . import components, errors, frame, labels, locale, marks, notices, preferences, stream


def register(app: Flask) -> None:
    """The routes of the shell, and the language that all pages speak."""
    for module in (notices, preferences, stream):
        app.register_blueprint(module.blueprint)
    if app.debug:
        app.register_blueprint(components.blueprint)
    locale.init_app(app)


def init_app(app: Flask) -> None:
    """What is done around each request and what templates can use; after access."""
    for module in (errors, frame, labels, marks):
        module.init_app(app)
