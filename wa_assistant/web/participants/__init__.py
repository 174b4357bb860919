"""The person behind a conversation: their journey and what they answered."""

from flask import Flask

from . import bulk, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.register_blueprint(bulk.blueprint)
