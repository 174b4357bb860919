"""The people behind conversations: the list of them, their journeys and what they answered."""

from flask import Flask

from . import bulk, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.register_blueprint(bulk.blueprint)


from . import adding, people, saved, views, words


def init_app(app: Flask) -> None:
    for module in (views, people, saved, adding):
        app.register_blueprint(module.blueprint)
    words.init_app(app)
