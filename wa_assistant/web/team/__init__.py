"""Who works here, and how they sign in."""

from flask import Flask

from . import (
    github,
    invitations,
    membership,
    people,
    pictures,
    roles,
    sectors,
    sign_in,
)


def init_app(app: Flask) -> None:
    ours = (sign_in, github, pictures, people, invitations, membership, sectors, roles)
    for module in ours:
        app.register_blueprint(module.blueprint)
