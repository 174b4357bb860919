"""What anybody may read without signing in."""

from flask import Flask

from . import files, privacy


def init_app(app: Flask) -> None:
    app.register_blueprint(privacy.blueprint)
    app.register_blueprint(files.blueprint)
