"""The overview: how things stand, and what a new team has still to do."""

from flask import Flask

from . import figures, first_day, labels, overview


def init_app(app: Flask) -> None:
    app.register_blueprint(overview.blueprint)
    app.register_blueprint(first_day.blueprint)
    app.register_blueprint(figures.blueprint)
    labels.init_app(app)
