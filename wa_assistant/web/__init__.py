"""The pages and the webhooks: one blueprint a noun."""

from flask import Flask

from . import (
    access,
    auth,
    conversations,
    errors,
    health,
    ids,
    security,
    simulator,
    stream,
    webhooks,
    words,
)


def init_app(app: Flask) -> None:
    ids.init_app(app)  # before the routes that speak of them
    for module in (auth, conversations, health, simulator, stream, webhooks):
        app.register_blueprint(module.blueprint)
    access.init_app(app)
    errors.init_app(app)
    security.init_app(app)
    words.init_app(app)
