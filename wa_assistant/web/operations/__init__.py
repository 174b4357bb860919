"""What keeps the product running: dead letters and health."""

from flask import Flask

from . import dead_letters, health, labels


def init_app(app: Flask) -> None:
    app.register_blueprint(dead_letters.blueprint)
    app.register_blueprint(health.blueprint)
    labels.init_app(app)
