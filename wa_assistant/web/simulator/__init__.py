"""Pretended participants, to try everything with."""

from flask import Flask

from . import deletion, views


def init_app(app: Flask) -> None:
    app.register_blueprint(deletion.blueprint)
    app.register_blueprint(views.blueprint)
