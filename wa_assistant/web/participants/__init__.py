"""The people behind conversations: the list of them, their journeys and what they answered."""

from flask import Flask

from . import adding, bulk, merging, people, saved, views, words, writing


def init_app(app: Flask) -> None:
    for module in (views, people, saved, adding, merging, writing, bulk):
        app.register_blueprint(module.blueprint)
    words.init_app(app)
