"""Who works here, how they sign in, and what they chose for everybody."""

from flask import Flask

from . import settings, sign_in


def init_app(app: Flask) -> None:
    app.register_blueprint(sign_in.blueprint)
    app.register_blueprint(settings.blueprint)
