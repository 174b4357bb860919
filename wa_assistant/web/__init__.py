"""The pages and the webhooks: one blueprint a noun."""

from flask import Flask

from . import (
    access,
    auth,
    conversations,
    errors,
    health,
    security,
    simulator,
    stream,
    webhooks,
    words,
)


def init_app(app: Flask) -> None:
    for module in (auth, conversations, health, simulator, stream, webhooks):
        app.register_blueprint(module.blueprint)
    access.init_app(app)
    errors.init_app(app)
    security.init_app(app)
    words.init_app(app)
