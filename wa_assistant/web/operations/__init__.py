"""What keeps the product running: dead letters, health, what is known of the model's server."""

from flask import Flask

from . import dead_letters, health, labels, model


def init_app(app: Flask) -> None:
    app.register_blueprint(dead_letters.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(model.blueprint)
    labels.init_app(app)
