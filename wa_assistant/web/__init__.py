"""The pages and the webhooks: a folder a noun. Each says what it brings in its `init_app`."""

from flask import Flask

from . import (
    access,
    api,
    audit,
    calm,
    headers,
    inbox,
    insight,
    journeys,
    knowledge,
    money,
    operations,
    participants,
    public,
    rate_limits,
    search,
    settings,
    shell,
    simulator,
    team,
    visitor,
    webhooks,
)

NOUNS = (
    insight,
    inbox,
    participants,
    search,
    journeys,
    knowledge,
    money,
    team,
    audit,
    settings,
    operations,
    simulator,
    public,
    api,
)


def init_app(app: Flask) -> None:
    """Register every route; what is asked before each request is asked in this order.

    Raises access.SilentRouteError where one does not say who may call it.
    """
    headers.init_app(app)  # first, so that they are added last
    visitor.init_app(app)
    access.register(app)
    shell.register(app)
    for noun in NOUNS:
        noun.init_app(app)
    app.register_blueprint(webhooks.blueprint)
    rate_limits.init_app(app)
    access.init_app(app)
    shell.init_app(app)
    calm.init_app()
    access.check(app)
