"""The pages and the webhooks: one blueprint a noun."""

from flask import Flask

from . import (
    access,
    answers,
    auth,
    bodies,
    components,
    composer,
    conversations,
    errors,
    failures,
    frame,
    health,
    ids,
    journey_drafts,
    journey_stages,
    journey_versions,
    journey_words,
    journeys,
    knowledge,
    knowledge_golden,
    knowledge_pasting,
    knowledge_trials,
    knowledge_unanswered,
    knowledge_uploads,
    knowledge_words,
    locale,
    marks,
    media,
    notices,
    preferences,
    privacy,
    resend,
    security,
    set_aside,
    settings,
    simulator,
    stream,
    takeover,
    webhooks,
    words,
)

NOUNS = (
    answers,
    auth,
    composer,
    conversations,
    health,
    journeys,
    knowledge,
    media,
    notices,
    preferences,
    privacy,
    resend,
    set_aside,
    settings,
    simulator,
    stream,
    takeover,
    webhooks,
)
# Some have their pages in several files; who imports these has them all.
__all__ = [
    "init_app",
    "journey_drafts",
    "journey_stages",
    "journey_versions",
    "knowledge_golden",
    "knowledge_pasting",
    "knowledge_trials",
    "knowledge_unanswered",
    "knowledge_uploads",
]


def init_app(app: Flask) -> None:
    ids.init_app(app)  # before the routes that speak of them
    for module in NOUNS:
        app.register_blueprint(module.blueprint)
    if app.debug:
        app.register_blueprint(components.blueprint)
    locale.init_app(app)
    access.init_app(app)
    bodies.init_app(app)
    errors.init_app(app)
    frame.init_app(app)
    security.init_app(app)
    words.init_app(app)
    marks.init_app(app)
    journey_words.init_app(app)
    knowledge_words.init_app(app)
    failures.init_app(app)
