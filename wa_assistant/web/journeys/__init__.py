"""Journeys: the list, drafts, stages, versions; all routes of one blueprint."""

from flask import Flask

from . import answers, drafts, entering, labels, show, stages, versions, views

ROUTES = (answers, drafts, entering, show, stages, versions)  # whoever imports these has them all


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    labels.init_app(app)
