"""One field for all: people, what was said, and where to go; and what single keys do."""

from flask import Flask

from . import keyboard, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.register_blueprint(keyboard.blueprint)
