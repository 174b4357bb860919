"""What is done from a shell: `flask --app wsgi users ...`, a group of commands a file."""

from flask import Flask

from . import documents, journeys, knowledge, users, webhooks


def init_app(app: Flask) -> None:
    documents.add_to(knowledge.knowledge)
    for group in (journeys.journeys, knowledge.knowledge, users.users, webhooks.webhooks):
        app.cli.add_command(group)
