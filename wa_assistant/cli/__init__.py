"""What is done from a shell: `flask --app wsgi users ...`, a group of commands a file."""

import click
from flask import Flask

from ..extensions import with_migrations
from . import (
    audit,
    demo,
    doctor,
    documents,
    figures,
    journeys,
    knowledge,
    money,
    understanding,
    users,
    webhooks,
)


def init_app(app: Flask) -> None:
    if click.get_current_context(silent=True):  # it is `flask`, perhaps with `db`
        with_migrations(app)
    documents.add_to(knowledge.knowledge)
    for group in (
        audit.audit,
        demo.demo,
        doctor.doctor,
        figures.figures,
        journeys.journeys,
        knowledge.knowledge,
        money.money,
        understanding.understanding,
        users.users,
        webhooks.webhooks,
    ):
        app.cli.add_command(group)
