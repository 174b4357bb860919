"""Who works here, how they sign in, and what they chose for everybody."""

from flask import Flask

from . import github, pictures, roles, settings, sign_in


def init_app(app: Flask) -> None:
    for module in (sign_in, github, pictures, settings, roles):
        app.register_blueprint(module.blueprint)
