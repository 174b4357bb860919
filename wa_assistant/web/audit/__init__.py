"""Who did what, to be read and exported."""

from flask import Flask

from . import export, views, words


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.register_blueprint(export.blueprint)
    words.init_app(app)
