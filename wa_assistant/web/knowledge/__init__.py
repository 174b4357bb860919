"""Documents and what is found in them; all routes of one blueprint."""

from flask import Flask

from . import golden, labels, pasting, trials, unanswered, uploads, views

ROUTES = (golden, pasting, trials, unanswered, uploads)  # whoever imports these has them all


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    labels.init_app(app)
