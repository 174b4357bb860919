"""The people behind conversations: the list of them, their card, and what they answered."""

from flask import Flask

from . import (
    adding,
    bulk,
    card,
    consents,
    exports,
    field_list,
    imports,
    labels,
    merging,
    people,
    placing,
    saved,
    views,
    words,
    writing,
)

WITH_ROUTES = (
    views,
    card,
    consents,
    placing,
    field_list,
    people,
    saved,
    adding,
    merging,
    writing,
    bulk,
    imports,
    exports,
)


def init_app(app: Flask) -> None:
    for module in WITH_ROUTES:
        app.register_blueprint(module.blueprint)
    labels.init_app(app)
    words.init_app(app)
