"""The overview: how things stand, and what a new team has still to do."""

from flask import Flask

from . import first_day, overview


def init_app(app: Flask) -> None:
    app.register_blueprint(overview.blueprint)
    app.register_blueprint(first_day.blueprint)
