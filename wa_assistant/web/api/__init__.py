"""What other programs ask, as JSON and below /api."""

from flask import Flask

from . import health


def init_app(app: Flask) -> None:
    app.register_blueprint(health.blueprint)
