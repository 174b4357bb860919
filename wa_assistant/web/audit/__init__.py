"""Who did what, to be read and exported, and what the audit is told of each request."""

from flask import Flask

from . import edge, export, views, words


def init_app(app: Flask) -> None:
    app.register_blueprint(edge.blueprint)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(export.blueprint)
    words.init_app(app)
