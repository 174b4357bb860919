"""Conversations: the list, the thread, and what a colleague does in them."""

from flask import Flask

from . import (
    ai_calls,
    aids,
    composer,
    days,
    here,
    labels,
    media,
    mentions,
    notes,
    quick_replies,
    quoting,
    resend,
    status,
    takeover,
    views,
)

WITH_ROUTES = (
    views,
    composer,
    takeover,
    status,
    resend,
    media,
    notes,
    mentions,
    here,
    days,
    quick_replies,
    aids,
)


def init_app(app: Flask) -> None:
    for module in WITH_ROUTES:
        app.register_blueprint(module.blueprint)
    labels.init_app(app)
    quoting.init_app(app)
    ai_calls.init_app(app)
