"""Conversations: the list, the thread, and what a colleague does in them."""

from flask import Flask

from . import ai_calls, composer, labels, media, quick_replies, resend, status, takeover, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.register_blueprint(composer.blueprint)
    app.register_blueprint(takeover.blueprint)
    app.register_blueprint(status.blueprint)
    app.register_blueprint(resend.blueprint)
    app.register_blueprint(media.blueprint)
    app.register_blueprint(quick_replies.blueprint)
    labels.init_app(app)
    ai_calls.init_app(app)
