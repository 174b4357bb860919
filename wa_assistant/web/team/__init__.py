"""Who works here, and how they sign in."""

from flask import Flask

from . import github, pictures, roles, sign_in, trail


def init_app(app: Flask) -> None:
    for module in (sign_in, github, pictures, roles, trail):
        app.register_blueprint(module.blueprint)
