"""What things cost."""

from flask import Flask

from . import costs, labels, limits, prices


def init_app(app: Flask) -> None:
    app.register_blueprint(costs.blueprint)
    app.register_blueprint(prices.blueprint)
    app.register_blueprint(limits.blueprint)
    labels.init_app(app)
