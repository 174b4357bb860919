"""Journeys: the list, drafts, stages, versions; all routes of one blueprint."""

from flask import Flask

from . import drafts, labels, stages, versions, views

ROUTES = (drafts, stages, versions)  # whoever imports these has them all


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    labels.init_app(app)
