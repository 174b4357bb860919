"""The knowledge base from a shell: `flask --app wsgi knowledge ...`."""

from flask import Flask
from flask.cli import AppGroup

knowledge = AppGroup("knowledge", help="What the assistant answers from.")


def init_app(app: Flask) -> None:
    app.cli.add_command(knowledge)
