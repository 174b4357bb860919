"""What other programs ask, as JSON and below /api: browsers of CORS_ORIGINS, too."""

from flask import Flask

from . import cors, health


def init_app(app: Flask) -> None:
    app.register_blueprint(health.blueprint)
    cors.init_app(app)
