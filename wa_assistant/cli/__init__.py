"""What is done from a shell: `flask --app wsgi users ...`, a group of commands a file."""

from flask import Flask

from . import demo, documents, journeys, knowledge, users, webhooks


def init_app(app: Flask) -> None:
    documents.add_to(knowledge.knowledge)
    groups = (journeys.journeys, knowledge.knowledge, users.users, webhooks.webhooks, demo.demo)
    for group in groups:
        app.cli.add_command(group)
