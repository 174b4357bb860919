"""What owners choose for everybody: a page a matter, each saved by itself."""

from flask import Flask

from . import hours, privacy, trials, views

ROUTES = (trials,)  # whoever imports these has them all


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.register_blueprint(hours.blueprint)
    app.register_blueprint(privacy.blueprint)
