"""What keeps the product running: work, dead letters, health, what was learned of the model."""

from flask import Flask

from . import alerts, dead_letters, health, labels, model, system, work


def init_app(app: Flask) -> None:
    app.register_blueprint(dead_letters.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(model.blueprint)
    app.register_blueprint(work.blueprint)
    app.register_blueprint(system.blueprint)
    app.register_blueprint(alerts.blueprint)
    labels.init_app(app)
