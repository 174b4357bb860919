"""The pages and the webhooks: one blueprint a noun."""

from flask import Flask

from . import (
    access,
    auth,
    composer,
    conversations,
    errors,
    health,
    ids,
    locale,
    security,
    simulator,
    stream,
    takeover,
    webhooks,
    words,
)


def init_app(app: Flask) -> None:
    ids.init_app(app)  # before the routes that speak of them
    for module in (auth, composer, conversations, health, simulator, stream, takeover, webhooks):
        app.register_blueprint(module.blueprint)
    locale.init_app(app)
    access.init_app(app)
    errors.init_app(app)
    security.init_app(app)
    words.init_app(app)
